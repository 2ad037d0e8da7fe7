import type { ConverseStreamOutput } from "@aws-sdk/client-bedrock-runtime"
import type { TokenUsage } from "@bedrock-tiers/core"
import { readConverseEvent } from "../converse/converse-events"
import { asCount, asObject, asObjects, asText, type JsonObject } from "./json"
import type { ChunkReader, WholeAnswer } from "./model-family"

/**
 * Each chunk is an event of ConverseStream except for the names of the cached tokens. Source: Amazon Nova user guide.
 */
export function novaReader(): ChunkReader {
	return (chunk) => {
		const metadata = asObject(chunk.metadata)
		return metadata
			? { usage: novaUsage(metadata.usage) }
			: readConverseEvent(chunk as Partial<ConverseStreamOutput> as ConverseStreamOutput)
	}
}

export function readNovaAnswer(body: JsonObject): WholeAnswer {
	const content = asObjects(asObject(asObject(body.output)?.message)?.content)
	return {
		text: content.map((block) => asText(block.text) ?? "").join(""),
		stopReason: asText(body.stopReason),
		usage: novaUsage(body.usage),
	}
}

/** That `inputTokens` excludes cached tokens is documented for Converse and assumed for Nova. */
function novaUsage(reported: unknown): TokenUsage | null {
	const usage = asObject(reported) ?? {}
	const [inputTokens, outputTokens] = [asCount(usage.inputTokens), asCount(usage.outputTokens)]
	if (inputTokens === null || outputTokens === null) return null
	return {
		inputTokens,
		outputTokens,
		cacheReadTokens: asCount(usage.cacheReadInputTokenCount ?? usage.cacheReadInputTokens) ?? 0,
		cacheWriteTokens: asCount(usage.cacheWriteInputTokenCount ?? usage.cacheWriteInputTokens) ?? 0,
		cacheWrite1hTokens: 0,
	}
}
