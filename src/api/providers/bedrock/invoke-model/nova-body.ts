import type { JsonObject } from "./json"
import type { ConverseRequest } from "./model-family"

/**
 * Builds a body in Nova's own schema: Converse's, with bytes as base64 and with `reasoningConfig` and `topK` among the
 * inference parameters. Source: Amazon Nova 2 user guide, request and response schema.
 */
export function novaBody(request: ConverseRequest): JsonObject {
	const { system = [], messages, toolConfig, inferenceConfig, additionalModelRequestFields } = request
	const parameters = { ...inferenceConfig, ...(additionalModelRequestFields as JsonObject | undefined) }
	return withBase64({
		...(system.length === 0 ? {} : { system }),
		messages,
		...(Object.keys(parameters).length === 0 ? {} : { inferenceConfig: parameters }),
		...(toolConfig ? { toolConfig } : {}),
	}) as JsonObject
}

function withBase64(value: unknown): unknown {
	if (value instanceof Uint8Array) return Buffer.from(value).toString("base64")
	if (Array.isArray(value)) return value.map(withBase64)
	if (typeof value !== "object" || value === null) return value
	return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withBase64(item)]))
}
