import { findModel, promptTokens, t, UsageLedger, type UsageRecord, type SelectableTier } from "@bedrock-tiers/core"
import type {
	AssistantMessage,
	Attachment,
	BackgroundPurpose,
	BackgroundRequest,
	ChatMessage,
	ChatSummary,
	ChatView,
	FailedAttempt,
	TaskUsage,
	ToWebview,
} from "@bedrock-tiers/protocol"
import { interrupted } from "./answer"
import { attachmentsOf } from "../attachments/question-blocks"
import { firstWords } from "./background"
import { newChatRecord, type ChatRecord, type ChatStore } from "../storage/chat-store"
import type { Conversation } from "./conversation"
import type { ReportProblem } from "../ports"
import { errorMessage } from "../storage/error-message"
import { toFailureRecord } from "./usage-record"

export type ChatLogDependencies = {
	readonly store: Pick<ChatStore, "save">
	readonly post: (message: ToWebview) => void
	/** More than a message has changed: the title, a summary. */
	readonly changed: () => Promise<void>
	readonly reportProblem: ReportProblem
}

/** While an answer streams, what has come is in the file after this time at the latest, and is not written more often. */
const SAVE_EVERY_MS = 1_000

/** What a chat holds: its messages and the ledger of what its requests cost, in its file and before the person's eyes. */
export class ChatLog {
	readonly #dependencies: ChatLogDependencies
	readonly #id: string
	readonly #createdAt: string
	readonly #answeredElsewhere: boolean
	readonly #messages: ChatMessage[]
	readonly #removed: ChatMessage[]
	readonly #background: BackgroundRequest[]
	readonly #failedBackground: FailedAttempt[]
	readonly #ledger: UsageLedger
	/** Of those in the ledger, the ones in the background. */
	readonly #backgroundLedger: UsageLedger
	/** Of those in the ledger, the ones of removed answers. */
	readonly #removedLedger: UsageLedger
	#title: string | null
	#summary: ChatSummary | null
	#toolsAllowed: boolean
	#tier: SelectableTier | null
	#savedAt = 0
	/** For what has come since. */
	#saveSoon: NodeJS.Timeout | undefined
	/** The last state could not be written, and the person was told. */
	#isUnsaved = false
	/** A question is being answered. */
	busy = false

	/** @param answeredElsewhere another window is writing it: what streams there goes on */
	constructor(
		dependencies: ChatLogDependencies,
		record: ChatRecord = newChatRecord(new Date()),
		answeredElsewhere = false,
	) {
		this.#dependencies = dependencies
		this.#id = record.id
		this.#createdAt = record.createdAt
		this.#title = record.title
		this.#summary = record.summary
		this.#toolsAllowed = record.toolsAllowed
		this.#tier = record.tier
		this.#messages = answeredElsewhere ? [...record.messages] : record.messages.map(endInterrupted)
		this.#removed = [...record.removed]
		this.#answeredElsewhere = answeredElsewhere
		this.#background = [...record.background]
		this.#failedBackground = [...record.failedBackground]
		const background = record.background.map(({ request }) => request)
		const paid = [...record.removed, ...record.messages]
		this.#ledger = UsageLedger.restore(
			[...paid.flatMap(requestOf), ...background],
			[...record.removed, ...this.#messages]
				.flatMap(attemptsOf)
				.concat(record.failedBackground)
				.map(toFailureRecord),
		).ledger
		this.#removedLedger = UsageLedger.restore(record.removed.flatMap(requestOf)).ledger
		this.#backgroundLedger = UsageLedger.restore(background).ledger
	}

	get id(): string {
		return this.#id
	}

	get toolsAllowed(): boolean {
		return this.#toolsAllowed
	}

	/** Null = the profile's. */
	get tier(): SelectableTier | null {
		return this.#tier
	}

	/** Null = nobody wrote one. */
	get title(): string | null {
		return this.#title
	}

	get conversation(): Conversation {
		return { messages: this.#messages, summary: this.#summary }
	}

	/** Of all its questions, removed ones too. */
	get attachments(): readonly Attachment[] {
		return [...this.#removed, ...this.#messages].flatMap(attachmentsOf)
	}

	get lastAnswer(): AssistantMessage | undefined {
		const last = this.#messages.at(-1)
		return last?.role === "assistant" ? last : undefined
	}

	view(): ChatView {
		return {
			id: this.#id,
			title: this.#title ?? firstWords(this.#messages),
			toolsAllowed: this.#toolsAllowed,
			tier: this.#tier,
			background: [...this.#background],
			removedRequests: [...this.#removedLedger.requests],
			summary: this.#summary,
			messages: [...this.#messages],
			busy: this.busy,
			usage: this.usage(),
			...(this.#answeredElsewhere ? { answeredElsewhere: true } : {}),
		}
	}

	usage(): TaskUsage {
		const { total, byTier, failed, failedByTier } = this.#ledger
		const last = this.#messages.findLast((message) => requestOf(message)[0]?.usage)
		const [request] = last ? requestOf(last) : []
		return {
			total,
			byTier: [...byTier].map(([tier, totals]) => ({ tier, totals })),
			failed,
			failedByTier: [...failedByTier].map(([tier, totals]) => ({ tier, totals })),
			contextTokens: request?.usage ? promptTokens(request.usage) + request.usage.outputTokens : null,
			contextWindow: (request?.baseModelId && findModel(request.baseModelId)?.contextWindow) || null,
			background: this.#backgroundLedger.total,
			removed: this.#removedLedger.total,
		}
	}

	/** Takes a message in its newest form, which is always the last: answers come one at a time. */
	keep<M extends ChatMessage>(message: M): M {
		const last = this.#messages.at(-1)
		if (last?.id === message.id) this.#messages[this.#messages.length - 1] = message
		else this.#messages.push(message)
		return message
	}

	/** Takes it, and shows it. */
	put<M extends ChatMessage>(message: M): M {
		this.keep(message)
		this.#dependencies.post({ type: "message", message, busy: this.busy, usage: this.usage() })
		// Its first words are the chat's title.
		if (this.#messages.length === 1) void this.#dependencies.changed()
		return message
	}

	/** Resolves when it has been shown as a whole. */
	show(): Promise<void> {
		return this.#dependencies.changed()
	}

	/**
	 * Leaves the question and all after it out of the conversation. What its answers cost stays in the ledger, and they stay in
	 * the file.
	 * @returns false when there is no such question; nothing is left out then
	 */
	removeFromQuestion(messageId: string): boolean {
		return this.#removeFrom(this.#messages.findIndex(({ id, role }) => id === messageId && role === "user"))
	}

	/** The same for all that answered the last question. */
	removeLastAnswers(): boolean {
		const question = this.#messages.findLastIndex(({ role }) => role === "user")
		return question >= 0 && this.#removeFrom(question + 1)
	}

	#removeFrom(index: number): boolean {
		if (index < 0) return false
		const removed = this.#messages.splice(index)
		this.#removed.push(...removed)
		for (const request of removed.flatMap(requestOf)) this.#removedLedger.append(request)
		// A summary of what is no longer said is none.
		if (removed.some(({ id }) => id === this.#summary?.upToMessageId)) this.#summary = null
		return true
	}

	/** The request of an answer, once. */
	record(request: UsageRecord): void {
		this.#ledger.append(request)
	}

	recordFailure(attempt: FailedAttempt): void {
		this.#ledger.appendFailure(toFailureRecord(attempt))
	}

	recordBackground(purpose: BackgroundPurpose, request: UsageRecord): void {
		this.#background.push({ purpose, request })
		this.#ledger.append(request)
		this.#backgroundLedger.append(request)
	}

	recordBackgroundFailure(attempt: FailedAttempt): void {
		this.#failedBackground.push(attempt)
		this.recordFailure(attempt)
	}

	async setTitle(title: string | null): Promise<void> {
		this.#title = title
		await this.#saveAndShow()
	}

	async setSummary(summary: ChatSummary): Promise<void> {
		this.#summary = summary
		await this.#saveAndShow()
	}

	async allowTools(allowed: boolean): Promise<void> {
		this.#toolsAllowed = allowed
		await this.#saveUnlessEmpty()
	}

	async chooseTier(tier: SelectableTier | null): Promise<void> {
		this.#tier = tier
		await this.#saveUnlessEmpty()
	}

	/** Whether the last state is in the file. */
	get isSaved(): boolean {
		return !this.#isUnsaved
	}

	/** Resolves when it is in its file, or the person was told that it could not be written: once, until it can be again. */
	async save(): Promise<void> {
		clearTimeout(this.#saveSoon)
		this.#saveSoon = undefined
		this.#savedAt = Date.now()
		try {
			await this.#dependencies.store.save({
				version: 2,
				id: this.#id,
				createdAt: this.#createdAt,
				title: this.#title,
				toolsAllowed: this.#toolsAllowed,
				tier: this.#tier,
				summary: this.#summary,
				background: [...this.#background],
				failedBackground: [...this.#failedBackground],
				messages: [...this.#messages],
				removed: [...this.#removed],
			})
			this.#isUnsaved = false
		} catch (error) {
			if (this.#isUnsaved) return
			this.#isUnsaved = true
			this.#dependencies.reportProblem(
				t(
					"The chat could not be saved ({0}). It goes on in this window, and is saved again with what comes next.",
					errorMessage(error),
				),
			)
		}
	}

	/** For an answer that grows: now and then, and once more where it then falls silent. */
	saveSometimes(): void {
		if (this.#saveSoon) return
		const waitMs = Math.max(0, this.#savedAt + SAVE_EVERY_MS - Date.now())
		this.#saveSoon = setTimeout(() => void this.save(), waitMs)
	}

	/** An empty chat has no file yet. */
	async #saveUnlessEmpty(): Promise<void> {
		if (this.#messages.length > 0) await this.save()
	}

	async #saveAndShow(): Promise<void> {
		void this.#dependencies.changed()
		await this.save()
	}
}

function endInterrupted(message: ChatMessage): ChatMessage {
	return message.role === "assistant" && message.status === "streaming" ? interrupted(message) : message
}

function requestOf(message: ChatMessage): UsageRecord[] {
	return message.role === "assistant" && message.request ? [message.request] : []
}

function attemptsOf(message: ChatMessage): readonly FailedAttempt[] {
	return (message.role === "assistant" && message.failedAttempts) || []
}
