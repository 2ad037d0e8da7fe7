import { eventFrame } from "./frames"
import { latencyMs, paceOf } from "./pace"
import type { TokenUsage } from "./usage"

/** One thing that happens to a stream. A plan that simply runs out ends the stream cleanly. */
export type StreamStep =
	/** Waits, unless the emulator's pace is instant, then sends. `event` is the name on the wire. */
	| { kind: "frame"; event: string; waitMs: number; bytes: Uint8Array }
	/** Says nothing for that long, at any pace. */
	| { kind: "silence"; ms: number }
	/** The connection goes away with everything on it. */
	| { kind: "drop" }
	/** HTTP/2: RST_STREAM. HTTP/1.1: a TCP reset. */
	| { kind: "reset" }

export type StreamPlan = readonly StreamStep[]

/** The parts of an answer, the same for Converse and ConverseStream. */
export type AnswerParts = {
	reasoning: { deltas: readonly string[]; signature: string } | null
	textDeltas: readonly string[]
	stopReason: "end_turn" | "max_tokens"
	usage: TokenUsage
	servedTier: string | null
}

/** The stream as Bedrock sends it: no contentBlockStart for text, and the usage after the stop. */
export function planStream(parts: AnswerParts): StreamPlan {
	const { reasoning, textDeltas, stopReason, usage, servedTier } = parts
	const pace = paceOf(servedTier)
	const deltaCount = textDeltas.length + (reasoning?.deltas.length ?? 0)
	const waitMs = (usage.outputTokens * 1000) / pace.tokensPerSecond / Math.max(1, deltaCount)
	const event = (name: string, payload: object, wait = 0): StreamStep => ({
		kind: "frame",
		event: name,
		waitMs: wait,
		bytes: eventFrame(name, payload),
	})
	const delta = (contentBlockIndex: number, content: object, wait = waitMs) =>
		event("contentBlockDelta", { delta: content, contentBlockIndex }, wait)
	const stopBlock = (contentBlockIndex: number) => event("contentBlockStop", { contentBlockIndex })

	const reasoningSteps =
		reasoning === null
			? []
			: [
					...reasoning.deltas.map((text) => delta(0, { reasoningContent: { text } })),
					delta(0, { reasoningContent: { signature: reasoning.signature } }, 0),
					stopBlock(0),
				]
	const textIndex = reasoning === null ? 0 : 1

	return [
		event("messageStart", { role: "assistant" }, pace.firstTokenMs),
		...reasoningSteps,
		...textDeltas.map((text) => delta(textIndex, { text })),
		stopBlock(textIndex),
		event("messageStop", { stopReason }),
		event("metadata", {
			usage,
			metrics: { latencyMs: latencyMs(servedTier, usage.outputTokens) },
			...(servedTier !== null && { serviceTier: { type: servedTier } }),
		}),
	]
}
