import { promptTokens, timesStandardCost, tokensPerSecond, type UsageRecord } from "@bedrock-tiers/core"
import { chatSpeedsSchema, receive, type ChatSpeeds, type RequestSpeed } from "@bedrock-tiers/protocol"
import type { ChatRecord } from "../storage/chat-store"
import { failuresOf, requestsOf } from "./chat-entry"

/** Speeds of a chat's requests. Contains no message text. */
export function chatSpeeds(chat: ChatRecord): ChatSpeeds {
	return {
		requests: requestsOf(chat).map(({ purpose, request }) => ({
			modelId: request.baseModelId ?? request.modelId,
			background: purpose !== "answer",
			speed: requestSpeed(request),
		})),
		failedAt: failuresOf(chat).flatMap(({ purpose, attempt: { at } }) =>
			purpose === "answer" && at !== undefined ? [at] : [],
		),
	}
}

export function readChatSpeeds(stored: unknown): ChatSpeeds | undefined {
	const received = receive(chatSpeedsSchema, stored)
	return received.ok ? received.message : undefined
}

export function isMeasured({ firstTokenMs, tokensPerSecond }: RequestSpeed): boolean {
	return firstTokenMs !== null || tokensPerSecond !== null
}

function requestSpeed(request: UsageRecord): RequestSpeed {
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
