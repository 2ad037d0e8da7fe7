import type { ConverseStreamOutput, TokenUsage as ConverseTokenUsage } from "@aws-sdk/client-bedrock-runtime"
import { cacheWriteTokens, readServedTier, type TokenUsage } from "@bedrock-tiers/core"
import type { ApiStreamChunk } from "../../../provider-contract"
import type { EventReading } from "../stream/fold-stream"

/** Reads one event of ConverseStream; `null` when it has no known content. Unknown events and members are ignored. */
export function readConverseEvent(event: ConverseStreamOutput): EventReading | null {
	const chunk = contentChunk(event)
	if (chunk) return { chunks: [chunk] }
	if (event.messageStop) return { stopReason: event.messageStop.stopReason ?? "unknown" }
	if (!event.metadata) return null
	return {
		usage: converseUsage(event.metadata.usage),
		servedTier: readServedTier(event.metadata),
		invokedModelId: event.metadata.trace?.promptRouter?.invokedModelId,
	}
}

/** Converse's `inputTokens` excludes cached tokens, and `cacheDetails` has the TTL of each cache write. */
export function converseUsage(usage: ConverseTokenUsage | undefined): TokenUsage | null {
	if (usage?.inputTokens === undefined || usage.outputTokens === undefined) return null
	return {
		inputTokens: usage.inputTokens,
		outputTokens: usage.outputTokens,
		cacheReadTokens: usage.cacheReadInputTokens ?? 0,
		...cacheWriteTokens(usage.cacheWriteInputTokens, {
			oneHour: writtenTokens(usage, (ttl) => ttl === "1h"),
			shortTtl: writtenTokens(usage, (ttl) => ttl !== "1h"),
		}),
	}
}

function writtenTokens(
	{ cacheDetails = [] }: ConverseTokenUsage,
	hasTtl: (ttl: string | undefined) => boolean,
): number {
	return cacheDetails.reduce((sum, { ttl, inputTokens }) => sum + (hasTtl(ttl) ? (inputTokens ?? 0) : 0), 0)
}

function contentChunk({ contentBlockStart, contentBlockDelta }: ConverseStreamOutput): ApiStreamChunk | null {
	if (contentBlockDelta) {
		const { delta, contentBlockIndex: index = 0 } = contentBlockDelta
		if (delta?.text) return { type: "text", text: delta.text }
		if (delta?.toolUse?.input) return { type: "tool_call_partial", index, arguments: delta.toolUse.input }
		const reasoning = delta?.reasoningContent
		if (reasoning?.text) return { type: "reasoning", text: reasoning.text }
		if (reasoning?.signature) return { type: "thinking_complete", signature: reasoning.signature }
		if (reasoning?.redactedContent)
			return { type: "redacted_thinking", data: Buffer.from(reasoning.redactedContent).toString("base64") }
		return null
	}
	const call = contentBlockStart?.start?.toolUse
	if (!call) return null
	return {
		type: "tool_call_partial",
		index: contentBlockStart.contentBlockIndex ?? 0,
		...(call.toolUseId ? { id: call.toolUseId } : {}),
		...(call.name ? { name: call.name } : {}),
	}
}
