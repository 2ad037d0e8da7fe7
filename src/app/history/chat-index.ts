import { readFile } from "node:fs/promises"
import { chatEntrySchema, receive, type ChatEntry } from "@bedrock-tiers/protocol"
import { inGroups, sameStamp, type ChatFile, type ChatStamp, type ChatStore } from "../chat-store"
import { writeWholeFile } from "../write-whole-file"
import { chatEntry } from "./chat-entry"

/** What a chat's file said when it was read; `entry` null = it could not be read. */
type Indexed = ChatStamp & { readonly id: string; readonly entry: ChatEntry | null }

export type ChatList = {
	/** The newest first. */
	readonly chats: readonly ChatEntry[]
	/** Files that cannot be read. */
	readonly damaged: number
}

/**
 * The list of chats without reading every chat. Its file says what each chat's file held and which state of that it was, so
 * only those that have changed are read. It can be lost, damaged or overwritten by another window at any time: what it does
 * not know is read anew.
 */
export class ChatIndex {
	readonly #store: ChatStore
	readonly #file: string

	constructor(store: ChatStore, file: string) {
		this.#store = store
		this.#file = file
	}

	async list(): Promise<ChatList> {
		const [files, known] = await Promise.all([this.#store.list(), this.#read()])
		const indexed = await inGroups(files, async (file) => {
			const before = known.get(file.id)
			return [before && sameStamp(before, file) ? before : await this.#index(file)]
		})
		const isAsBefore = indexed.length === known.size && indexed.every((entry) => known.get(entry.id) === entry)
		// Only a saving of time: a list is shown also where it cannot be kept.
		if (!isAsBefore) await this.#write(indexed).catch(() => undefined)
		const chats = indexed.flatMap(({ entry }) => (entry ? [entry] : []))
		return {
			chats: chats.sort((one, other) => other.updatedAt.localeCompare(one.updatedAt)),
			damaged: indexed.length - chats.length,
		}
	}

	async #index(file: ChatFile): Promise<Indexed> {
		const chat = await this.#store.peek(file.id)
		return { ...file, entry: chat ? chatEntry(chat, file) : null }
	}

	async #read(): Promise<Map<string, Indexed>> {
		try {
			const { version, chats } = JSON.parse(await readFile(this.#file, "utf8")) as Record<string, unknown>
			if (version !== 1 || !Array.isArray(chats)) return new Map()
			return new Map(chats.flatMap(readIndexed).map((indexed) => [indexed.id, indexed]))
		} catch {
			return new Map()
		}
	}

	#write(chats: readonly Indexed[]): Promise<void> {
		return writeWholeFile(this.#file, JSON.stringify({ version: 1, chats }))
	}
}

/** What does not fit is not known. */
function readIndexed(value: unknown): Indexed[] {
	const { id, mtimeMs, size, entry } = (value ?? {}) as Record<string, unknown>
	if (typeof id !== "string" || typeof mtimeMs !== "number" || typeof size !== "number") return []
	if (entry === null) return [{ id, mtimeMs, size, entry }]
	const received = receive(chatEntrySchema, entry)
	return received.ok && received.message.id === id ? [{ id, mtimeMs, size, entry: received.message }] : []
}
