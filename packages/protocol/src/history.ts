import * as z from "zod/mini"
import { problem } from "./problem"

/** Stored chats as the history shows them. */

const count = z.int().check(z.nonnegative())
const nonEmpty = z.string().check(z.minLength(1))

/** A chat id is also the name of the chat's file and folder, so no other format is valid. */
export const CHAT_ID = /^[0-9a-f-]{36}$/
export const chatIdSchema = z.string().check(z.regex(CHAT_ID, problem("chat-id")))

/** List entry of a chat: what is known without its messages. */
export const chatEntrySchema = z.strictObject({
	id: chatIdSchema,
	/** `null` when the chat contains no readable message. */
	title: z.nullable(z.string()),
	/** ISO time of the last change. */
	updatedAt: z.iso.datetime(),
	/** Base model ids, or model ids as sent to Bedrock, in the order of their first answer. */
	models: z.array(z.string()),
	/** Billed tiers, in the order in which they were first billed. */
	tiers: z.array(z.string()),
	/** Number of accepted requests, including background requests. */
	requests: count,
	/** USD: the exact total when `unpricedRequests` is 0, otherwise a lower bound. */
	knownUsd: z.number().check(z.nonnegative()),
	/** Includes the attempts for which it is not known whether they were billed. */
	unpricedRequests: count,
	/** Requests whose cost contains a unit price that AWS has not published. */
	estimatedRequests: count,
	messages: count,
})
export type ChatEntry = z.infer<typeof chatEntrySchema>

export const CHAT_FORMATS = ["markdown", "json"] as const
export type ChatFormat = (typeof CHAT_FORMATS)[number]

export const USAGE_FORMATS = ["csv", "json"] as const
export type UsageFormat = (typeof USAGE_FORMATS)[number]

export const historyToHostSchemas = [
	/** Answered with `history`. */
	z.strictObject({ type: z.literal("list-history") }),
	/** Searches the texts of all chats. Answered with `history-found` several times. Ends a running search. */
	z.strictObject({
		type: z.literal("search-history"),
		searchId: nonEmpty,
		query: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
	}),
	z.strictObject({ type: z.literal("cancel-history-search") }),
	/** Answered with `state-changed` and `show`, or with `refused`. */
	z.strictObject({ type: z.literal("open-chat"), chatId: chatIdSchema }),
	/** Asks the user for confirmation first. Answered with `history`. */
	z.strictObject({ type: z.literal("delete-chat"), chatId: chatIdSchema }),
	/** Exports the chat to a file that the user selects. */
	z.strictObject({ type: z.literal("export-chat"), chatId: chatIdSchema, format: z.enum(CHAT_FORMATS) }),
	/** Exports the usage of all chats to a file that the user selects. */
	z.strictObject({ type: z.literal("export-usage"), format: z.enum(USAGE_FORMATS) }),
] as const

/** A chat that contains the search text, with an excerpt. */
export const historyHitSchema = z.strictObject({ chatId: chatIdSchema, excerpt: z.string() })
export type HistoryHit = z.infer<typeof historyHitSchema>

export const historyToWebviewSchemas = [
	z.strictObject({
		type: z.literal("history"),
		/** Newest first. */
		chats: z.array(chatEntrySchema),
		/** Number of unreadable files, which are left unchanged. */
		damaged: count,
		/** Folder that contains the chat files. */
		folder: z.string(),
		/** Id of the open chat. */
		openChatId: z.string(),
	}),
	z.strictObject({
		type: z.literal("history-found"),
		searchId: z.string(),
		/** All hits so far. */
		hits: z.array(historyHitSchema),
		searched: count,
		total: count,
		status: z.enum(["running", "done", "cancelled"]),
	}),
] as const
