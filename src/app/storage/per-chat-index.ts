import { readFile } from "node:fs/promises"
import { inGroups, sameStamp, type ChatFile, type ChatRecord, type ChatStamp, type ChatStore } from "./chat-store"
import { writeFileAtomic } from "./write-file-atomic"

/** Increased when entries of unchanged chats must be created again. */
const VERSION = 2

/**
 * Entry of one chat and the version of the file it was created from. `entry` is `null` when the file could not be read.
 */
type Indexed<Entry> = ChatStamp & { readonly id: string; readonly entry: Entry | null }

export type PerChatIndexOptions<Entry> = {
	/** Path of the index file. */
	readonly file: string
	/** Creates the entry of a chat. */
	readonly createEntry: (chat: ChatRecord, file: ChatFile) => Entry
	/** Parses a stored entry; `undefined` when it is invalid and must be created again. */
	readonly parseEntry: (stored: unknown, id: string) => Entry | undefined
}

/**
 * Index with one entry per chat, so that not every chat file must be read. The index file stores each entry with the
 * version of the chat file it was created from, so only changed chats are read. The index is a cache: it can be lost,
 * damaged or overwritten by another window at any time, and missing entries are created again.
 */
export class PerChatIndex<Entry> {
	readonly #store: ChatStore
	readonly #options: PerChatIndexOptions<Entry>

	constructor(store: ChatStore, options: PerChatIndexOptions<Entry>) {
		this.#store = store
		this.#options = options
	}

	/** Entries of all existing chats, in no particular order; `null` for a chat file that cannot be read. */
	async entries(): Promise<(Entry | null)[]> {
		const [files, known] = await Promise.all([this.#store.list(), this.#read()])
		const indexed = await inGroups(files, async (file) => {
			const stored = known.get(file.id)
			return [stored && sameStamp(stored, file) ? stored : await this.#index(file)]
		})
		const isUnchanged = indexed.length === known.size && indexed.every((entry) => known.get(entry.id) === entry)
		if (!isUnchanged) {
			const text = JSON.stringify({ version: VERSION, chats: indexed })
			// The index is only a cache, so a failed write is ignored.
			await writeFileAtomic(this.#options.file, text).catch(() => undefined)
		}
		return indexed.map(({ entry }) => entry)
	}

	async #index(file: ChatFile): Promise<Indexed<Entry>> {
		const chat = await this.#store.peek(file.id)
		return { ...file, entry: chat ? this.#options.createEntry(chat, file) : null }
	}

	async #read(): Promise<Map<string, Indexed<Entry>>> {
		try {
			const { version, chats } = JSON.parse(await readFile(this.#options.file, "utf8")) as Record<string, unknown>
			if (version !== VERSION || !Array.isArray(chats)) return new Map()
			return new Map(chats.flatMap((one) => this.#readIndexed(one)).map((indexed) => [indexed.id, indexed]))
		} catch {
			return new Map()
		}
	}

	/** Returns an empty array for an invalid entry. */
	#readIndexed(value: unknown): Indexed<Entry>[] {
		const { id, mtimeMs, size, entry } = (value ?? {}) as Record<string, unknown>
		if (typeof id !== "string" || typeof mtimeMs !== "number" || typeof size !== "number") return []
		if (entry === null) return [{ id, mtimeMs, size, entry }]
		const read = this.#options.parseEntry(entry, id)
		return read === undefined ? [] : [{ id, mtimeMs, size, entry: read }]
	}
}
