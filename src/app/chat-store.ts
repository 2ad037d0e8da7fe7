import { randomUUID } from "node:crypto"
import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { SELECTABLE_TIERS, type SelectableTier } from "@bedrock-tiers/core"
import {
	backgroundRequestSchema,
	chatMessageSchema,
	chatSummarySchema,
	failedAttemptSchema,
	receive,
	type BackgroundRequest,
	type ChatMessage,
	type ChatSummary,
	type FailedAttempt,
} from "@bedrock-tiers/protocol"
import { writeWholeFile } from "./write-whole-file"

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
	}
}

/** Chats as files, one each. */
export class ChatStore {
	readonly #folder: string

	constructor(folder: string) {
		this.#folder = folder
	}

	/** Undefined when there is no such chat, or none that can be read. What is damaged costs itself, not the chat. */
	async load(id: string): Promise<ChatRecord | undefined> {
		let value: unknown
		try {
			value = JSON.parse(await readFile(this.#file(id), "utf8"))
		} catch {
			return undefined
		}
		return readChat(id, value)
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
	save(chat: ChatRecord): Promise<void> {
		return writeWholeFile(this.#file(chat.id), JSON.stringify(chat))
	}

	#file(id: string): string {
		if (!/^[0-9a-f-]{36}$/.test(id)) throw new Error("A chat's id is a UUID.")
		return join(this.#folder, `${id}.json`)
	}
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
	}
}

/** A damaged record of a request costs that record, not the answer that it belongs to. */
function readMessage(value: unknown): ChatMessage[] {
	const whole = readAs(chatMessageSchema, value)
	if (whole.length > 0 || !isObject(value) || !("request" in value)) return whole
	return readAs(chatMessageSchema, { ...value, request: null })
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
