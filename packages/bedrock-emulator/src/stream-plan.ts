import { textDeltas } from "./answer-text"
import type { ToolUse } from "./fixed-answer"
import { eventFrame } from "./frames"
import { latencyMs, paceOf } from "./pace"
import type { TokenUsage } from "./usage"

/** One step of a stream. The stream ends cleanly after the last step, unless that is a drop or a reset. */
export type StreamStep =
	/** Sends a frame after `waitMs`, or at once when the emulator's pace is `instant`. */
	| {
			kind: "frame"
			/** The event name on the wire. */
			event: string
			waitMs: number
			bytes: Uint8Array
			/** Set when the step sends a piece of the answer. */
			delta?: true
			/** Set when the step reports usage. */
			report?: UsageReport
	  }
	/** Sends nothing for `ms` milliseconds, at any pace. */
	| { kind: "silence"; ms: number }
	/** Closes the connection, with every stream on it. */
	| { kind: "drop" }
	/** HTTP/2: RST_STREAM. HTTP/1.1: a TCP reset. */
	| { kind: "reset" }

/** Reduced variants of a step that reports usage; `null` omits the step. */
export type UsageReport = {
	withoutUsage: Uint8Array | null
	/** With Bedrock's own token counts, which only InvokeModel has, and without the model's. */
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
	/** The ARN of the model that a prompt router selected; absent when no router was called. */
	invokedModelId?: string
}

/** The `trace` member of Converse and ConverseStream after a call of a prompt router; otherwise no member. */
export function traceOf({ invokedModelId }: AnswerParts): object {
	return invokedModelId === undefined ? {} : { trace: { promptRouter: { invokedModelId } } }
}

/** Plans a stream as Bedrock sends it: contentBlockStart only for a tool use, and usage after messageStop. */
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

	const reasoningBlock =
		({ deltas, signature }: NonNullable<typeof reasoning>) =>
		(index: number) => [
			...deltas.map((text) => delta(index, { reasoningContent: { text } })),
			delta(index, { reasoningContent: { signature } }, 0),
			stopBlock(index),
		]
	const textBlock = (index: number) => [...parts.textDeltas.map((text) => delta(index, { text })), stopBlock(index)]
	const toolUseBlock =
		({ toolUseId, name }: ToolUse) =>
		(index: number) => [
			event("contentBlockStart", { start: { toolUse: { toolUseId, name } }, contentBlockIndex: index }),
			...toolDeltas.map((input) => delta(index, { toolUse: { input } })),
			stopBlock(index),
		]
	const blocks = [
		...(reasoning === null ? [] : [reasoningBlock(reasoning)]),
		...(toolUse !== null && parts.textDeltas.length === 0 ? [] : [textBlock]),
		...(toolUse === null ? [] : [toolUseBlock(toolUse)]),
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
