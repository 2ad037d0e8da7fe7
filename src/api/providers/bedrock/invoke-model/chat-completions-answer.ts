import type { TokenUsage } from "@bedrock-tiers/core"
import type { ApiStreamChunk, ToolCallChunk } from "../../../provider-contract"
import { asCount, asObject, asObjects, asText, type JsonObject } from "./json"
import type { ChunkReader, WholeAnswer } from "./model-family"
import { reasoningTagSplitter } from "./reasoning-tags"

type Options = {
	/** Whether the reasoning is between tags before the text. */
	readonly reasoningTags: boolean
}

/**
 * Reads a stream of OpenAI chat completions: deltas, a finish reason, then a chunk with the usage and no choice.
 * Sources: AWS user guide, OpenAI models; OpenAI API reference, the chat completion chunk object.
 */
export function chatCompletionsReader({ reasoningTags }: Options): ChunkReader {
	const splitter = reasoningTags ? reasoningTagSplitter() : null
	const begunCalls = new Set<number>()

	function toolCall(call: JsonObject): ToolCallChunk {
		const index = asCount(call.index) ?? 0
		const { name, arguments: json } = asObject(call.function) ?? {}
		const [id, toolName, argumentsPiece] = [asText(call.id), asText(name), asText(json)]
		// Some models repeat the id and the name in every piece.
		const isFirstPiece = !begunCalls.has(index)
		if (id) begunCalls.add(index)
		return {
			type: "tool_call_partial",
			index,
			...(isFirstPiece && id ? { id } : {}),
			...(isFirstPiece && toolName ? { name: toolName } : {}),
			...(argumentsPiece ? { arguments: argumentsPiece } : {}),
		}
	}

	return (chunk) => {
		const usage = chatCompletionsUsage(chunk.usage)
		const choice = asObjects(chunk.choices).find(({ index = 0 }) => index === 0)
		if (!choice) return usage ? { usage } : null
		const delta = asObject(choice.delta) ?? {}
		const stopReason = finishReason(choice)
		const text = asText(delta.content)
		const reasoning = asText(delta.reasoning_content) ?? asText(delta.reasoning)
		const calls = asObjects(delta.tool_calls)
		const chunks: ApiStreamChunk[] = []
		if (reasoning) chunks.push({ type: "reasoning", text: reasoning })
		if (text) chunks.push(...(splitter?.push(text) ?? [{ type: "text", text } as const]))
		if (splitter && (calls.length > 0 || stopReason)) chunks.push(...splitter.flush())
		chunks.push(...calls.map(toolCall))
		return { chunks, stopReason, usage }
	}
}

export function readChatCompletion(body: JsonObject, { reasoningTags }: Options): WholeAnswer {
	const choice = asObjects(body.choices)[0] ?? {}
	const text = asText(asObject(choice.message)?.content) ?? ""
	return {
		text: reasoningTags ? withoutReasoning(text) : text,
		stopReason: finishReason(choice),
		usage: chatCompletionsUsage(body.usage),
	}
}

function withoutReasoning(content: string): string {
	const splitter = reasoningTagSplitter()
	return [...splitter.push(content), ...splitter.flush()]
		.map((chunk) => (chunk.type === "text" ? chunk.text : ""))
		.join("")
}

/** Mistral calls it `stop_reason`. Where both are present, `stop_reason` is the stop sequence. */
function finishReason(choice: JsonObject): string | null {
	return asText(choice.finish_reason) ?? asText(choice.stop_reason)
}

/**
 * `prompt_tokens` includes cached tokens, read and written; `TokenUsage` counts them separately.
 * Sources: OpenAI API reference, completion usage; a live call through Bedrock by others (2026-09-18) for the written
 * ones.
 */
function chatCompletionsUsage(reported: unknown): TokenUsage | null {
	const usage = asObject(reported) ?? {}
	const [prompt, outputTokens] = [asCount(usage.prompt_tokens), asCount(usage.completion_tokens)]
	if (prompt === null || outputTokens === null) return null
	const details = asObject(usage.prompt_tokens_details) ?? {}
	const cacheReadTokens = asCount(details.cached_tokens) ?? 0
	const cacheWriteTokens = asCount(details.cache_write_tokens) ?? 0
	const inputTokens = Math.max(0, prompt - cacheReadTokens - cacheWriteTokens)
	return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens: 0 }
}
