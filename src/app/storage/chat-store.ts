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
	fromStoredError,
	fromStoredMessage,
	receive,
	toStoredMessage,
	type BackgroundRequest,
	type ChatMessage,
	type ChatSummary,
	type FailedAttempt,
} from "@bedrock-tiers/protocol"
import type { ReportProblem } from "../ports"
import { Quarantine, removeQuarantined } from "./quarantine"
import { writeFileAtomic } from "./write-file-atomic"

/** Content of a chat's file. The costs of its requests are in its messages and in `background`. */
export type ChatRecord = {
	readonly version: 2
	readonly id: string
	readonly createdAt: string
	/** `null` when no title has been generated. */
	readonly title: string | null
	readonly toolsAllowed: boolean
	/** `null` when the profile's tier applies. */
	readonly tier: SelectableTier | null
	readonly summary: ChatSummary | null
	readonly background: readonly BackgroundRequest[]
	/** Failed attempts at titles and summaries. Those at answers are in the answers. */
	readonly failedBackground: readonly FailedAttempt[]
	readonly messages: readonly ChatMessage[]
	/** Messages that are no longer in the conversation, but whose requests were billed. */
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

/** Identifies one version of a chat's file. */
export type ChatStamp = { readonly mtimeMs: number; readonly size: number }
export type ChatFile = ChatStamp & { readonly id: string }

export function sameStamp(one: ChatStamp | undefined, other: ChatStamp | undefined): boolean {
	return one?.mtimeMs === other?.mtimeMs && one?.size === other?.size
}

/** Number of files that are processed at the same time. */
const GROUP_SIZE = 50

/** Chats as files, one per chat. */
export class ChatStore {
	readonly folder: string
	/** Versions of the files that this window last read or wrote. */
	readonly #known = new Map<string, ChatStamp>()
	readonly #quarantine: Quarantine

	constructor(folder: string, reportProblem: ReportProblem) {
		this.folder = folder
		this.#quarantine = new Quarantine("chat.parts-left-out", reportProblem)
	}

	/** All chat files, readable or not, in no particular order. */
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

	/** Raw text of the file, for a search; `undefined` when it cannot be read. */
	async text(id: string): Promise<string | undefined> {
		return CHAT_ID.test(id) ? readFile(this.#file(id), "utf8").catch(() => undefined) : undefined
	}

	/** Deletes the chat's file and its quarantined copies. Resolves when they are deleted. */
	async remove(id: string): Promise<void> {
		await rm(this.#file(id), { force: true })
		removeQuarantined(this.#file(id))
		this.#known.delete(id)
	}

	/** Whether the file has changed since this window last read or wrote it. */
	async isChangedElsewhere(id: string): Promise<boolean> {
		const known = this.#known.get(id)
		return known !== undefined && !sameStamp(await this.#stamp(id), known)
	}

	/**
	 * Loads a chat to continue it; `undefined` when it does not exist or cannot be read. A damaged part is left out
	 * without losing the chat. A copy of the original file is quarantined and reported, because the next save does not
	 * contain the damaged part.
	 */
	async load(id: string): Promise<ChatRecord | undefined> {
		// Taken before the file is read, so that a write in between counts as a change.
		await this.#rememberStamp(id)
		const value = parsed(await this.text(id))
		const record = readChat(id, value)
		if (record && isObject(value) && countLost(value, record) > 0) {
			const failure = this.#quarantine.copy(this.#file(id))
			if (failure) this.#quarantine.reportOnce(failure)
		}
		return record
	}

	/** Reads a chat without continuing it: later changes by other windows are not detected. */
	async peek(id: string): Promise<ChatRecord | undefined> {
		return readChatText(id, await this.text(id))
	}

	/** Whether the chat has a file, readable or not. */
	async exists(id: string): Promise<boolean> {
		return (await this.#stamp(id)) !== undefined
	}

	/** Resolves when the chat is written to its file; rejects when it cannot be written. */
	async save(chat: ChatRecord): Promise<void> {
		const [messages, removed] = [chat.messages.map(toStoredMessage), chat.removed.map(toStoredMessage)]
		await writeFileAtomic(this.#file(chat.id), JSON.stringify({ ...chat, messages, removed }))
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
		// eslint-disable-next-line bedrock-tiers/untranslated-text -- only a programming error can cause it
		if (!CHAT_ID.test(id)) throw new Error("A chat's id is a UUID.")
		return join(this.folder, `${id}.json`)
	}
}

/** Processes items in groups, because a long history would exceed the limit of open files. */
export async function inGroups<T, R>(items: readonly T[], run: (item: T) => Promise<R[]>): Promise<R[]> {
	const results: R[] = []
	for (let start = 0; start < items.length; start += GROUP_SIZE)
		results.push(...(await Promise.all(items.slice(start, start + GROUP_SIZE).map(run))).flat())
	return results
}

/** `undefined` when the text is not a chat. */
export function readChatText(id: string, text: string | undefined): ChatRecord | undefined {
	return readChat(id, parsed(text))
}

function parsed(text: string | undefined): unknown {
	try {
		return text === undefined ? undefined : JSON.parse(text)
	} catch {
		return undefined
	}
}

/** Number of invalid parts of a chat's file, which the next save would lose. */
function countLost(value: Readonly<Record<string, unknown>>, record: ChatRecord): number {
	const { messages, removed, background, failedBackground, summary, ...plain } = record
	const lists = { messages, removed, background, failedBackground }
	const members: Readonly<Record<string, unknown>> = { ...plain, version: value.version }
	const isLost = (key: string) => {
		if (Object.hasOwn(lists, key)) return !Array.isArray(value[key])
		if (key === "summary") return value[key] !== null && summary === null
		return !Object.hasOwn(members, key) || members[key] !== value[key]
	}
	return Object.keys(value).filter(isLost).length + countEntries(value) - countEntries(record)
}

/** Number of messages, attachments and usage records in a chat, of which a damaged file may have lost some. */
function countEntries(chat: { readonly [Key in keyof ChatRecord]?: unknown }): number {
	const { messages, removed, background, failedBackground } = chat
	const entries = [messages, removed, background, failedBackground].flatMap(listOf)
	const nestedCounts = entries
		.filter(isObject)
		.map(({ request, attachments }) => (request == null ? 0 : 1) + listOf(attachments).length)
	return nestedCounts.reduce((sum, count) => sum + count, entries.length)
}

function readChat(id: string, value: unknown): ChatRecord | undefined {
	if (!isObject(value)) return undefined
	const chat: { readonly [Key in keyof ChatRecord]?: unknown } = value
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
		failedBackground: readEach(failedAttemptSchema, chat.failedBackground, fromStoredError),
		messages: messages.flatMap((message) => readMessage(version === 1 ? fromVersion1(message) : message)),
		removed: listOf(chat.removed).flatMap(readMessage),
	}
}

/** A damaged usage record does not lose its answer, and a damaged attachment does not lose its question. */
function readMessage(stored: unknown): ChatMessage[] {
	const value = fromStoredMessage(stored)
	const whole = readAs(chatMessageSchema, value)
	if (whole.length > 0 || !isObject(value)) return whole
	if ("request" in value) return readAs(chatMessageSchema, { ...value, request: null })
	const { attachments, ...question } = value
	const readable = readEach(attachmentSchema, attachments)
	return readAs(chatMessageSchema, readable.length > 0 ? { ...question, attachments: readable } : question)
}

/** Converts a message of version 1, where an answer had one text and one reasoning text instead of parts. */
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

function readEach<T>(
	schema: Parameters<typeof receive<T>>[0],
	values: unknown,
	convert = (value: unknown): unknown => value,
): T[] {
	return listOf(values).flatMap((value) => readAs(schema, convert(value)))
}

function readAs<T>(schema: Parameters<typeof receive<T>>[0], value: unknown): T[] {
	const received = receive(schema, value)
	return received.ok ? [received.message] : []
}

/** Empty when the value is not a list. */
function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null
}
