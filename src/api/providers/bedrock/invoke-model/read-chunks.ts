import type { ResponseStream } from "@aws-sdk/client-bedrock-runtime"
import type { TokenUsage } from "@bedrock-tiers/core"
import type { EventReading } from "../stream/fold-stream"
import { asCount, asObject, asText, parseJsonObject, type JsonObject } from "./json"
import type { ModelFamily } from "./model-family"

/** Bedrock's own token counts, which it adds to the last chunk of every model's answer. */
const METRICS = "amazon-bedrock-invocationMetrics"

/**
 * Reads the events of one InvokeModelWithResponseStream response: `chunk` events, each with a JSON object in the
 * model's own format. Unknown events and chunks are ignored. Throws when a chunk is damaged or reports an error.
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
		// The model's own counts include TTLs and cached tokens; Bedrock's are the fallback when there are none.
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

/** Anthropic and OpenAI report an error within the answer by a chunk `{ error: { message } }`. */
function throwIfError({ error }: JsonObject): void {
	if (error == null) return
	throw new Error(asText(asObject(error)?.message) ?? asText(error) ?? "the model reported an error")
}
