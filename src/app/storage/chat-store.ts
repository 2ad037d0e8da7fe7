import { randomUUID } from "node:crypto"
import { readdir, readFile, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import { SELECTABLE_TIERS, type SelectableTier } from "@bedrock-tiers/core"
import {
	attachmentSchema,
	backgroundRequestSchema,
	CHAT_ID,
	chatMessageSchema,
	chatSummarySchema,
	failedAttemptSchema,
	fromStoredMessage,
	receive,
	toStoredMessage,
	type BackgroundRequest,
	type ChatMessage,
	type ChatSummary,
	type FailedAttempt,
} from "@bedrock-tiers/protocol"
import { quarantineCopy, removeQuarantined } from "./quarantine"
import { errorMessage } from "./error-message"
import { writeFileAtomic } from "./write-file-atomic"

/** A chat as it lies in its file. What its requests cost lies with its messages, and with `background`. */
export type ChatRecord = {
	readonly version: 2
	readonly id: string
	readonly createdAt: string
	/** Null = nobody wrote one. */
	readonly title: string | null
	readonly toolsAllowed: boolean
	/** Null = the profile's. */
	readonly tier: SelectableTier | null
	readonly summary: ChatSummary | null
	readonly background: readonly BackgroundRequest[]
	/** Attempts at titles and summaries; those at answers lie with them. */
	readonly failedBackground: readonly FailedAttempt[]
	readonly messages: readonly ChatMessage[]
	/** No longer in the conversation, but their requests were paid for. */
	readonly removed: readonly ChatMessage[]
}

export function newChatRecord(now: Date): ChatRecord {
	return {
		version: 2,
		id: randomUUID(),
		createdAt: now.toISOString(),
		title: null,
		toolsAllowed: false,
		tier: null,
		summary: null,
		background: [],
		failedBackground: [],
		messages: [],
		removed: [],
	}
}

/** Parts of a chat that could not be read: where its file is kept as it was, or, in a sentence, why it is not. */
export type LeftOut = { readonly quarantinedAs: string } | { readonly quarantinedAs: null; readonly problem: string }

/** Which state of a chat's file it is. */
export type ChatStamp = { readonly mtimeMs: number; readonly size: number }
export type ChatFile = ChatStamp & { readonly id: string }

export function sameStamp(one: ChatStamp | undefined, other: ChatStamp | undefined): boolean {
	return one?.mtimeMs === other?.mtimeMs && one?.size === other?.size
}

/** Files that are asked for at the same time. */
const AT_ONCE = 50

/** Chats as files, one each. */
export class ChatStore {
	readonly folder: string
	/** The files as this window read or wrote them last. */
	readonly #known = new Map<string, ChatStamp>()
	/** Of the files that this window has loaded: those of which something could not be read. */
	readonly #leftOut = new Map<string, LeftOut>()

	constructor(folder: string) {
		this.folder = folder
	}

	/** The files there are, whether they can be read or not, in no order. */
	async list(): Promise<ChatFile[]> {
		const names = await readdir(this.folder).catch(() => [])
		const ids = names.filter((name) => name.endsWith(".json")).map((name) => name.slice(0, -".json".length))
		return inGroups(
			ids.filter((id) => CHAT_ID.test(id)),
			async (id) => {
				const stamp = await this.#stamp(id)
				return stamp ? [{ id, ...stamp }] : []
			},
		)
	}

	/** The file as it is, for a search; undefined when it cannot be read. */
	async text(id: string): Promise<string | undefined> {
		return CHAT_ID.test(id) ? readFile(this.#file(id), "utf8").catch(() => undefined) : undefined
	}

	/** Resolves when there is no such chat any more. */
	async remove(id: string): Promise<void> {
		await rm(this.#file(id), { force: true })
		removeQuarantined(this.#file(id))
		this.#known.delete(id)
	}

	/** Whether the file is another one than this window read or wrote last. */
	async isChangedElsewhere(id: string): Promise<boolean> {
		const known = this.#known.get(id)
		return known !== undefined && !sameStamp(await this.#stamp(id), known)
	}

	/**
	 * To go on with. Undefined when there is no such chat, or none that can be read. What is damaged costs itself, not the chat:
	 * the file as it was is kept beside it, since the next save leaves that out.
	 */
	async load(id: string): Promise<ChatRecord | undefined> {
		// Before it is read: what is written in between is seen as a change.
		await this.#rememberStamp(id)
		const value = parsed(await this.text(id))
		const record = readChat(id, value)
		this.#leftOut.delete(id)
		if (record && isObject(value) && countLost(value, record) > 0) this.#quarantineCopy(id)
		return record
	}

	/** Undefined when everything of the chat could be read when it was loaded last. */
	leftOut(id: string): LeftOut | undefined {
		return this.#leftOut.get(id)
	}

	#quarantineCopy(id: string): void {
		try {
			const quarantined = quarantineCopy(this.#file(id))
			if (quarantined) this.#leftOut.set(id, { quarantinedAs: quarantined.path })
		} catch (error) {
			this.#leftOut.set(id, { quarantinedAs: null, problem: errorMessage(error) })
		}
	}

	/** Only to look at: what another window writes to it from now on is no news. */
	async peek(id: string): Promise<ChatRecord | undefined> {
		const text = await this.text(id)
		return readChat(id, parsed(text))
	}

	/** Whether there is a file of it, readable or not. */
	async exists(id: string): Promise<boolean> {
		try {
			await stat(this.#file(id))
			return true
		} catch {
			return false
		}
	}

	/** Resolves when the chat is in its file; rejects when it could not be written. */
	async save(chat: ChatRecord): Promise<void> {
		await writeFileAtomic(this.#file(chat.id), JSON.stringify(toStored(chat)))
		await this.#rememberStamp(chat.id)
	}

	async #rememberStamp(id: string): Promise<void> {
		const stamp = await this.#stamp(id)
		if (stamp) this.#known.set(id, stamp)
	}

	async #stamp(id: string): Promise<ChatStamp | undefined> {
		try {
			const { mtimeMs, size } = await stat(this.#file(id))
			return { mtimeMs, size }
		} catch {
			return undefined
		}
	}

	#file(id: string): string {
		if (!CHAT_ID.test(id)) throw new Error("A chat's id is a UUID.")
		return join(this.folder, `${id}.json`)
	}
}

function toStored(chat: ChatRecord) {
	return { ...chat, messages: chat.messages.map(toStoredMessage), removed: chat.removed.map(toStoredMessage) }
}

/** Not all at once: a long history would open more files than may be open. */
export async function inGroups<T, R>(items: readonly T[], run: (item: T) => Promise<R[]>): Promise<R[]> {
	const results: R[] = []
	for (let start = 0; start < items.length; start += AT_ONCE)
		results.push(...(await Promise.all(items.slice(start, start + AT_ONCE).map(run))).flat())
	return results
}

/** Undefined when it is no chat. */
export function readChatText(id: string, text: string): ChatRecord | undefined {
	return readChat(id, parsed(text))
}

function parsed(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text)
	} catch {
		return undefined
	}
}

/** How many parts of a chat's file did not fit: what the next save would lose. */
function countLost(value: Readonly<Record<string, unknown>>, record: ChatRecord): number {
	const { messages, removed, background, failedBackground, summary, ...plain } = record
	const lists = { messages, removed, background, failedBackground }
	const kept: Readonly<Record<string, unknown>> = { ...plain, version: value.version }
	const isLost = (key: string) => {
		if (Object.hasOwn(lists, key)) return !Array.isArray(value[key])
		if (key === "summary") return value[key] !== null && summary === null
		return !Object.hasOwn(kept, key) || kept[key] !== value[key]
	}
	return Object.keys(value).filter(isLost).length + countEntries(value) - countEntries(record)
}

/** Messages, what was put beside them, and what their requests cost: what a damaged file may have lost. */
function countEntries(chat: { readonly [Key in keyof ChatRecord]?: unknown }): number {
	const { messages, removed, background, failedBackground } = chat
	const entries = [messages, removed, background, failedBackground].flatMap((list): unknown[] =>
		Array.isArray(list) ? list : [],
	)
	const inEntries = entries.filter(isObject).map(({ request, attachments }) => {
		return (request ? 1 : 0) + (Array.isArray(attachments) ? attachments.length : 0)
	})
	return inEntries.reduce((sum, count) => sum + count, entries.length)
}

function readChat(id: string, value: unknown): ChatRecord | undefined {
	if (typeof value !== "object" || value === null) return undefined
	const chat = value as { readonly [Key in keyof ChatRecord]?: unknown }
	const { version, createdAt, messages } = chat
	if ((version !== 1 && version !== 2) || typeof createdAt !== "string" || !Array.isArray(messages)) return undefined
	return {
		version: 2,
		id,
		createdAt,
		title: typeof chat.title === "string" ? chat.title : null,
		toolsAllowed: chat.toolsAllowed === true,
		tier: SELECTABLE_TIERS.find((one) => one === chat.tier) ?? null,
		summary: readAs(chatSummarySchema, chat.summary)[0] ?? null,
		background: readEach(backgroundRequestSchema, chat.background),
		failedBackground: readEach(failedAttemptSchema, chat.failedBackground),
		messages: messages.flatMap((message) => readMessage(version === 1 ? fromVersion1(message) : message)),
		removed: (Array.isArray(chat.removed) ? (chat.removed as unknown[]) : []).flatMap(readMessage),
	}
}

/** A damaged record of a request costs that record, not the answer that it belongs to; an attachment not its question. */
function readMessage(stored: unknown): ChatMessage[] {
	const value = fromStoredMessage(stored)
	const whole = readAs(chatMessageSchema, value)
	if (whole.length > 0 || !isObject(value)) return whole
	if ("request" in value) return readAs(chatMessageSchema, { ...value, request: null })
	const { attachments, ...question } = value
	const readable = readEach(attachmentSchema, attachments)
	return readAs(chatMessageSchema, readable.length > 0 ? { ...question, attachments: readable } : question)
}

/** Answers were one text and one thought. */
function fromVersion1(value: unknown): unknown {
	if (!isObject(value) || value.role !== "assistant") return value
	const { text, reasoning, ...rest } = value
	return {
		...rest,
		parts: [
			...(typeof reasoning === "string" && reasoning !== ""
				? [{ kind: "reasoning", text: reasoning, signature: null }]
				: []),
			...(typeof text === "string" && text !== "" ? [{ kind: "text", text }] : []),
		],
	}
}

function readEach<T>(schema: Parameters<typeof receive<T>>[0], values: unknown): T[] {
	return (Array.isArray(values) ? values : []).flatMap((value) => readAs(schema, value))
}

function readAs<T>(schema: Parameters<typeof receive<T>>[0], value: unknown): T[] {
	const received = receive(schema, value)
	return received.ok ? [received.message] : []
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null
}
