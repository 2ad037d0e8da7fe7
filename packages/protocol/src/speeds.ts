import { ROUTES } from "@bedrock-tiers/core"
import * as z from "zod/mini"

/** Measured speed of the user's own requests in all stored chats, for a comparison of tiers. */

/** Days. Older requests are excluded, because models and their capacity change. */
export const SPEED_DAYS = 90
/** Maximum number of requests in one message; the newest are sent. */
export const MAX_SPEEDS = 5_000

const count = z.int().check(z.nonnegative())
const nonEmpty = z.string().check(z.minLength(1))
const amount = z.number().check(z.nonnegative())

/** Measured speed of one request. */
export const requestSpeedSchema = z.strictObject({
	/** ISO time at which the request ended. */
	at: z.iso.datetime(),
	/** Billed tier: the served tier when Bedrock reported it. */
	tier: nonEmpty,
	region: z.string(),
	route: z.enum(ROUTES),
	/** Tokens that the model read, including cache reads; `null` when not reported. */
	promptTokens: z.nullable(count),
	/** `null` when no token arrived, or the answer arrived in one piece. */
	firstTokenMs: z.nullable(amount),
	/** Output tokens per second, from the first to the last token; `null` when unknown. */
	tokensPerSecond: z.nullable(amount),
	/** Ratio of the cost to the cost on Standard, at list prices; `null` when unknown. */
	timesStandardCost: z.nullable(amount),
})
export type RequestSpeed = z.infer<typeof requestSpeedSchema>

/** Speeds of all requests of one chat, including unmeasured ones; cached for the next query. */
export const chatSpeedsSchema = z.strictObject({
	requests: z.array(
		z.strictObject({
			/** Base model id, or the model id as sent to Bedrock. */
			modelId: nonEmpty,
			/** Whether the request created a title or a summary. */
			background: z.boolean(),
			speed: requestSpeedSchema,
		}),
	),
	/** ISO times of attempts that got no answer; attempts with an unknown time are excluded. */
	failedAt: z.array(z.string()),
})
export type ChatSpeeds = z.infer<typeof chatSpeedsSchema>

export const speedsToHostSchemas = [
	/**
	 * Requests the speeds of one model, by its base model id or the model id as sent to Bedrock; `null` for the active
	 * profile's model. Answered with `speeds`.
	 */
	z.strictObject({ type: z.literal("ask-speeds"), modelId: z.nullable(nonEmpty) }),
] as const

export const speedsToWebviewSchemas = [
	z.strictObject({
		type: z.literal("speeds"),
		/** The requested model, otherwise the one with the most measured requests; `null` when none was measured. */
		modelId: z.nullable(nonEmpty),
		/** Models with measured requests in the last `SPEED_DAYS` days, most requests first. */
		models: z.array(z.strictObject({ id: nonEmpty, requests: z.int().check(z.positive()) })),
		/** Requests of the model, oldest first. At least one of the two speeds of each request is known. */
		requests: z.array(requestSpeedSchema).check(z.maxLength(MAX_SPEEDS)),
		/** Numbers of excluded requests of the model; `failedAttempts` covers all models. */
		leftOut: z.strictObject({
			/** In the last `SPEED_DAYS` days, without a time to first token and without tokens per second. */
			notMeasured: count,
			/** In the last `SPEED_DAYS` days: titles and summaries, which are short and have their own tier. */
			background: count,
			/** Older than `SPEED_DAYS` days. */
			older: count,
			/** In the last `SPEED_DAYS` days, beyond `MAX_SPEEDS`. */
			beyondLimit: count,
			/**
			 * In the last `SPEED_DAYS` days: attempts without an answer, of all models (their model is not recorded).
			 */
			failedAttempts: count,
		}),
	}),
] as const

export type Speeds = Omit<z.infer<(typeof speedsToWebviewSchemas)[0]>, "type">
