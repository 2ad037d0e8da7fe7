import {
	byTierOrder,
	findModel,
	promptTokens,
	UsageLedger,
	type ServedTier,
	type UsageRecord,
} from "@bedrock-tiers/core"
import type {
	BackgroundPurpose,
	BackgroundRequest,
	ChatMessage,
	FailedAttempt,
	TaskUsage,
} from "@bedrock-tiers/protocol"
import type { ChatRecord } from "../storage/chat-store"

/** The requests and failed attempts of one chat: answers, removed answers, and background requests. */
export class ChatUsage {
	readonly background: BackgroundRequest[]
	readonly failedBackground: FailedAttempt[]
	readonly #ledger: UsageLedger
	/** Subset of the ledger: background requests. */
	readonly #backgroundLedger: UsageLedger
	/** Subset of the ledger: requests of answers that are no longer in the conversation. */
	readonly #removedLedger: UsageLedger

	/** @param messages of the conversation, with answers that were interrupted marked as such */
	constructor(record: ChatRecord, messages: readonly ChatMessage[]) {
		this.background = [...record.background]
		this.failedBackground = [...record.failedBackground]
		const background = record.background.map(({ request }) => request)
		const paid = [...record.removed, ...record.messages]
		this.#ledger = new UsageLedger(
			[...paid.flatMap(requestOf), ...background],
			[...record.removed, ...messages].flatMap(attemptsOf).concat(record.failedBackground),
		)
		this.#removedLedger = new UsageLedger(record.removed.flatMap(requestOf))
		this.#backgroundLedger = new UsageLedger(background)
	}

	get removedRequests(): readonly UsageRecord[] {
		return this.#removedLedger.requests
	}

	/** Totals of the chat. The context size is that of the last answer whose usage was reported. */
	totals(messages: readonly ChatMessage[]): TaskUsage {
		const { total, byTier, failed, failedByTier } = this.#ledger
		const last = messages.findLast((message) => requestOf(message)[0]?.usage)
		const [request] = last ? requestOf(last) : []
		return {
			total,
			byTier: inTierOrder(byTier),
			failed,
			failedByTier: inTierOrder(failedByTier),
			contextTokens: request?.usage ? promptTokens(request.usage) + request.usage.outputTokens : null,
			contextWindow: (request?.baseModelId && findModel(request.baseModelId)?.contextWindow) || null,
			background: this.#backgroundLedger.total,
			removed: this.#removedLedger.total,
		}
	}

	/** Adds the request of an answer. Call it once per request. */
	record(request: UsageRecord): void {
		this.#ledger.append(request)
	}

	recordFailure(attempt: FailedAttempt): void {
		this.#ledger.appendFailure(attempt)
	}

	recordBackground(purpose: BackgroundPurpose, request: UsageRecord): void {
		this.background.push({ purpose, request })
		this.#ledger.append(request)
		this.#backgroundLedger.append(request)
	}

	recordBackgroundFailure(attempt: FailedAttempt): void {
		this.failedBackground.push(attempt)
		this.recordFailure(attempt)
	}

	/** Marks the requests of removed messages as removed. They stay in the total. */
	markRemoved(messages: readonly ChatMessage[]): void {
		for (const request of messages.flatMap(requestOf)) this.#removedLedger.append(request)
	}
}

function inTierOrder<Tier extends ServedTier, Totals>(byTier: ReadonlyMap<Tier, Totals>) {
	return [...byTier]
		.map(([tier, totals]) => ({ tier, totals }))
		.sort((one, other) => byTierOrder(one.tier, other.tier))
}

export function requestOf(message: ChatMessage): UsageRecord[] {
	return message.role === "assistant" && message.request ? [message.request] : []
}

export function attemptsOf(message: ChatMessage): readonly FailedAttempt[] {
	return (message.role === "assistant" && message.failedAttempts) || []
}
