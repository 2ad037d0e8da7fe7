import type { AnswerPart } from "./view-state"

export type DeltaKind = "text" | "reasoning"

/** The parts with more of the answer: in the last one where it is of the kind and goes on, else in a new one. */
export function withDelta(parts: readonly AnswerPart[], kind: DeltaKind, text: string): AnswerPart[] {
	const last = parts.at(-1)
	if (kind === "text" && last?.kind === "text") return parts.with(-1, { ...last, text: last.text + text })
	// A signed thought is whole.
	if (kind === "reasoning" && last?.kind === "reasoning" && last.signature === null)
		return parts.with(-1, { ...last, text: last.text + text })
	return [...parts, kind === "text" ? { kind, text } : { kind, text, signature: null }]
}

/** What the answer says, without thoughts and tool calls. */
export function answerText(parts: readonly AnswerPart[]): string {
	return parts.map((part) => (part.kind === "text" ? part.text : "")).join("")
}
