import type { ConverseRequest } from "../converse-request"
import type { AnswerParts } from "../stream-plan"

/** One chunk of a stream, before it is put into a frame. */
export type WireChunk = {
	json: object
	/** A piece of the answer. */
	delta?: true
	/** Where it reports usage: the same with less; null leaves the chunk out. */
	report?: { withoutUsage: object | null; metricsOnly: object | null }
}

/** What a family of models is asked in through InvokeModel, and how it answers. */
export type WireFormat = {
	/** @throws AwsFailure (400) for a body that the family does not take */
	read(body: string): ConverseRequest
	answer(parts: AnswerParts, modelId: string): object
	chunks(parts: AnswerParts, modelId: string): WireChunk[]
}

/** What Bedrock puts beside the last chunk of every model. */
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
