import { byTierOrder, taskTotals, UsageLedger, type UsageRecord } from "@bedrock-tiers/core"
import type { BackgroundPurpose, ChatEntry, FailedAttempt } from "@bedrock-tiers/protocol"
import { defaultTitle } from "../chat/background"
import { attemptsOf, requestOf } from "../chat/chat-usage"
import type { ChatFile, ChatRecord } from "../storage/chat-store"

export type ChatRequest = { readonly purpose: "answer" | BackgroundPurpose; readonly request: UsageRecord }

/** Requests of a chat that Bedrock accepted: answers in order, removed ones first, then background requests. */
export function requestsOf({ messages, removed, background }: ChatRecord): ChatRequest[] {
	const ofAnswers = [...removed, ...messages].flatMap(requestOf)
	return [...ofAnswers.map((request) => ({ purpose: "answer", request }) as const), ...background]
}

/** The purpose of a failed background request is not stored. */
export type ChatFailure = { readonly purpose: "answer" | "background"; readonly attempt: FailedAttempt }

/** Failed attempts of a chat: those at answers, removed ones first, then those at background requests. */
export function failuresOf({ messages, removed, failedBackground }: ChatRecord): ChatFailure[] {
	const ofAnswers = [...removed, ...messages].flatMap(attemptsOf)
	return [
		...ofAnswers.map((attempt) => ({ purpose: "answer", attempt }) as const),
		...failedBackground.map((attempt) => ({ purpose: "background", attempt }) as const),
	]
}

export function titleOf({ title, messages }: Pick<ChatRecord, "title" | "messages">): string | null {
	return title ?? defaultTitle(messages)
}

export function chatEntry(chat: ChatRecord, { id, mtimeMs }: ChatFile): ChatEntry {
	const requests = requestsOf(chat).map(({ request }) => request)
	const failures = failuresOf(chat).map(({ attempt }) => attempt)
	const { total, byTier, failed } = new UsageLedger(requests, failures)
	return {
		id,
		title: titleOf(chat),
		updatedAt: new Date(mtimeMs).toISOString(),
		models: [...new Set(requests.map(({ baseModelId, modelId }) => baseModelId ?? modelId))],
		tiers: [...byTier.keys()].sort(byTierOrder),
		requests: total.requests,
		...taskTotals(total, failed),
		messages: chat.messages.length,
	}
}
