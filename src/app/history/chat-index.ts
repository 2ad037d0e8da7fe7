import { chatEntrySchema, receive, type ChatEntry } from "@bedrock-tiers/protocol"
import type { ChatStore } from "../storage/chat-store"
import { chatEntry } from "./chat-entry"
import { PerChatIndex } from "../storage/per-chat-index"

export type ChatList = {
	/** Newest first. */
	readonly chats: readonly ChatEntry[]
	/** Number of chat files that cannot be read. */
	readonly damaged: number
}

/** The list of chats, from an index file that is only a cache. */
export class ChatIndex {
	readonly #index: PerChatIndex<ChatEntry>

	constructor(store: ChatStore, file: string) {
		this.#index = new PerChatIndex(store, { file, createEntry: chatEntry, parseEntry: readEntry })
	}

	async list(): Promise<ChatList> {
		const entries = await this.#index.entries()
		const chats = entries.filter((entry) => entry !== null)
		return {
			chats: chats.sort((one, other) => other.updatedAt.localeCompare(one.updatedAt)),
			damaged: entries.length - chats.length,
		}
	}
}

function readEntry(stored: unknown, id: string): ChatEntry | undefined {
	const received = receive(chatEntrySchema, stored)
	return received.ok && received.message.id === id ? received.message : undefined
}
