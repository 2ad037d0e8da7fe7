import type { ToolUse } from "./fixed-answer"
import type { TokenUsage } from "./usage"

/** One step of a stream. The stream ends cleanly after the last step, unless that is a drop or a reset. */
export type StreamStep =
	/** Sends a frame after `waitMs`, or at once when the emulator's pace is `instant`. */
	| {
			kind: "frame"
			waitMs: number
			bytes: Uint8Array
			/** Set when the step sends a piece of the answer. */
			delta?: true
			/** Set when the step reports usage. */
			report?: UsageReport<Uint8Array>
	  }
	/** Sends nothing for `ms` milliseconds, at any pace. */
	| { kind: "silence"; ms: number }
	/** Closes the connection, with every stream on it. */
	| { kind: "drop" }
	/** HTTP/2: RST_STREAM. HTTP/1.1: a TCP reset. */
	| { kind: "reset" }

/** Reduced variants of an event that reports usage; `null` omits the event. */
export type UsageReport<Event> = {
	withoutUsage: Event | null
	/** With Bedrock's own token counts, which only InvokeModel has, and without the model's. */
	metricsOnly: Event | null
}

export type StreamPlan = readonly StreamStep[]

/** `stopReason` of Converse that the emulator sends. */
export type StopReason =
	| "end_turn"
	| "max_tokens"
	| "tool_use"
	| "guardrail_intervened"
	| "content_filtered"
	| "malformed_model_output"
	| "malformed_tool_use"
	| "model_context_window_exceeded"

/** The parts of an answer, the same for every operation. */
export type AnswerParts = {
	reasoning: { deltas: readonly string[]; signature: string } | null
	textDeltas: readonly string[]
	toolUse: ToolUse | null
	stopReason: StopReason
	usage: TokenUsage
	servedTier: string | null
	/** The ARN of the model that a prompt router selected; absent when no router was called. */
	invokedModelId?: string
}
