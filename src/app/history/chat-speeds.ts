import { promptTokens, timesStandardCost, tokensPerSecond, type RecordedRequest } from "@bedrock-tiers/core"
import { receive, requestSpeedSchema, type RequestSpeed } from "@bedrock-tiers/protocol"
import * as z from "zod/mini"
import type { ChatRecord } from "../chat-store"
import { failuresOf, requestsOf } from "./chat-entry"

const chatSpeedsSchema = z.strictObject({
	requests: z.array(
		z.strictObject({
			/** Base model id, or the id as Bedrock was given it. */
			modelId: z.string().check(z.minLength(1)),
			/** A title or a summary. */
			background: z.boolean(),
			speed: requestSpeedSchema,
		}),
	),
	/** ISO times of attempts that brought no answer; those of unknown time are not in it. */
	failedAt: z.array(z.string()),
})

/** How fast the requests of one chat were, those that were not measured too. */
export type ChatSpeeds = z.infer<typeof chatSpeedsSchema>

export function chatSpeeds(chat: ChatRecord): ChatSpeeds {
	return {
		requests: requestsOf(chat).map(({ purpose, request }) => ({
			modelId: request.baseModelId ?? request.modelId,
			background: purpose !== "answer",
			speed: requestSpeed(request),
		})),
		failedAt: failuresOf(chat).flatMap(({ at }) => (at === undefined ? [] : [at])),
	}
}

export function readChatSpeeds(stored: unknown): ChatSpeeds | undefined {
	const received = receive(chatSpeedsSchema, stored)
	return received.ok ? received.message : undefined
}

export function isMeasured({ firstTokenMs, tokensPerSecond }: RequestSpeed): boolean {
	return firstTokenMs !== null || tokensPerSecond !== null
}

function requestSpeed(request: RecordedRequest): RequestSpeed {
	const { at, billedTier, region, route, usage, timing } = request
	return {
		at,
		tier: billedTier,
		region,
		route,
		promptTokens: usage && promptTokens(usage),
		firstTokenMs: timing?.firstTokenMs ?? null,
		tokensPerSecond: timing ? tokensPerSecond(timing, usage?.outputTokens) : null,
		timesStandardCost: timesStandardCost(request),
	}
}
