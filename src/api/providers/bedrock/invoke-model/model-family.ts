import type { ConverseStreamCommandInput } from "@aws-sdk/client-bedrock-runtime"
import type { TokenUsage } from "@bedrock-tiers/core"
import type { RequestPlan } from "../request-plan"
import type { EventReading } from "../stream/fold-stream"
import type { JsonObject } from "./json"

/** The request in Converse's shape, which all translations start from: what is set for Converse holds here too. */
export type ConverseRequest = Omit<ConverseStreamCommandInput, "modelId" | "serviceTier">

/** Reads the chunks of one answer, in order. */
export type ChunkReader = (chunk: JsonObject) => EventReading | null

/** An answer that came in one piece. */
export type WholeAnswer = {
	readonly text: string
	/** In the model's own words; null = it said none. */
	readonly stopReason: string | null
	/** Null = none reported. */
	readonly usage: TokenUsage | null
}

/** A request and its answer in the words of one family of models. */
export type ModelFamily = {
	/** Throws a `bad-input` failure for what the family has no words for. */
	readonly body: (request: ConverseRequest, plan: RequestPlan) => JsonObject
	/** A new one for each answer. */
	readonly reader: () => ChunkReader
	readonly answer: (body: JsonObject) => WholeAnswer
}
