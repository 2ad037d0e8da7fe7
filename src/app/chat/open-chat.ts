import type { ToWebview } from "@bedrock-tiers/protocol"
import type { ChatLocks } from "../storage/chat-locks"
import type { ChatRecord, ChatStore } from "../storage/chat-store"
import { ChatTask, type ChatTaskDependencies } from "./chat-task"
import type { KeyValueStore } from "../ports"
import { errorMessage } from "../storage/error-message"
import { t } from "@bedrock-tiers/core"

const CURRENT_CHAT_KEY = "currentChat"
/** How often a chat that another window answers in is looked at. */
const LOOK_EVERY_MS = 1_000

export type OpenChatDependencies = Omit<ChatTaskDependencies, "store"> & {
	readonly chats: ChatStore
	readonly locks: ChatLocks
	/** Remembers which chat this window shows. */
	readonly window: KeyValueStore
}

/** The chat that this window shows. Of all windows that show it, one at a time writes to it. */
export class OpenChat {
	readonly #dependencies: OpenChatDependencies
	/** Loading, or loaded. */
	#loading: Promise<ChatTask> | undefined
	#task: ChatTask | undefined
	/** What this window is answering, by chat: also one that was put aside may still come to its end. */
	readonly #atWork = new Map<string, Promise<void>>()
	/** Chats of which parts were left out, which was said. */
	readonly #reportedLeftOut = new Map<string, string>()

	constructor(dependencies: OpenChatDependencies) {
		this.#dependencies = dependencies
	}

	/** The chat that this window showed last, else an empty one. */
	task(): Promise<ChatTask> {
		return (this.#loading ??= this.#loadLast())
	}

	/** Ends what is on its way in it. */
	stop(): void {
		this.#task?.stop()
	}

	/** Puts it aside (it stays in its file) and starts an empty one. */
	begin(): void {
		this.stop()
		this.#loading = Promise.resolve(this.#show())
	}

	/** @returns false when there is no such chat, or none that can be read; nothing is changed then */
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

	/** Resolves when this window is not answering in the chat any more. */
	async ended(id: string): Promise<void> {
		await this.#atWork.get(id)
	}

	/**
	 * Does something that writes to the chat, as it lies in its file by now.
	 * @returns false when another window is answering in it: nothing is done then, and the chat is followed as it grows
	 */
	async work(run: (task: ChatTask) => Promise<void>): Promise<boolean> {
		const { locks } = this.#dependencies
		const task = await this.task()
		if (!(await locks.take(task.id))) {
			await this.#reload(task.id)
			return false
		}
		const failure = await this.#remember(task.id)
		const work = this.#runLocked(task, run)
		const ended = Promise.allSettled([this.#atWork.get(task.id), work]).then(() => undefined)
		this.#atWork.set(task.id, ended)
		await work.finally(() => {
			if (this.#atWork.get(task.id) === ended) this.#atWork.delete(task.id)
		})
		// Where the chat itself could not be saved, that is said already.
		if (failure && this.#task?.isSaved) this.#dependencies.reportProblem(failure)
		return true
	}

	/** What could not be written is no reason to lose a question. Resolves with a sentence then. */
	async #remember(id: string): Promise<string | undefined> {
		const { window } = this.#dependencies
		try {
			if (window.get(CURRENT_CHAT_KEY) !== id) await window.set(CURRENT_CHAT_KEY, id)
			return undefined
		} catch (error) {
			return t(
				"This window will not know its chat after a reload ({0}). The chat itself is saved.",
				errorMessage(error),
			)
		}
	}

	async #runLocked(task: ChatTask, run: (task: ChatTask) => Promise<void>): Promise<void> {
		const { chats, locks } = this.#dependencies
		try {
			// Where this window is at work already, what is in the file is its own.
			const isForeign = locks.times(task.id) === 1 && (await chats.isChangedElsewhere(task.id))
			await run((isForeign && (await this.#reload(task.id))) || task)
		} finally {
			await locks.release(task.id)
		}
	}

	async #loadLast(): Promise<ChatTask> {
		const { chats, window, reportProblem } = this.#dependencies
		const id = window.get(CURRENT_CHAT_KEY)
		const record = typeof id === "string" ? await chats.load(id) : undefined
		if (typeof id === "string" && !record && (await chats.exists(id)))
			reportProblem(
				t("The chat that was open here cannot be read. Its file was left as it is, and a new chat begun."),
			)
		return record ? this.#showLoaded(record) : this.#show()
	}

	/** Once for each damage to a chat: what could not be read of it. */
	#reportLeftOut(id: string): void {
		const { chats, reportProblem } = this.#dependencies
		const leftOut = chats.leftOut(id)
		if (!leftOut) return
		const sentence =
			leftOut.quarantinedAs === null
				? leftOut.problem
				: t(
						"Parts of this chat cannot be read and are left out. Its file as it was is kept: {0}",
						leftOut.quarantinedAs,
					)
		if (this.#reportedLeftOut.get(id) === sentence) return
		this.#reportedLeftOut.set(id, sentence)
		reportProblem(sentence)
	}

	/** What another window has made of the chat; undefined when it cannot be read, or another one is shown by now. */
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
		const isElsewhere = await this.#dependencies.locks.isTakenElsewhere(record.id)
		this.#reportLeftOut(record.id)
		const task = this.#show(record, isElsewhere)
		if (isElsewhere) this.#follow(task)
		return task
	}

	#follow(task: ChatTask): void {
		const { chats, locks } = this.#dependencies
		const look = async () => {
			if (this.#task !== task) return
			const isOver = !(await locks.isTakenElsewhere(task.id))
			if (isOver || (await chats.isChangedElsewhere(task.id))) await this.#reload(task.id)
			else this.#follow(task)
		}
		setTimeout(() => void look(), LOOK_EVERY_MS).unref()
	}

	#show(record?: ChatRecord, answeredElsewhere = false): ChatTask {
		const { chats, post, changed, reportProblem, logRequest, attachments } = this.#dependencies
		// A chat that was put aside may still end its answer; the webview shows another one by then.
		const postWhileOpen = (message: ToWebview) => {
			if (this.#task === task) post(message)
		}
		const changedWhileOpen = async () => {
			if (this.#task === task) await changed()
		}
		const dependencies = {
			store: chats,
			post: postWhileOpen,
			changed: changedWhileOpen,
			reportProblem,
			logRequest,
			attachments,
		}
		const task = new ChatTask(dependencies, record, answeredElsewhere)
		this.#task = task
		return task
	}
}
