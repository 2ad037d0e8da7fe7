import { readFile } from "node:fs/promises"
import { inGroups, sameStamp, type ChatFile, type ChatRecord, type ChatStamp, type ChatStore } from "./chat-store"
import { writeFileAtomic } from "./write-file-atomic"

/** What a chat's file said when it was read; `entry` null = it could not be read. */
type Indexed<Entry> = ChatStamp & { readonly id: string; readonly entry: Entry | null }

export type PerChat<Entry> = {
	readonly file: string
	/** What is kept of a chat. */
	readonly take: (chat: ChatRecord, file: ChatFile) => Entry
	/** The same, as it was stored; undefined = it does not fit, and is taken anew. */
	readonly read: (stored: unknown, id: string) => Entry | undefined
}

/**
 * Something about each chat without reading every chat. Its file says what was taken of each chat's file and which state of
 * that it was, so only those that have changed are read. It can be lost, damaged or overwritten by another window at any
 * time: what it does not know is taken anew.
 */
export class PerChatIndex<Entry> {
	readonly #store: ChatStore
	readonly #of: PerChat<Entry>

	constructor(store: ChatStore, of: PerChat<Entry>) {
		this.#store = store
		this.#of = of
	}

	/** Of all chats that there are now, in no order; null = the file cannot be read. */
	async entries(): Promise<(Entry | null)[]> {
		const [files, known] = await Promise.all([this.#store.list(), this.#read()])
		const indexed = await inGroups(files, async (file) => {
			const before = known.get(file.id)
			return [before && sameStamp(before, file) ? before : await this.#index(file)]
		})
		const isAsBefore = indexed.length === known.size && indexed.every((entry) => known.get(entry.id) === entry)
		// Only a saving of time: what was taken is told also where it cannot be kept.
		if (!isAsBefore) await this.#write(indexed).catch(() => undefined)
		return indexed.map(({ entry }) => entry)
	}

	async #index(file: ChatFile): Promise<Indexed<Entry>> {
		const chat = await this.#store.peek(file.id)
		return { ...file, entry: chat ? this.#of.take(chat, file) : null }
	}

	async #read(): Promise<Map<string, Indexed<Entry>>> {
		try {
			const { version, chats } = JSON.parse(await readFile(this.#of.file, "utf8")) as Record<string, unknown>
			if (version !== 1 || !Array.isArray(chats)) return new Map()
			return new Map(chats.flatMap((one) => this.#readIndexed(one)).map((indexed) => [indexed.id, indexed]))
		} catch {
			return new Map()
		}
	}

	/** What does not fit is not known. */
	#readIndexed(value: unknown): Indexed<Entry>[] {
		const { id, mtimeMs, size, entry } = (value ?? {}) as Record<string, unknown>
		if (typeof id !== "string" || typeof mtimeMs !== "number" || typeof size !== "number") return []
		if (entry === null) return [{ id, mtimeMs, size, entry }]
		const read = this.#of.read(entry, id)
		return read === undefined ? [] : [{ id, mtimeMs, size, entry: read }]
	}

	#write(chats: readonly Indexed<Entry>[]): Promise<void> {
		return writeFileAtomic(this.#of.file, JSON.stringify({ version: 1, chats }))
	}
}
