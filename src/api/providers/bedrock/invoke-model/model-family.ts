import type { ConverseStreamCommandInput, InferenceConfiguration } from "@aws-sdk/client-bedrock-runtime"
import type { Completion } from "../api-adapter"
import type { RequestPlan } from "../request-plan"
import type { EventReading } from "../stream/fold-stream"
import type { JsonObject } from "./json"

/**
 * The request in Converse's format, from which all bodies are translated, so that settings for Converse apply here too.
 */
export type ConverseRequest = Pick<
	ConverseStreamCommandInput,
	"system" | "messages" | "toolConfig" | "additionalModelRequestFields"
> & { inferenceConfig?: Pick<InferenceConfiguration, "maxTokens" | "temperature"> }

/** Reads the chunks of one answer, in order. */
export type ChunkReader = (chunk: JsonObject) => EventReading | null

/** The body of an answer without streaming. */
export type WholeAnswer = Pick<Completion, "text" | "stopReason" | "usage">

/** Request and response format of one family of models. */
export type ModelFamily = {
	/** Throws a `bad-input` failure for content that the family cannot express. */
	readonly body: (request: ConverseRequest, plan: RequestPlan) => JsonObject
	/** Creates a reader for one answer. */
	readonly reader: () => ChunkReader
	readonly answer: (body: JsonObject) => WholeAnswer
}
