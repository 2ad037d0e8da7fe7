import type { UsageRecord } from "@bedrock-tiers/core"
import type { BackgroundPurpose, ChatEntry, FailedAttempt } from "@bedrock-tiers/protocol"
import { defaultTitle } from "../chat/background"
import type { ChatFile, ChatRecord } from "../storage/chat-store"

export type ChatRequest = { readonly purpose: "answer" | BackgroundPurpose; readonly request: UsageRecord }

/** Requests of a chat that Bedrock accepted: answers in order, removed ones first, then background requests. */
export function requestsOf({ messages, removed, background }: ChatRecord): ChatRequest[] {
	return [
		...[...removed, ...messages].flatMap((message): ChatRequest[] =>
			message.role === "assistant" && message.request ? [{ purpose: "answer", request: message.request }] : [],
		),
		...background,
	]
}

/** Failed attempts at answers, those of removed answers first. */
export function failuresOf({ messages, removed }: ChatRecord): FailedAttempt[] {
	return [...removed, ...messages].flatMap((message) =>
		message.role === "assistant" ? (message.failedAttempts ?? []) : [],
	)
}

export function titleOf({ title, messages }: Pick<ChatRecord, "title" | "messages">): string | null {
	return title ?? defaultTitle(messages)
}

export function chatEntry(chat: ChatRecord, { id, mtimeMs }: ChatFile): ChatEntry {
	const requests = requestsOf(chat).map(({ request }) => request)
	const unanswered = failuresOf(chat).filter(({ outcome }) => outcome === "unanswered")
	return {
		id,
		title: titleOf(chat),
		updatedAt: new Date(mtimeMs).toISOString(),
		models: [...new Set(requests.map(({ baseModelId, modelId }) => baseModelId ?? modelId))],
		tiers: [...new Set(requests.map(({ billedTier }) => billedTier))],
		requests: requests.length,
		knownUsd: requests.reduce((usd, { knownUsd }) => usd + knownUsd, 0),
		unpricedRequests: requests.filter(({ totalUsd }) => totalUsd === null).length + unanswered.length,
		messages: chat.messages.length,
	}
}
