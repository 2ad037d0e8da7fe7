import { answerText, earlyEnd, type AssistantMessage, type EarlyEnd } from "@bedrock-tiers/protocol"

/** Why a complete answer ended early; `null` when it did not, or when no stop reason was reported. */
export function cutOffReason({ status, stopReason }: AssistantMessage): EarlyEnd | null {
	return status === "complete" ? earlyEnd(stopReason) : null
}

/** Whether the model can continue the answer: it ended early and has text. */
export function canContinue(message: AssistantMessage): boolean {
	const { status, parts } = message
	const ended = status === "stopped" || status === "interrupted" || cutOffReason(message) === "limit"
	return ended && answerText(parts).trim() !== ""
}
