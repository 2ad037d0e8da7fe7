import { cacheWriteTokens, type TokenUsage } from "@bedrock-tiers/core"
import type { ApiStreamChunk } from "../../../provider-contract"
import { asCount, asObject, asObjects, asText, type JsonObject } from "./json"
import type { ChunkReader, WholeAnswer } from "./model-family"

/**
 * Reads a stream of Anthropic Messages. `message_start` reports the input tokens and `message_delta` the output tokens,
 * so usage is known with the latter. Its counts are totals, not increments.
 * Source: AWS user guide, Anthropic Claude Messages API; recordings by others.
 */
export function anthropicReader(): ChunkReader {
	let atStart: JsonObject = {}
	return (chunk) => {
		switch (chunk.type) {
			case "message_start":
				atStart = asObject(asObject(chunk.message)?.usage) ?? {}
				return null
			case "content_block_start":
				return chunks(startChunk(indexOf(chunk), asObject(chunk.content_block) ?? {}))
			case "content_block_delta":
				return chunks(deltaChunk(indexOf(chunk), asObject(chunk.delta) ?? {}))
			case "message_delta": {
				const stopReason = asText(asObject(chunk.delta)?.stop_reason)
				const counts = Object.entries(asObject(chunk.usage) ?? {}).filter(([, count]) => count !== null)
				const usage = counts.length === 0 ? null : anthropicUsage({ ...atStart, ...Object.fromEntries(counts) })
				return { stopReason, usage }
			}
			default:
				return null
		}
	}
}

export function readAnthropicAnswer(body: JsonObject): WholeAnswer {
	const texts = asObjects(body.content).map((block) => (block.type === "text" ? (asText(block.text) ?? "") : ""))
	return {
		text: texts.join(""),
		stopReason: asText(body.stop_reason),
		usage: anthropicUsage(asObject(body.usage) ?? {}),
	}
}

/** `input_tokens` excludes cached tokens; `cache_creation` has the cache writes by TTL. */
function anthropicUsage(usage: JsonObject): TokenUsage | null {
	const inputTokens = asCount(usage.input_tokens)
	const outputTokens = asCount(usage.output_tokens)
	if (inputTokens === null || outputTokens === null) return null
	const byLifetime = asObject(usage.cache_creation) ?? {}
	const oneHour = asCount(byLifetime.ephemeral_1h_input_tokens) ?? 0
	const shortTtl = asCount(byLifetime.ephemeral_5m_input_tokens) ?? 0
	return {
		inputTokens,
		outputTokens,
		cacheReadTokens: asCount(usage.cache_read_input_tokens) ?? 0,
		...cacheWriteTokens(asCount(usage.cache_creation_input_tokens), { shortTtl, oneHour }),
	}
}

const chunks = (chunk: ApiStreamChunk | null) => (chunk ? { chunks: [chunk] } : null)
const indexOf = ({ index }: JsonObject) => asCount(index) ?? 0

function startChunk(index: number, block: JsonObject): ApiStreamChunk | null {
	const text = asText(block.text)
	if (block.type === "text" && text) return { type: "text", text }
	const data = asText(block.data)
	if (block.type === "redacted_thinking" && data) return { type: "redacted_thinking", data }
	if (block.type !== "tool_use") return null
	const [id, name] = [asText(block.id), asText(block.name)]
	return { type: "tool_call_partial", index, ...(id ? { id } : {}), ...(name ? { name } : {}) }
}

function deltaChunk(index: number, delta: JsonObject): ApiStreamChunk | null {
	const [text, thinking] = [asText(delta.text), asText(delta.thinking)]
	if (delta.type === "text_delta" && text) return { type: "text", text }
	if (delta.type === "thinking_delta" && thinking) return { type: "reasoning", text: thinking }
	const [signature, json] = [asText(delta.signature), asText(delta.partial_json)]
	if (delta.type === "signature_delta" && signature) return { type: "thinking_complete", signature }
	if (delta.type === "input_json_delta" && json) return { type: "tool_call_partial", index, arguments: json }
	return null
}
