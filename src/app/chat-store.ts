import { randomUUID } from "node:crypto"
import { readFile } from "node:fs/promises"
import { join } from "node:path"
import { chatMessageSchema, receive, type ChatMessage } from "@bedrock-tiers/protocol"
import { writeWholeFile } from "./write-whole-file"

/** A chat as it lies in its file. What its requests cost lies in its messages. */
export type ChatRecord = {
	readonly version: 1
	readonly id: string
	readonly createdAt: string
	readonly messages: readonly ChatMessage[]
}

export function newChatRecord(now: Date): ChatRecord {
	return { version: 1, id: randomUUID(), createdAt: now.toISOString(), messages: [] }
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
		if (!isChatFile(value)) return undefined
		const messages = value.messages.flatMap(readMessage)
		return { version: 1, id, createdAt: value.createdAt, messages }
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

/** A damaged record of a request costs that record, not the answer that it belongs to. */
function readMessage(value: unknown): ChatMessage[] {
	const received = receive(chatMessageSchema, value)
	if (received.ok) return [received.message]
	const isRecord = typeof value === "object" && value !== null && "request" in value
	const rest = isRecord ? receive(chatMessageSchema, { ...value, request: null }) : received
	return rest.ok ? [rest.message] : []
}

function isChatFile(value: unknown): value is { createdAt: string; messages: unknown[] } {
	if (typeof value !== "object" || value === null) return false
	const chat = value as Partial<Record<keyof ChatRecord, unknown>>
	return chat.version === 1 && typeof chat.createdAt === "string" && Array.isArray(chat.messages)
}
