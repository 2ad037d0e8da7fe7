import type * as z from "zod"
import { checkUnicode } from "./conversation-rules"
import { parseJson, readConverseRequest } from "./converse-request"
import type { ConverseRequest } from "./converse-shape"
import { AwsFailure } from "./failures"
import type { AnswerParts, UsageReport } from "./stream-plan"

/** One event of a stream, before it is encoded as a frame. */
export type WireChunk = {
	json: object
	/** Set when the chunk is a piece of the answer. */
	delta?: true
	/** Set when the chunk reports usage. */
	report?: UsageReport<object>
}

/** The request and response format of Converse, or of a family of models in InvokeModel. */
export type WireFormat = {
	/** @throws AwsFailure (400) for a body that is invalid in this format */
	read(body: string): ConverseRequest
	answer(parts: AnswerParts, modelId: string): object
	chunks(parts: AnswerParts, modelId: string): WireChunk[]
	/** Encodes a chunk as an event frame. */
	encode(json: object): Uint8Array
}

/** @throws AwsFailure (400) for the first invalid member; the message is the emulator's own, not AWS's */
export function readBody<Schema extends z.ZodType>(schema: Schema, body: string): z.infer<Schema> {
	const parsed = parseJson(body)
	if (parsed === undefined) throw new AwsFailure("ValidationException", "The request body is not valid JSON.")
	checkUnicode(parsed)
	const result = schema.safeParse(parsed)
	if (result.success) return result.data
	const [issue] = result.error.issues
	throw new AwsFailure("ValidationException", `Malformed input request: ${issue?.path.join(".")}: ${issue?.message}`)
}

/** Validates a request in Converse's format, which the rest of the emulator reads. Converse's rules apply to all. */
export function toConverseRequest(request: object): ConverseRequest {
	return readConverseRequest(JSON.stringify(request))
}

/** The metrics that Bedrock adds to the last chunk of every model in InvokeModel. */
export function invocationMetrics({ usage }: AnswerParts): object {
	return {
		"amazon-bedrock-invocationMetrics": {
			inputTokenCount: usage.inputTokens,
			outputTokenCount: usage.outputTokens,
			invocationLatency: 1000,
			firstByteLatency: 100,
			cacheReadInputTokenCount: usage.cacheReadInputTokens,
			cacheWriteInputTokenCount: usage.cacheWriteInputTokens,
		},
	}
}
