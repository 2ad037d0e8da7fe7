import { ROUTES } from "@bedrock-tiers/core"
import * as z from "zod/mini"

/** How fast the person's own requests were, over all kept chats: for a comparison of tiers. */

/** Older requests are left out: models and their capacity change. */
export const SPEED_DAYS = 90
/** The newest are sent. */
export const MAX_SPEEDS = 5_000

const count = z.int().check(z.nonnegative())
const nonEmpty = z.string().check(z.minLength(1))
const amount = z.number().check(z.nonnegative())

/** One request. */
export const requestSpeedSchema = z.strictObject({
	/** ISO time of its end. */
	at: z.iso.datetime(),
	/** That was billed: where Bedrock said which one served, that one. */
	tier: nonEmpty,
	region: z.string(),
	route: z.enum(ROUTES),
	/** What the model read, from the cache too; null = not reported. */
	promptTokens: z.nullable(count),
	/** Null = none came, or the answer came in one piece. */
	firstTokenMs: z.nullable(amount),
	/** Of the output, from the first to the last token; null = it cannot be told. */
	tokensPerSecond: z.nullable(amount),
	/** How many times as much as on Standard it cost, by list prices; null = it cannot be told. */
	timesStandardCost: z.nullable(amount),
})
export type RequestSpeed = z.infer<typeof requestSpeedSchema>

/** How fast the requests of one chat were, those that were not measured too: what is kept of it for the next time. */
export const chatSpeedsSchema = z.strictObject({
	requests: z.array(
		z.strictObject({
			/** Base model id, or the id as Bedrock was given it. */
			modelId: nonEmpty,
			/** A title or a summary. */
			background: z.boolean(),
			speed: requestSpeedSchema,
		}),
	),
	/** ISO times of attempts that brought no answer; those of unknown time are not in it. */
	failedAt: z.array(z.string()),
})
export type ChatSpeeds = z.infer<typeof chatSpeedsSchema>

export const speedsToHostSchemas = [
	/** Of one model, by its base model id or as Bedrock was given it; null = the active profile's. Answered with `speeds`. */
	z.strictObject({ type: z.literal("ask-speeds"), modelId: z.nullable(nonEmpty) }),
] as const

export const speedsToWebviewSchemas = [
	z.strictObject({
		type: z.literal("speeds"),
		/** The model that was asked for, else the one with the most measured requests; null = there are none. */
		modelId: z.nullable(nonEmpty),
		/** Those with measured requests of these days, most requests first. */
		models: z.array(z.strictObject({ id: nonEmpty, requests: z.int().check(z.positive()) })),
		/** Of the model, the oldest first. Of each at least one of the two speeds is known. */
		requests: z.array(requestSpeedSchema).check(z.maxLength(MAX_SPEEDS)),
		/** What is not among them; all of the model but the last. */
		leftOut: z.strictObject({
			/** Of these days, without a time to the first token and without a speed. */
			notMeasured: count,
			/** Of these days: titles and summaries, which are short and have a tier of their own. */
			background: count,
			/** Before these days. */
			older: count,
			/** Of these days, beyond the most that are sent. */
			beyondLimit: count,
			/** Of these days: attempts that brought no answer, of all models, since nothing says of which. */
			failedAttempts: count,
		}),
	}),
] as const

export type Speeds = Omit<z.infer<(typeof speedsToWebviewSchemas)[0]>, "type">
