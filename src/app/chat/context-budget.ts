import type { ChatMessage } from "@bedrock-tiers/protocol"
import { attachmentsOf } from "../attachments/question-blocks"
import { requestOf } from "./chat-usage"
import { unsummarized, type Conversation } from "./conversation"
import { shortenResults, storedResultBytes, sum } from "./tool-results"

/** Maximum size of the tool results of one answer, and of all results in one request, whatever the context window. */
const MAX_RESULT_BYTES = 400_000
/** Used for a model whose context window is unknown: that of most models. */
const USUAL_WINDOW_TOKENS = 128_000

export type ContextBudget = {
	/** Size of a text that fills the context window. */
	readonly windowBytes: number
	/** Maximum size of the tool results of one answer, and of all results in one request: half of the context window. */
	readonly resultBytes: number
	/** Size of a token, for an estimate. */
	readonly bytesPerToken: number
}

/**
 * Prose and source code have about 4 bytes per token, CJK text 3, numbers and base64 down to 1. After Bedrock has rejected
 * a request of the conversation as invalid, which it also does when the prompt is too long, 1 is assumed.
 * @param contextWindow tokens; `null` when unknown
 * @param wasTooLong whether a request of the current answer was too long
 */
export function contextBudget(
	conversation: Conversation,
	contextWindow: number | null,
	wasTooLong = false,
): ContextBudget {
	const bytesPerToken = wasTooLong || unsummarized(conversation).some(isRejected) ? 1 : 3
	const windowBytes = (contextWindow ?? USUAL_WINDOW_TOKENS) * bytesPerToken
	return { windowBytes, resultBytes: Math.min(MAX_RESULT_BYTES, windowBytes / 2), bytesPerToken }
}

function isRejected(message: ChatMessage): boolean {
	if (message.role !== "assistant") return false
	const { error, failedAttempts = [] } = message
	return error?.code === "bad-input" || [error, ...failedAttempts].some((one) => one?.code === "prompt-too-long")
}

/**
 * Estimated tokens of the next request: those that Bedrock counted, and the messages after that.
 * @param contextTokens tokens of the last answer's prompt and text; `null` when not reported
 */
export function nextRequestTokens(
	conversation: Conversation,
	contextTokens: number | null,
	{ bytesPerToken, resultBytes }: ContextBudget,
): number {
	const messages = shortenResults(unsummarized(conversation), resultBytes)
	const counted = messages.findLastIndex((message) => requestOf(message)[0]?.usage)
	const texts = sum(messages.slice(counted + 1).map(textBytes))
	// The results of the counted answer itself were not in its prompt.
	const results = sum(messages.slice(Math.max(0, counted)).map(storedResultBytes))
	return (counted < 0 ? 0 : (contextTokens ?? 0)) + (texts + results) / bytesPerToken
}

/** Size of a message without its tool results and reasoning. */
function textBytes(message: ChatMessage): number {
	if (message.role === "assistant")
		return sum(
			message.parts.map((part) => {
				if (part.kind === "text") return Buffer.byteLength(part.text)
				return part.kind === "tool-call" ? Buffer.byteLength(part.name + part.input) : 0
			}),
		)
	const attached = attachmentsOf(message).map((one) => (one.kind === "text" ? one.characters : 0))
	return Buffer.byteLength(message.text) + sum(attached)
}
