import type { ConverseRequest } from "../converse-request"
import type { AnswerParts } from "../stream-plan"

/** One chunk of a stream, before it is encoded as a frame. */
export type WireChunk = {
	json: object
	/** Set when the chunk is a piece of the answer. */
	delta?: true
	/** Reduced variants of a chunk that reports usage; `null` omits the chunk. */
	report?: { withoutUsage: object | null; metricsOnly: object | null }
}

/** The request and response format of a family of models in InvokeModel. */
export type WireFormat = {
	/** @throws AwsFailure (400) for a body that is invalid in this format */
	read(body: string): ConverseRequest
	answer(parts: AnswerParts, modelId: string): object
	chunks(parts: AnswerParts, modelId: string): WireChunk[]
}

/** The metrics that Bedrock adds to the last chunk of every model. */
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
