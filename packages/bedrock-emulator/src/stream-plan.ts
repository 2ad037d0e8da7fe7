import { textDeltas } from "./answer-text"
import type { ToolUse } from "./fixed-answer"
import { eventFrame } from "./frames"
import { latencyMs, paceOf } from "./pace"
import type { TokenUsage } from "./usage"

/** One thing that happens to a stream. A plan that simply runs out ends the stream cleanly. */
export type StreamStep =
	/** Waits, unless the emulator's pace is instant, then sends. */
	| {
			kind: "frame"
			/** The name on the wire. */
			event: string
			waitMs: number
			bytes: Uint8Array
			/** A piece of the answer. */
			delta?: true
			/** Where the step reports usage. */
			report?: UsageReport
	  }
	/** Says nothing for that long, at any pace. */
	| { kind: "silence"; ms: number }
	/** The connection goes away with everything on it. */
	| { kind: "drop" }
	/** HTTP/2: RST_STREAM. HTTP/1.1: a TCP reset. */
	| { kind: "reset" }

/** A step that reports usage, as it is with less: null leaves the step out. */
export type UsageReport = {
	withoutUsage: Uint8Array | null
	/** With Bedrock's own counts, which only InvokeModel has, and without the model's. */
	metricsOnly: Uint8Array | null
}

export type StreamPlan = readonly StreamStep[]

/** The parts of an answer, the same for every operation. */
export type AnswerParts = {
	reasoning: { deltas: readonly string[]; signature: string } | null
	textDeltas: readonly string[]
	toolUse: ToolUse | null
	stopReason: "end_turn" | "max_tokens" | "tool_use"
	usage: TokenUsage
	servedTier: string | null
	/** The ARN of the model that a prompt router chose; absent where none was called. */
	invokedModelId?: string
}

/** What Converse and ConverseStream tell of a prompt router's choice; nothing where none was called. */
export function traceOf({ invokedModelId }: AnswerParts): object {
	return invokedModelId === undefined ? {} : { trace: { promptRouter: { invokedModelId } } }
}

/** The stream as Bedrock sends it: a contentBlockStart for a tool use only, and the usage after the stop. */
export function planStream(parts: AnswerParts): StreamPlan {
	const { reasoning, toolUse, stopReason, usage, servedTier } = parts
	const toolDeltas = toolUse === null ? [] : textDeltas(JSON.stringify(toolUse.input))
	const pace = paceOf(servedTier)
	const deltaCount = parts.textDeltas.length + toolDeltas.length + (reasoning?.deltas.length ?? 0)
	const waitMs = (usage.outputTokens * 1000) / pace.tokensPerSecond / Math.max(1, deltaCount)
	const event = (name: string, payload: object, wait = 0) => ({
		kind: "frame" as const,
		event: name,
		waitMs: wait,
		bytes: eventFrame(name, payload),
	})
	const delta = (contentBlockIndex: number, content: object, wait = waitMs) => ({
		...event("contentBlockDelta", { delta: content, contentBlockIndex }, wait),
		delta: true as const,
	})
	const stopBlock = (contentBlockIndex: number) => event("contentBlockStop", { contentBlockIndex })

	const thought =
		({ deltas, signature }: NonNullable<typeof reasoning>) =>
		(index: number) => [
			...deltas.map((text) => delta(index, { reasoningContent: { text } })),
			delta(index, { reasoningContent: { signature } }, 0),
			stopBlock(index),
		]
	const words = (index: number) => [...parts.textDeltas.map((text) => delta(index, { text })), stopBlock(index)]
	const call =
		({ toolUseId, name }: ToolUse) =>
		(index: number) => [
			event("contentBlockStart", { start: { toolUse: { toolUseId, name } }, contentBlockIndex: index }),
			...toolDeltas.map((input) => delta(index, { toolUse: { input } })),
			stopBlock(index),
		]
	const blocks = [
		...(reasoning === null ? [] : [thought(reasoning)]),
		...(toolUse !== null && parts.textDeltas.length === 0 ? [] : [words]),
		...(toolUse === null ? [] : [call(toolUse)]),
	]

	return [
		event("messageStart", { role: "assistant" }, pace.firstTokenMs),
		...blocks.flatMap((block, index) => block(index)),
		event("messageStop", { stopReason }),
		{
			...event("metadata", {
				usage,
				metrics: { latencyMs: latencyMs(servedTier, usage.outputTokens) },
				...(servedTier !== null && { serviceTier: { type: servedTier } }),
				...traceOf(parts),
			}),
			report: { withoutUsage: null, metricsOnly: null },
		},
	]
}
