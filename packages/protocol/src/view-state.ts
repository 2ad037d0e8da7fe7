import {
	BILLED_TIER_BASES,
	COST_KINDS,
	NOT_SENT_REASONS,
	ROUTES,
	SERVICE_TIERS,
	UNPRICED_REASONS,
	type RecordedRequest,
	type UsageTotals,
} from "@bedrock-tiers/core"
import * as z from "zod"
import { ERROR_CODES } from "./error-codes"
import { profileSchema } from "./settings"

/** What the webview shows. The host owns all of it; the webview only keeps drafts. */

const tokens = z.int().nonnegative()
const usd = z.number().nonnegative()

export const tokenUsageSchema = z.strictObject({
	inputTokens: tokens,
	outputTokens: tokens,
	cacheReadTokens: tokens,
	cacheWriteTokens: tokens,
})

/** A word that we do not know is kept: AWS may add tiers. */
const servedTier = z.string().min(1)

export const recordedRequestSchema = z.strictObject({
	id: z.string(),
	at: z.iso.datetime(),
	modelId: z.string(),
	baseModelId: z.string().nullable(),
	region: z.string(),
	route: z.enum(ROUTES),
	requestedTier: z.enum(SERVICE_TIERS),
	servedTier: servedTier.nullable(),
	notSentReason: z.enum(NOT_SENT_REASONS).nullable(),
	usage: tokenUsageSchema.nullable(),
	billedTier: servedTier,
	basis: z.enum(BILLED_TIER_BASES),
	lines: z
		.array(z.strictObject({ kind: z.enum(COST_KINDS), tokens, usdPerMTok: usd.nullable(), usd: usd.nullable() }))
		.readonly(),
	totalUsd: usd.nullable(),
	knownUsd: usd,
	unpricedReason: z.enum(UNPRICED_REASONS).nullable(),
	card: z.strictObject({ source: z.string(), checkedOn: z.string() }).nullable(),
}) satisfies z.ZodType<RecordedRequest>

export const chatErrorSchema = z.strictObject({ code: z.enum(ERROR_CODES), message: z.string() })
export type ChatError = z.infer<typeof chatErrorSchema>

export const MESSAGE_STATUSES = ["streaming", "complete", "stopped", "failed", "interrupted"] as const

export const chatMessageSchema = z.discriminatedUnion("role", [
	z.strictObject({ role: z.literal("user"), id: z.string(), text: z.string() }),
	z.strictObject({
		role: z.literal("assistant"),
		id: z.string(),
		text: z.string(),
		reasoning: z.string(),
		/** `interrupted`: the window was closed or reloaded while the answer was on its way. */
		status: z.enum(MESSAGE_STATUSES),
		error: chatErrorSchema.nullable(),
		/** Null while streaming and for a request that Bedrock refused. */
		request: recordedRequestSchema.nullable(),
	}),
])
export type ChatMessage = z.infer<typeof chatMessageSchema>
export type AssistantMessage = Extract<ChatMessage, { role: "assistant" }>

const totalsSchema = z.strictObject({
	requests: z.int().nonnegative(),
	tokens: tokenUsageSchema,
	knownUsd: usd,
	unpricedRequests: z.int().nonnegative(),
}) satisfies z.ZodType<UsageTotals>

export const taskUsageSchema = z.strictObject({
	total: totalsSchema,
	/** By billed tier, in the order in which the tiers were first billed. */
	byTier: z.array(z.strictObject({ tier: servedTier, totals: totalsSchema })),
	/** Tokens of the last request's prompt and answer; null = no request has reported usage yet. */
	contextTokens: tokens.nullable(),
	/** Tokens; null = not known for the model. */
	contextWindow: z.int().positive().nullable(),
})
export type TaskUsage = z.infer<typeof taskUsageSchema>

export const chatViewSchema = z.strictObject({
	id: z.string(),
	messages: z.array(chatMessageSchema),
	/** An answer is on its way. */
	busy: z.boolean(),
	usage: taskUsageSchema,
})
export type ChatView = z.infer<typeof chatViewSchema>

export const viewStateSchema = z.strictObject({
	profiles: z.array(profileSchema).min(1),
	activeProfileId: z.string(),
	/** Ids of the profiles whose API key is set. The webview never sees a secret itself. */
	apiKeySetFor: z.array(z.string()),
	chat: chatViewSchema,
})
export type ViewState = z.infer<typeof viewStateSchema>
