import { promptTokens, timesStandardCost, tokensPerSecond, type UsageRecord } from "@bedrock-tiers/core"
import {
	chatSpeedsSchema,
	MAX_SPEEDS,
	receive,
	SPEED_DAYS,
	type ChatSpeeds,
	type RequestSpeed,
	type Speeds,
} from "@bedrock-tiers/protocol"
import type { ChatRecord } from "../storage/chat-store"
import { failuresOf, requestsOf } from "./chat-entry"

const DAY_MS = 86_400_000

type Request = ChatSpeeds["requests"][number]

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

function isMeasured({ firstTokenMs, tokensPerSecond }: RequestSpeed): boolean {
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

/**
 * Speeds of one model's answers in the last `SPEED_DAYS` days, with counts of the requests that are left out.
 * @param requestedModelId if it has no measured answers, the model with the most is used instead
 */
export function speedsOf(chats: readonly ChatSpeeds[], requestedModelId: string, now: Date): Speeds {
	const since = new Date(now.getTime() - SPEED_DAYS * DAY_MS).toISOString()
	const requests = chats.flatMap((chat) => chat.requests)
	const measured = requests.filter(({ background, speed }) => !background && isMeasured(speed))
	const models = modelsOf(measured.filter(({ speed }) => speed.at >= since))
	const modelId = models.find(({ id }) => id === requestedModelId)?.id ?? models[0]?.id ?? null
	const speeds = ofModel(measured, modelId)
	const recent = speeds.filter(({ at }) => at >= since).sort((one, other) => one.at.localeCompare(other.at))
	const others = requests.filter(({ speed }) => speed.at >= since)
	return {
		modelId,
		models,
		requests: recent.slice(-MAX_SPEEDS),
		leftOut: {
			notMeasured: ofModel(others, modelId, ({ background, speed }) => !background && !isMeasured(speed)).length,
			background: ofModel(others, modelId, ({ background }) => background).length,
			older: speeds.length - recent.length,
			beyondLimit: Math.max(0, recent.length - MAX_SPEEDS),
			failedAttempts: chats.flatMap(({ failedAt }) => failedAt).filter((at) => at >= since).length,
		},
	}
}

function ofModel(
	requests: readonly Request[],
	modelId: string | null,
	matches: (one: Request) => boolean = () => true,
) {
	return requests.filter((one) => one.modelId === modelId && matches(one)).map(({ speed }): RequestSpeed => speed)
}

/** Models by number of requests, most first. */
function modelsOf(requests: readonly Request[]): Speeds["models"] {
	const counts = new Map<string, number>()
	for (const { modelId } of requests) counts.set(modelId, (counts.get(modelId) ?? 0) + 1)
	return [...counts]
		.map(([id, count]) => ({ id, requests: count }))
		.sort((one, other) => other.requests - one.requests)
}
