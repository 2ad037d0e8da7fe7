import type { AnswerPart } from "./view-state"

export type DeltaKind = "text" | "reasoning"

/** Adds streamed content to the last part if it has the same kind and is not complete, otherwise as a new part. */
export function withDelta(parts: readonly AnswerPart[], kind: DeltaKind, text: string): AnswerPart[] {
	const last = parts.at(-1)
	if (kind === "text" && last?.kind === "text") return parts.with(-1, { ...last, text: last.text + text })
	// A reasoning part with a signature is complete.
	if (kind === "reasoning" && last?.kind === "reasoning" && last.signature === null)
		return parts.with(-1, { ...last, text: last.text + text })
	return [...parts, kind === "text" ? { kind, text } : { kind, text, signature: null }]
}

/** Text of the answer, without reasoning and tool calls. */
export function answerText(parts: readonly AnswerPart[]): string {
	return parts.map((part) => (part.kind === "text" ? part.text : "")).join("")
}
