import type { ResponseStream } from "@aws-sdk/client-bedrock-runtime"
import type { TokenUsage } from "@bedrock-tiers/core"
import type { EventReading } from "../stream/fold-stream"
import { asCount, asObject, asText, parseJsonObject, type JsonObject } from "./json"
import type { ModelFamily } from "./model-family"

/** Bedrock's own counts, which it puts into the last chunk of every model's answer. */
const METRICS = "amazon-bedrock-invocationMetrics"

/**
 * Reads the events of one InvokeModelWithResponseStream: `chunk` events, each with a JSON object in the model's own words.
 * Other events and chunks that are not known bring nothing. Throws where a chunk is damaged or tells of an error.
 */
export function eventReader(family: ModelFamily): (event: ResponseStream) => EventReading | null {
	const read = family.reader()
	let reported = false
	return (event) => {
		if (!event.chunk?.bytes) return null
		const chunk = parseJsonObject(event.chunk.bytes)
		throwIfError(chunk)
		const reading = read(chunk)
		reported ||= reading?.usage != null
		// The model's own counts know lifetimes and what was cached; Bedrock's stand in where there are none.
		const usage = reported ? null : metricsUsage(chunk)
		return usage ? { ...reading, usage } : reading
	}
}

function metricsUsage(chunk: JsonObject): TokenUsage | null {
	const metrics = asObject(chunk[METRICS]) ?? {}
	const [inputTokens, outputTokens] = [asCount(metrics.inputTokenCount), asCount(metrics.outputTokenCount)]
	if (inputTokens === null || outputTokens === null) return null
	return {
		inputTokens,
		outputTokens,
		cacheReadTokens: asCount(metrics.cacheReadInputTokenCount) ?? 0,
		cacheWriteTokens: asCount(metrics.cacheWriteInputTokenCount) ?? 0,
		cacheWrite1hTokens: 0,
	}
}

/** Anthropic and OpenAI tell of an error within the answer by a chunk `{ error: { message } }`. */
function throwIfError({ error }: JsonObject): void {
	if (error == null) return
	throw new Error(asText(asObject(error)?.message) ?? asText(error) ?? "the model reported an error")
}
