import * as z from "zod/mini"
import { problem } from "./problem"

/** The chats that were kept, as the history shows them. */

const count = z.int().check(z.nonnegative())
const nonEmpty = z.string().check(z.minLength(1))

/** It is the name of a chat's file and folder, so nothing else may be one. */
export const CHAT_ID = /^[0-9a-f-]{36}$/
export const chatIdSchema = z.string().check(z.regex(CHAT_ID, problem("is not the id of a chat")))

/** One chat in a list: what can be known of it without its messages. */
export const chatEntrySchema = z.strictObject({
	id: chatIdSchema,
	/** Null = nothing was said in it that can be read. */
	title: z.nullable(z.string()),
	/** ISO time of its last change. */
	updatedAt: z.iso.datetime(),
	/** Base model ids, or ids as Bedrock was given them, in the order in which they first answered. */
	models: z.array(z.string()),
	/** Billed tiers, in the order in which they were first billed. */
	tiers: z.array(z.string()),
	/** Accepted ones, those in the background too. */
	requests: count,
	/** USD: the total when `unpricedRequests` is 0, else "at least". */
	knownUsd: z.number().check(z.nonnegative()),
	/** With the attempts of which it is not known whether they were billed. */
	unpricedRequests: count,
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
	/** Looks into the texts of all chats: answered with `history-found`, several times. A search before it ends. */
	z.strictObject({
		type: z.literal("search-history"),
		searchId: nonEmpty,
		query: z.string().check(z.trim(), z.minLength(1), z.maxLength(500)),
	}),
	z.strictObject({ type: z.literal("cancel-history-search") }),
	/** Answered with `state` and `show`, or with `refused`. */
	z.strictObject({ type: z.literal("open-chat"), chatId: chatIdSchema }),
	/** Asks the person first. Answered with `history`. */
	z.strictObject({ type: z.literal("delete-chat"), chatId: chatIdSchema }),
	/** To a file that the person names. */
	z.strictObject({ type: z.literal("export-chat"), chatId: chatIdSchema, format: z.enum(CHAT_FORMATS) }),
	/** Of all chats, to a file that the person names. */
	z.strictObject({ type: z.literal("export-usage"), format: z.enum(USAGE_FORMATS) }),
] as const

/** Where a text was found. */
export const historyHitSchema = z.strictObject({ chatId: chatIdSchema, excerpt: z.string() })
export type HistoryHit = z.infer<typeof historyHitSchema>

export const historyToWebviewSchemas = [
	z.strictObject({
		type: z.literal("history"),
		/** The newest first. */
		chats: z.array(chatEntrySchema),
		/** Files that cannot be read. They are left as they are. */
		damaged: count,
		/** Where the files lie. */
		folder: z.string(),
		/** Of the chat that is open. */
		openChatId: z.string(),
	}),
	z.strictObject({
		type: z.literal("history-found"),
		searchId: z.string(),
		/** All so far. */
		hits: z.array(historyHitSchema),
		searched: count,
		total: count,
		status: z.enum(["running", "done", "cancelled"]),
	}),
] as const
