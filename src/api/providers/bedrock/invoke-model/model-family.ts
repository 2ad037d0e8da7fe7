import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime"
import type { TokenUsage } from "@bedrock-tiers/core"
import type { RequestPlan } from "../request-plan"
import type { EventReading } from "../stream/fold-stream"
import type { JsonObject } from "./json"

/**
 * The request in Converse's format, from which all bodies are translated, so that settings for Converse apply here too.
 */
export type ConverseRequest = Omit<ConverseStreamCommandInput, "modelId" | "serviceTier">

/** Reads the chunks of one answer, in order. */
export type ChunkReader = (chunk: JsonObject) => EventReading | null

/** An answer without streaming. */
export type WholeAnswer = {
	readonly text: string
	/** Stop reason as the model reports it; `null` when it reported none. */
	readonly stopReason: string | null
	/** `null` when none was reported. */
	readonly usage: TokenUsage | null
}

/** Request and response format of one family of models. */
export type ModelFamily = {
	/** Throws a `bad-input` failure for content that the family cannot express. */
	readonly body: (request: ConverseRequest, plan: RequestPlan) => JsonObject
	/** Creates a reader for one answer. */
	readonly reader: () => ChunkReader
	readonly answer: (body: JsonObject) => WholeAnswer
}
