import type { ChatSpeeds, ToHost, ToWebview } from "@bedrock-tiers/protocol"
import type { ChatRecord, ChatStore } from "../storage/chat-store"
import type { HostLocale, SaveFile } from "../ports"
import { titleOf } from "./chat-entry"
import type { ChatIndex } from "./chat-index"
import { chatJson, chatMarkdown } from "./export-chat"
import { chatSpeeds, readChatSpeeds } from "./chat-speeds"
import { PerChatIndex } from "../storage/per-chat-index"
import { searchChats, type SearchProgress } from "./search-chats"
import { speedsOf } from "./speeds"
import { usageCsv, usageJson, usageRows, type UsageRow } from "./usage-rows"

/** Minimum interval between two progress messages of a search. */
const REPORT_EVERY_MS = 100

export type HistoryDependencies = {
	readonly chats: ChatStore
	readonly index: ChatIndex
	/** File with the request speeds of each chat. It is only a cache. */
	readonly speedsFile: string
	readonly saveFile: SaveFile
	readonly locale: HostLocale
	readonly post: (message: ToWebview) => void
}

type Message<Type extends ToHost["type"]> = Extract<ToHost, { type: Type }>

/** Read-only operations on the stored chats: list, search, speeds and exports. */
export class History {
	readonly #dependencies: HistoryDependencies
	readonly #speeds: PerChatIndex<ChatSpeeds>
	#search: AbortController | undefined

	constructor(dependencies: HistoryDependencies) {
		this.#dependencies = dependencies
		const { chats, speedsFile: file } = dependencies
		this.#speeds = new PerChatIndex(chats, { file, createEntry: chatSpeeds, parseEntry: readChatSpeeds })
	}

	async list(openChatId: string): Promise<void> {
		const { index, chats: store, post } = this.#dependencies
		const { chats, damaged } = await index.list()
		post({ type: "history", chats: [...chats], damaged, folder: store.folder, openChatId })
	}

	/** @param modelId model whose speeds are posted; if it has no measured requests, another model's are posted */
	async postSpeeds(modelId: string): Promise<void> {
		const chats = (await this.#speeds.entries()).filter((chat) => chat !== null)
		this.#dependencies.post({ type: "speeds", ...speedsOf(chats, modelId, new Date()) })
	}

	/** Searches the chats. Cancels a search that is still running. */
	async search({ searchId, query }: Message<"search-history">): Promise<void> {
		const { index, chats: store, post } = this.#dependencies
		this.cancelSearch()
		const search = (this.#search = new AbortController())
		const { chats } = await index.list()
		let progress: SearchProgress = { hits: [], searched: 0 }
		let reportedAt = Date.now()
		const postProgress = (status: "running" | "done" | "cancelled") => {
			reportedAt = Date.now()
			const { hits, searched } = progress
			post({ type: "history-found", searchId, hits: [...hits], searched, total: chats.length, status })
		}
		try {
			await searchChats(store, chats, query, {
				signal: search.signal,
				onProgress(now) {
					progress = now
					if (Date.now() - reportedAt > REPORT_EVERY_MS) postProgress("running")
				},
			})
			postProgress("done")
		} catch (error) {
			if (!search.signal.aborted) throw error
			postProgress("cancelled")
		}
	}

	cancelSearch(): void {
		this.#search?.abort()
	}

	/** @returns `false` when the chat does not exist or cannot be read */
	async exportChat({ chatId, format }: Message<"export-chat">): Promise<boolean> {
		const chat = await this.#dependencies.chats.peek(chatId)
		if (!chat) return false
		const text = format === "markdown" ? chatMarkdown(chat, this.#dependencies.locale) : chatJson(chat)
		await this.#dependencies.saveFile(fileName(chat, format === "markdown" ? "md" : "json"), text)
		return true
	}

	async exportUsage({ format }: Message<"export-usage">): Promise<void> {
		const { chats: store, index, saveFile } = this.#dependencies
		const rows: UsageRow[] = []
		for (const { id } of (await index.list()).chats) {
			const chat = await store.peek(id)
			if (chat) rows.push(...usageRows(chat))
		}
		const now = new Date()
		const name = `bedrock-usage-${now.toISOString().slice(0, 10)}.${format}`
		await saveFile(name, format === "csv" ? usageCsv(rows) : usageJson(rows, now))
	}
}

/** File name from the letters and digits of the title, which can be any text of the user or the model. */
function fileName(chat: ChatRecord, extension: string): string {
	const baseName = (titleOf(chat) ?? "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "")
	return `${baseName.slice(0, 50) || "chat"}.${extension}`
}
