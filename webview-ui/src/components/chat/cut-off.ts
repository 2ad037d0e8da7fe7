import { answerText, type AssistantMessage } from "@bedrock-tiers/protocol"

/** Stop reasons of Bedrock's APIs. `limit`: the answer reached the requested maximum length. */
const CUT_OFF_REASONS: ReadonlyMap<string | undefined, "limit" | "window"> = new Map([
	["max_tokens", "limit"],
	["length", "limit"],
	["model_context_window_exceeded", "window"],
])

/** Why a complete answer was cut off; `null` when it was not, or when no stop reason was reported. */
export function cutOffReason({ status, stopReason }: AssistantMessage): "limit" | "window" | null {
	return status === "complete" ? (CUT_OFF_REASONS.get(stopReason) ?? null) : null
}

/** Whether the model can continue the answer: it ended early and has text. */
export function canContinue(message: AssistantMessage): boolean {
	const { status, parts } = message
	const ended = status === "stopped" || status === "interrupted" || cutOffReason(message) === "limit"
	return ended && answerText(parts).trim() !== ""
}
