import { answerText, type AssistantMessage } from "@bedrock-tiers/protocol"

/** Stop reasons of Bedrock's APIs for an answer that reached the requested maximum length. */
const LIMIT_STOP_REASONS: readonly string[] = ["max_tokens", "length"]
const WINDOW_STOP_REASONS: readonly string[] = ["model_context_window_exceeded"]

/** Why a complete answer was cut off; `null` when it was not, or when no stop reason was reported. */
export function cutOffReason({ status, stopReason }: AssistantMessage): "limit" | "window" | null {
	if (status !== "complete" || stopReason === undefined) return null
	return LIMIT_STOP_REASONS.includes(stopReason)
		? "limit"
		: WINDOW_STOP_REASONS.includes(stopReason)
			? "window"
			: null
}

/** Whether the model can continue the answer: it ended early and has text. */
export function canContinue(message: AssistantMessage): boolean {
	const { status, parts } = message
	const ended = status === "stopped" || status === "interrupted" || cutOffReason(message) === "limit"
	return ended && answerText(parts).trim() !== ""
}
