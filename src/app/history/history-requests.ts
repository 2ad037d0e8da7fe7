import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { ToHost, ToWebview } from "@bedrock-tiers/protocol"
import type { AttachmentStore } from "../attachments/attachment-store"
import type { OpenChat } from "../chat/open-chat"
import type { Confirm } from "../ports"
import type { ChatLocks } from "../storage/chat-locks"
import type { ChatStore } from "../storage/chat-store"
import type { History } from "./history"

/** Messages of the webview's history and speed pages. */
export type HistoryRequest = Extract<
	ToHost,
	{
		type:
			| "list-history"
			| "search-history"
			| "cancel-history-search"
			| "open-chat"
			| "delete-chat"
			| "export-chat"
			| "export-usage"
			| "ask-speeds"
	}
>

export type HistoryRequestsDependencies = {
	readonly history: History
	readonly open: OpenChat
	readonly chats: ChatStore
	readonly locks: ChatLocks
	readonly attachments: AttachmentStore
	readonly confirm: Confirm
	/** Base model id of the active profile, or its model id when the base model is unknown. */
	readonly activeModelId: () => string
	readonly newChat: () => Promise<void>
	readonly post: (message: ToWebview) => void
	readonly postState: () => Promise<void>
}

/** Handles the webview's messages about stored chats. */
export class HistoryRequests {
	readonly #dependencies: HistoryRequestsDependencies

	constructor(dependencies: HistoryRequestsDependencies) {
		this.#dependencies = dependencies
	}

	async handle(message: HistoryRequest): Promise<void> {
		const { history, activeModelId } = this.#dependencies
		switch (message.type) {
			case "list-history":
				return this.#list()
			case "search-history":
				return history.search(message)
			case "cancel-history-search":
				return history.cancelSearch()
			case "open-chat":
				return this.#openChat(message.chatId)
			case "delete-chat":
				return this.#deleteChat(message.chatId)
			case "export-chat":
				if (!(await history.exportChat(message))) this.#refuse(detail("chat.unreadable"))
				return
			case "export-usage":
				return history.exportUsage(message)
			case "ask-speeds":
				return history.postSpeeds(message.modelId ?? activeModelId())
		}
	}

	async #list(): Promise<void> {
		const { history, open } = this.#dependencies
		return history.list((await open.task()).id)
	}

	async #openChat(chatId: string): Promise<void> {
		const { open, post, postState } = this.#dependencies
		if (!(await open.open(chatId))) {
			this.#refuse(detail("chat.unreadable"))
			return this.#list()
		}
		await postState()
		post({ type: "show", view: "chat" })
	}

	/** Refused while another window is answering in the chat: that window would write the file again. */
	async #deleteChat(chatId: string): Promise<void> {
		const { open, chats, locks, attachments, confirm, newChat } = this.#dependencies
		if (await locks.isHeldElsewhere(chatId)) return this.#refuse(detail("chat.delete-busy"))
		if (!(await confirm("delete-chat"))) return
		if ((await open.task()).id === chatId) await newChat()
		await open.ended(chatId)
		await chats.remove(chatId)
		await attachments.removeChat(chatId)
		await this.#list()
	}

	#refuse(reason: ErrorDetail): void {
		this.#dependencies.post({ type: "refused", requestId: null, field: "", details: [reason] })
	}
}
