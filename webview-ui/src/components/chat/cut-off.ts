import { answerText, type AssistantMessage } from "@bedrock-tiers/protocol"

/** What the APIs of Bedrock call the longest answer that was asked for. */
const LIMIT: readonly string[] = ["max_tokens", "length"]
const WINDOW: readonly string[] = ["model_context_window_exceeded"]

/** Why an answer that ended in order ended too early; null = it did not, or nobody said so. */
export function cutOffBy({ status, stopReason }: AssistantMessage): "limit" | "window" | null {
	if (status !== "complete" || stopReason === undefined) return null
	return LIMIT.includes(stopReason) ? "limit" : WINDOW.includes(stopReason) ? "window" : null
}

/** Whether there is something that the model could go on with. */
export function canGoOn(message: AssistantMessage): boolean {
	const { status, parts } = message
	const ended = status === "stopped" || status === "interrupted" || cutOffBy(message) === "limit"
	return ended && answerText(parts).trim() !== ""
}
