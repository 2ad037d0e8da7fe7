import { detail, detailsOf, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { ChatLocks } from "../storage/chat-locks"
import type { ChatRecord, ChatStore } from "../storage/chat-store"
import { ChatTask, type ChatTaskDependencies } from "./chat-task"
import type { KeyValueStore } from "../ports"

const CURRENT_CHAT_KEY = "currentChat"
/** Polling interval for a chat in which another window is answering. */
const POLL_EVERY_MS = 1_000

export type OpenChatDependencies = Omit<ChatTaskDependencies, "store"> & {
	readonly chats: ChatStore
	readonly locks: ChatLocks
	/** Stores which chat this window shows. */
	readonly window: KeyValueStore
}

/** The chat that this window shows. Several windows can show it, but only one at a time writes to it. */
export class OpenChat {
	readonly #dependencies: OpenChatDependencies
	/** Pending or resolved; `undefined` until the chat is first needed. */
	#loading: Promise<ChatTask> | undefined
	#task: ChatTask | undefined
	/** Running work of this window, by chat id. A chat that is no longer shown may still finish its answer. */
	readonly #running = new Map<string, Promise<void>>()

	constructor(dependencies: OpenChatDependencies) {
		this.#dependencies = dependencies
	}

	/** The chat that this window showed last, or an empty one. */
	task(): Promise<ChatTask> {
		return (this.#loading ??= this.#loadLast())
	}

	/** Stops the running answer. */
	stop(): void {
		this.#task?.stop()
	}

	/** Closes the chat, which remains in its file, and starts an empty one. */
	begin(): void {
		this.stop()
		this.#loading = Promise.resolve(this.#show())
	}

	/** @returns `false` when the chat does not exist or cannot be read; nothing is changed then */
	async open(id: string): Promise<boolean> {
		if (this.#task?.id === id) return true
		this.stop()
		await this.ended(id)
		const record = await this.#dependencies.chats.load(id)
		if (!record) return false
		await this.#dependencies.window.set(CURRENT_CHAT_KEY, id)
		this.#loading = this.#showLoaded(record)
		await this.#loading
		return true
	}

	/** Resolves when this window has no running work in the chat. */
	async ended(id: string): Promise<void> {
		await this.#running.get(id)
	}

	/**
	 * Runs work that writes to the chat, on the current content of its file.
	 * @returns `false` when another window is answering in the chat: the work is not run, and the chat's file is polled
	 */
	async work(run: (task: ChatTask) => Promise<void>): Promise<boolean> {
		const { locks } = this.#dependencies
		const task = await this.task()
		if (!(await locks.acquire(task.id))) {
			await this.#reload(task.id)
			return false
		}
		const failure = await this.#remember(task.id)
		const work = this.#runLocked(task, run)
		const ended = Promise.allSettled([this.#running.get(task.id), work]).then(() => undefined)
		this.#running.set(task.id, ended)
		await work.finally(() => {
			if (this.#running.get(task.id) === ended) this.#running.delete(task.id)
		})
		// If the chat itself could not be saved, that has been reported already.
		if (failure && this.#task?.log.isSaved) this.#dependencies.reportProblem(failure)
		return true
	}

	/**
	 * Stores the id of the shown chat. A failure must not lose a question, so it resolves to its details instead.
	 */
	async #remember(id: string): Promise<ErrorDetail | undefined> {
		const { window } = this.#dependencies
		try {
			if (window.get(CURRENT_CHAT_KEY) !== id) await window.set(CURRENT_CHAT_KEY, id)
			return undefined
		} catch (error) {
			return detail("chat.not-remembered", { reason: detailsOf(error) })
		}
	}

	async #runLocked(task: ChatTask, run: (task: ChatTask) => Promise<void>): Promise<void> {
		const { chats, locks } = this.#dependencies
		try {
			// If this window already has running work in the chat, it has written the file itself.
			const isChangedByOther = locks.holdCount(task.id) === 1 && (await chats.isChangedElsewhere(task.id))
			await run((isChangedByOther && (await this.#reload(task.id))) || task)
		} finally {
			await locks.release(task.id)
		}
	}

	async #loadLast(): Promise<ChatTask> {
		const { chats, window, reportProblem } = this.#dependencies
		const id = window.get(CURRENT_CHAT_KEY)
		const record = typeof id === "string" ? await chats.load(id) : undefined
		if (typeof id === "string" && !record && (await chats.exists(id))) reportProblem(detail("chat.last-unreadable"))
		return record ? this.#showLoaded(record) : this.#show()
	}

	/**
	 * Loads the chat again after another window changed it; `undefined` when it cannot be read or is no longer shown.
	 */
	async #reload(id: string): Promise<ChatTask | undefined> {
		const { chats, changed } = this.#dependencies
		const record = await chats.load(id)
		if (!record || this.#task?.id !== id) return undefined
		this.#loading = this.#showLoaded(record)
		const task = await this.#loading
		await changed()
		return task
	}

	async #showLoaded(record: ChatRecord): Promise<ChatTask> {
		const isElsewhere = await this.#dependencies.locks.isHeldElsewhere(record.id)
		const task = this.#show(record, isElsewhere)
		if (isElsewhere) this.#pollUntilUnlocked(task)
		return task
	}

	#pollUntilUnlocked(task: ChatTask): void {
		const { chats, locks } = this.#dependencies
		const poll = async () => {
			if (this.#task !== task) return
			const isUnlocked = !(await locks.isHeldElsewhere(task.id))
			if (isUnlocked || (await chats.isChangedElsewhere(task.id))) await this.#reload(task.id)
			else this.#pollUntilUnlocked(task)
		}
		setTimeout(() => void poll(), POLL_EVERY_MS).unref()
	}

	#show(record?: ChatRecord, answeredElsewhere = false): ChatTask {
		const { chats, post, changed } = this.#dependencies
		const dependencies: ChatTaskDependencies = {
			...this.#dependencies,
			store: chats,
			// A closed chat may still finish its answer while the webview shows another chat.
			post: (message) => {
				if (this.#task === task) post(message)
			},
			changed: async () => {
				if (this.#task === task) await changed()
			},
		}
		const task = new ChatTask(dependencies, record, answeredElsewhere)
		this.#task = task
		return task
	}
}
