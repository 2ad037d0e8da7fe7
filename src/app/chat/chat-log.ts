import { detail, detailsOf } from "@bedrock-tiers/error-details"
import type { AssistantMessage, Attachment, ChatMessage, ChatView, TaskUsage, ToWebview } from "@bedrock-tiers/protocol"
import { attachmentsOf } from "../attachments/question-blocks"
import type { ReportProblem } from "../ports"
import { newChatRecord, type ChatRecord, type ChatStore } from "../storage/chat-store"
import { interrupted } from "./answer"
import { defaultTitle } from "./background"
import { ChatUsage } from "./chat-usage"
import { storedResultBytes, sum } from "./tool-results"

type GrowingRecord = ChatRecord & { readonly messages: ChatMessage[]; readonly removed: ChatMessage[] }
/** Members of a chat that change. */
type Change = Partial<Pick<ChatRecord, "title" | "summary" | "toolsAllowed" | "tier">>

export type ChatLogDependencies = {
	readonly store: Pick<ChatStore, "save">
	readonly post: (message: ToWebview) => void
	/** Called when more than one message has changed: the title, a summary. */
	readonly changed: () => Promise<void>
	readonly reportProblem: ReportProblem
}

/** Interval at which a streaming answer is saved. */
const SAVE_EVERY_MS = 1_000

/** State of one chat: its messages and usage. Every change is saved to the chat's file and posted to the webview. */
export class ChatLog {
	readonly #dependencies: ChatLogDependencies
	readonly #answeredElsewhere: boolean
	/** Requests and failed attempts of the chat. */
	readonly requests: ChatUsage
	#record: GrowingRecord
	#savedAt = 0
	/** Timer of the next save while an answer streams. */
	#saveTimer: NodeJS.Timeout | undefined
	#pendingSaves = 0
	/** The streaming answer has grown since the last save began. */
	#hasGrown = false
	/** The last save succeeded. If not, the failure was reported. */
	isSaved = true
	/** A question is being answered. */
	busy = false

	/** @param answeredElsewhere another window is answering in this chat, so its streaming answer is not interrupted */
	constructor(
		dependencies: ChatLogDependencies,
		record: ChatRecord = newChatRecord(new Date()),
		answeredElsewhere = false,
	) {
		this.#dependencies = dependencies
		this.#answeredElsewhere = answeredElsewhere
		const messages = answeredElsewhere ? [...record.messages] : record.messages.map(endInterrupted)
		const removed = [...record.removed]
		this.requests = new ChatUsage(record, messages)
		const { background, failedBackground } = this.requests
		this.#record = { ...record, messages, removed, background, failedBackground }
	}

	get id(): string {
		return this.#record.id
	}

	/** The current content of the chat's file. */
	get record(): ChatRecord {
		return this.#record
	}

	/** Attachments of all questions, including removed ones. */
	get attachments(): readonly Attachment[] {
		return [...this.#record.removed, ...this.#record.messages].flatMap(attachmentsOf)
	}

	get lastAnswer(): AssistantMessage | undefined {
		const last = this.#record.messages.at(-1)
		return last?.role === "assistant" ? last : undefined
	}

	/** Size of all stored tool results, including removed ones, in UTF-8 bytes. */
	get resultBytes(): number {
		const { removed, messages } = this.#record
		return sum([...removed, ...messages].map(storedResultBytes))
	}

	view(): ChatView {
		const { id, title, toolsAllowed, tier, summary, messages, background } = this.#record
		return {
			id,
			title: title ?? defaultTitle(messages),
			toolsAllowed,
			tier,
			background: [...background],
			removedRequests: [...this.requests.removedRequests],
			summary,
			messages: [...messages],
			busy: this.busy,
			usage: this.usage(),
			answeredElsewhere: this.#answeredElsewhere,
		}
	}

	usage(): TaskUsage {
		return this.requests.totals(this.#record.messages)
	}

	/** Adds a message, or replaces the last one when it has the same id. Only the last message ever changes. */
	update<M extends ChatMessage>(message: M): M {
		const { messages } = this.#record
		if (messages.at(-1)?.id === message.id) messages[messages.length - 1] = message
		else messages.push(message)
		return message
	}

	/** Updates a message and posts it to the webview. */
	publish<M extends ChatMessage>(message: M): M {
		this.update(message)
		this.#dependencies.post({ type: "message", message, busy: this.busy, usage: this.usage() })
		// The first words of the first message are the chat's title.
		if (this.#record.messages.length === 1) void this.#dependencies.changed()
		return message
	}

	/** Updates a streaming answer, and posts only its part at `index`: an answer can have hundreds of long parts. */
	publishPart(answer: AssistantMessage, index: number): AssistantMessage {
		const part = answer.parts[index]
		if (part) this.#dependencies.post({ type: "part", messageId: answer.id, index, part })
		return this.update(answer)
	}

	/** Posts the complete chat. Resolves when it has been posted. */
	show(): Promise<void> {
		return this.#dependencies.changed()
	}

	/**
	 * Removes the question and everything after it from the conversation. The cost of the removed answers stays in the total, and the
	 * answers stay in the file.
	 * @returns false when there is no such question; nothing is removed then
	 */
	removeFromQuestion(messageId: string): boolean {
		return this.#removeFrom(this.#record.messages.findIndex(({ id, role }) => id === messageId && role === "user"))
	}

	/** Removes all answers to the last question, as `removeFromQuestion` does. */
	removeLastAnswers(): boolean {
		const question = this.#record.messages.findLastIndex(({ role }) => role === "user")
		return question >= 0 && this.#removeFrom(question + 1)
	}

	#removeFrom(index: number): boolean {
		if (index < 0) return false
		const removed = this.#record.messages.splice(index)
		this.#record.removed.push(...removed)
		this.requests.markRemoved(removed)
		// Drops the summary of removed messages.
		if (removed.some(({ id }) => id === this.#record.summary?.upToMessageId))
			this.#record = { ...this.#record, summary: null }
		return true
	}

	/** Applies from the next request on; a withdrawn permission to use tools applies at once. An empty chat has no file. */
	async change(change: Change): Promise<void> {
		this.#record = { ...this.#record, ...change }
		if (this.#record.messages.length > 0) await this.save()
	}

	/** Posts the changed chat, too. Resolves when it is saved. */
	changeAndShow(change: Change): Promise<void> {
		const saved = this.change(change)
		void this.show()
		return saved
	}

	/** Saves the chat. Never rejects: a failure is reported once, until a save succeeds again. */
	async save(): Promise<void> {
		clearTimeout(this.#saveTimer)
		this.#saveTimer = undefined
		this.#savedAt = Date.now()
		this.#hasGrown = false
		this.#pendingSaves++
		try {
			await this.#dependencies.store.save(this.#record)
			this.isSaved = true
		} catch (error) {
			if (!this.isSaved) return
			this.isSaved = false
			this.#dependencies.reportProblem(detail("chat.not-saved", { reason: detailsOf(error) }))
		} finally {
			this.#pendingSaves--
			if (this.#hasGrown) this.saveSoon()
		}
	}

	/**
	 * Schedules a save for a streaming answer, at most one per interval. While a save is pending, none is scheduled: on a
	 * slow disk, copies of the chat would pile up in memory.
	 */
	saveSoon(): void {
		this.#hasGrown = true
		if (this.#saveTimer || this.#pendingSaves > 0) return
		const waitMs = Math.max(0, this.#savedAt + SAVE_EVERY_MS - Date.now())
		this.#saveTimer = setTimeout(() => void this.save(), waitMs)
	}
}

function endInterrupted(message: ChatMessage): ChatMessage {
	return message.role === "assistant" && message.status === "streaming" ? interrupted(message) : message
}
