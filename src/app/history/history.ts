import { dirname, join } from "node:path"
import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import { chatEntrySchema, receive, type ChatEntry, type ChatSpeeds, type ToWebview } from "@bedrock-tiers/protocol"
import type { AttachmentStore } from "../attachments/attachment-store"
import type { OpenChat } from "../chat/open-chat"
import type { Confirm, Handlers, HostLocale, Message, SaveFile } from "../ports"
import type { ChatLocks } from "../storage/chat-locks"
import type { ChatRecord, ChatStore } from "../storage/chat-store"
import { PerChatIndex } from "../storage/per-chat-index"
import { chatEntry, titleOf } from "./chat-entry"
import { chatJson, chatMarkdown } from "./export-chat"
import { searchChats, type SearchProgress } from "./search-chats"
import { chatSpeeds, readChatSpeeds, speedsOf } from "./speeds"
import { usageCsv, usageJson, usageRows, type UsageRow } from "./usage-rows"

/** Minimum interval between two progress messages of a search. */
const REPORT_EVERY_MS = 100

export type HistoryDependencies = {
	readonly open: OpenChat
	readonly chats: ChatStore
	readonly locks: ChatLocks
	readonly attachments: AttachmentStore
	/** Index of the chats. It is only a cache, like the file with the speeds next to it. */
	readonly indexFile: string
	readonly confirm: Confirm
	readonly saveFile: SaveFile
	readonly locale: HostLocale
	/** Base model id of the active profile, or its model id when the base model is unknown. */
	readonly activeModelId: () => string
	readonly newChat: () => Promise<void>
	readonly post: (message: ToWebview) => void
	readonly postState: () => Promise<void>
}

/** Handles the webview's messages about the stored chats: list, search, open, delete, speeds and exports. */
export class History {
	readonly #dependencies: HistoryDependencies
	readonly #index: PerChatIndex<ChatEntry>
	readonly #speeds: PerChatIndex<ChatSpeeds>
	#search: AbortController | undefined

	constructor(dependencies: HistoryDependencies) {
		this.#dependencies = dependencies
		const { chats, indexFile: file } = dependencies
		const speedsFile = join(dirname(file), "speeds.json")
		this.#index = new PerChatIndex(chats, { file, createEntry: chatEntry, parseEntry: readEntry })
		this.#speeds = new PerChatIndex(chats, {
			file: speedsFile,
			createEntry: chatSpeeds,
			parseEntry: readChatSpeeds,
		})
	}

	readonly handlers = {
		"list-history": () => this.#postList(),
		"search-history": (message) => this.#searchChats(message),
		"cancel-history-search": () => this.cancelSearch(),
		"open-chat": ({ chatId }) => this.#openChat(chatId),
		"delete-chat": ({ chatId }) => this.#deleteChat(chatId),
		"export-chat": (message) => this.#exportChat(message),
		"export-usage": ({ format }) => this.#exportUsage(format),
		"ask-speeds": ({ modelId }) => this.#postSpeeds(modelId ?? this.#dependencies.activeModelId()),
	} satisfies Partial<Handlers>

	cancelSearch(): void {
		this.#search?.abort()
	}

	/** The chats, newest first, and the number of chat files that cannot be read. */
	async #list(): Promise<{ chats: ChatEntry[]; damaged: number }> {
		const entries = await this.#index.entries()
		const chats = entries.filter((entry) => entry !== null)
		return {
			chats: chats.sort((one, other) => other.updatedAt.localeCompare(one.updatedAt)),
			damaged: entries.length - chats.length,
		}
	}

	async #postList(): Promise<void> {
		const { open, chats: store, post } = this.#dependencies
		const openChatId = (await open.task()).id
		post({ type: "history", ...(await this.#list()), folder: store.folder, openChatId })
	}

	async #openChat(chatId: string): Promise<void> {
		const { open, post, postState } = this.#dependencies
		if (!(await open.open(chatId))) {
			this.#refuse(detail("chat.unreadable"))
			return this.#postList()
		}
		await postState()
		post({ type: "show", view: "chat" })
	}

	/** Refused while another window is answering in the chat: that window would write the file again. */
	async #deleteChat(chatId: string): Promise<void> {
		const { open, chats, locks, attachments, confirm, newChat } = this.#dependencies
		if (await locks.isHeldElsewhere(chatId)) return this.#refuse(detail("chat.delete-busy"))
		if (!(await confirm({ action: "delete-chat" }))) return
		if ((await open.task()).id === chatId) await newChat()
		await open.ended(chatId)
		await chats.remove(chatId)
		await attachments.removeChat(chatId)
		await this.#postList()
	}

	#refuse(reason: ErrorDetail): void {
		this.#dependencies.post({ type: "refused", requestId: null, field: "", details: [reason] })
	}

	/** @param modelId model whose speeds are posted; if it has no measured requests, another model's are posted */
	async #postSpeeds(modelId: string): Promise<void> {
		const chats = (await this.#speeds.entries()).filter((chat) => chat !== null)
		this.#dependencies.post({ type: "speeds", ...speedsOf(chats, modelId, new Date()) })
	}

	/** Searches the chats. Cancels a search that is still running. */
	async #searchChats({ searchId, query }: Message<"search-history">): Promise<void> {
		const { chats: store, post } = this.#dependencies
		this.cancelSearch()
		const search = (this.#search = new AbortController())
		const { chats } = await this.#list()
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

	async #exportChat({ chatId, format }: Message<"export-chat">): Promise<void> {
		const { chats, saveFile, locale } = this.#dependencies
		const chat = await chats.peek(chatId)
		if (!chat) return this.#refuse(detail("chat.unreadable"))
		if (format === "markdown") await saveFile(fileName(chat, "md"), chatMarkdown(chat, locale))
		else await saveFile(fileName(chat, "json"), chatJson(chat))
	}

	async #exportUsage(format: Message<"export-usage">["format"]): Promise<void> {
		const { chats: store, saveFile } = this.#dependencies
		const rows: UsageRow[] = []
		for (const { id } of (await this.#list()).chats) {
			const chat = await store.peek(id)
			if (chat) rows.push(...usageRows(chat))
		}
		const now = new Date()
		const name = `bedrock-usage-${now.toISOString().slice(0, 10)}.${format}`
		await saveFile(name, format === "csv" ? usageCsv(rows) : usageJson(rows, now))
	}
}

function readEntry(stored: unknown, id: string): ChatEntry | undefined {
	const received = receive(chatEntrySchema, stored)
	return received.ok && received.message.id === id ? received.message : undefined
}

/** Names that Windows reserves for devices, with any extension. Source: "Naming Files, Paths, and Namespaces", Microsoft. */
const DEVICE_NAME = /^(con|prn|aux|nul|(com|lpt)[\d¹²³])$/i

/**
 * File name from the letters and digits of the title, which can be any text of the user or the model. The end of the
 * name tells the workspace tools that the file is an exported chat.
 */
function fileName(chat: ChatRecord, extension: string): string {
	const baseName = (titleOf(chat) ?? "").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "")
	const name = DEVICE_NAME.test(baseName) ? `chat-${baseName}` : baseName.slice(0, 50) || "chat"
	return `${name}.bedrock-chat.${extension}`
}
