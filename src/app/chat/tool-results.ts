import type { ChatMessage, ToolResult } from "@bedrock-tiers/protocol"
import { toolCalls } from "./answer"

/**
 * Bounds of tool results. A model can call tools hundreds of times in one answer, and each result can have 60,000
 * characters. Sizes are UTF-8 bytes.
 */

/** Maximum tool calls of one answer that are run. */
export const MAX_CALLS_PER_ANSWER = 100
/** Maximum size of all tool results that one chat stores. */
export const MAX_STORED_RESULT_BYTES = 8_000_000

/** Size of the tool results of a message. */
export function storedResultBytes(message: ChatMessage): number {
	if (message.role === "user") return 0
	return sum(toolCalls(message).map(({ result }) => resultBytesOf(result)))
}

export function resultBytesOf(result: ToolResult | null): number {
	return result ? Buffer.byteLength(result.text) : 0
}

/** The messages with at most `maxBytes` of tool results: the newest results are whole, older ones are cut or left out. */
export function shortenResults(messages: readonly ChatMessage[], maxBytes: number): readonly ChatMessage[] {
	if (sum(messages.map(storedResultBytes)) <= maxBytes) return messages
	let bytesLeft = maxBytes
	const newestFirst = messages.toReversed().map((message) => {
		if (message.role === "user") return message
		const parts = message.parts.toReversed().map((part) => {
			if (part.kind !== "tool-call" || !part.result) return part
			const result = shortenResult(part.result, bytesLeft)
			bytesLeft = Math.max(0, bytesLeft - resultBytesOf(result))
			return { ...part, result }
		})
		return { ...message, parts: parts.toReversed() }
	})
	return newestFirst.toReversed()
}

// eslint-disable-next-line bedrock-tiers/untranslated-text -- a tool result, which the model reads
const CUT_NOTE = "\n[The rest is left out: too long. Call the tool for less of it if it matters.]"

/** The result with at most `maxBytes`, and a note when it is longer. */
export function shortenResult(result: ToolResult, maxBytes: number): ToolResult {
	const bytes = Buffer.from(result.text)
	if (bytes.length <= maxBytes) return result
	// Leaves out a character that the cut would split.
	const start = new TextDecoder().decode(bytes.subarray(0, maxBytes), { stream: true })
	return { ...result, text: start + CUT_NOTE }
}

export function sum(numbers: readonly number[]): number {
	return numbers.reduce((total, one) => total + one, 0)
}
