import {
	BILLED_TIER_BASES,
	FAILED_OUTCOMES,
	MODEL_NAMED_BY,
	NOT_SENT_REASONS,
	PRICE_FIELDS,
	PRICE_ORIGINS,
	ROUTES,
	SELECTABLE_TIERS,
	SERVICE_TIERS,
	UNPRICED_REASONS,
	type FailureTotals,
	type PriceCard,
	type UsageRecord,
	type RequestTiming,
	type UsageTotals,
} from "@bedrock-tiers/core"
import * as z from "zod/mini"
import { attachmentsSchema } from "./attachments"
import { ERROR_CODES } from "./error-codes"
import { errorDetailsSchema } from "./error-detail-schema"
import { tierRefusalSchema } from "./refusals"
import { profileSchema } from "./settings"
import { importPreviewSchema } from "./transfer"

/** State that the webview shows. The extension host owns all of it; the webview only stores drafts. */

const count = z.int().check(z.nonnegative())
const tokens = count
const usd = z.number().check(z.nonnegative())

export const tokenUsageSchema = z.strictObject({
	inputTokens: tokens,
	outputTokens: tokens,
	cacheReadTokens: tokens,
	cacheWriteTokens: tokens,
	cacheWrite1hTokens: z.optional(tokens),
})

/** Unknown values are preserved, because AWS may add tiers. */
const servedTier = z.string().check(z.minLength(1))

const milliseconds = z.number().check(z.nonnegative())
const timingSchema = z.strictObject({
	firstTokenMs: z.nullable(milliseconds),
	totalMs: milliseconds,
}) satisfies z.ZodMiniType<RequestTiming>

export const usageRecordSchema = z.strictObject({
	id: z.string(),
	at: z.iso.datetime(),
	modelId: z.string().check(z.minLength(1)),
	baseModelId: z.nullable(z.string().check(z.minLength(1))),
	modelNamedBy: z.optional(z.enum(MODEL_NAMED_BY)),
	region: z.string(),
	route: z.enum(ROUTES),
	requestedTier: z.enum(SERVICE_TIERS),
	servedTier: z.nullable(servedTier),
	notSentReason: z.nullable(z.enum(NOT_SENT_REASONS)),
	usage: z.nullable(tokenUsageSchema),
	timing: z.optional(z.nullable(timingSchema)),
	billedTier: servedTier,
	basis: z.enum(BILLED_TIER_BASES),
	lines: z.readonly(
		z.array(
			z.strictObject({
				kind: z.enum(PRICE_FIELDS),
				tokens,
				usdPerMTok: z.nullable(usd),
				usd: z.nullable(usd),
				estimated: z.optional(z.literal(true)),
			}),
		),
	),
	totalUsd: z.nullable(usd),
	knownUsd: usd,
	unpricedReason: z.nullable(z.enum(UNPRICED_REASONS)),
	card: z.nullable(z.strictObject({ origin: z.enum(PRICE_ORIGINS), source: z.string(), checkedOn: z.string() })),
	discountPercent: z.number().check(z.gte(0), z.lte(100)),
}) satisfies z.ZodMiniType<UsageRecord>

export const chatErrorSchema = z.strictObject({ code: z.enum(ERROR_CODES), details: errorDetailsSchema })
export type ChatError = z.infer<typeof chatErrorSchema>

/** An attempt that was sent and got no answer, and what followed. */
export const failedAttemptSchema = z.strictObject({
	/** ISO time at which the attempt ended; absent in old chats. */
	at: z.optional(z.iso.datetime()),
	code: z.enum(ERROR_CODES),
	details: errorDetailsSchema,
	/** Old chats contain refusals only. */
	outcome: z._default(z.enum(FAILED_OUTCOMES), "refused"),
	/** Tier on the wire; `null` when none was sent. */
	sentTier: z.nullable(z.enum(SERVICE_TIERS)),
	/** Tier of the next attempt; `null` when no attempt followed and the answer failed. */
	nextTier: z.nullable(z.enum(SERVICE_TIERS)),
	/** Milliseconds until the next attempt. */
	waitMs: z.number().check(z.nonnegative()),
})
export type FailedAttempt = z.infer<typeof failedAttemptSchema>

/** Result of a tool call. `ok` is false when the tool failed or was not allowed; the text gives the reason. */
export const toolResultSchema = z.strictObject({ ok: z.boolean(), text: z.string() })
export type ToolResult = z.infer<typeof toolResultSchema>

/** Part of an answer, in the model's order; the next request sends the parts back unchanged. */
export const answerPartSchema = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("text"), text: z.string() }),
	z.strictObject({
		kind: z.literal("reasoning"),
		text: z.string(),
		/** Only reasoning with a signature can be sent back; `null` when there is no signature, or not yet. */
		signature: z.nullable(z.string()),
	}),
	/** Reasoning that only the model can read, base64. */
	z.strictObject({ kind: z.literal("redacted-reasoning"), data: z.string() }),
	z.strictObject({
		kind: z.literal("tool-call"),
		callId: z.string(),
		name: z.string(),
		/** JSON as the model wrote it; incomplete while it is streamed. */
		input: z.string(),
		/** `null` when the tool has not been run. */
		result: z.nullable(toolResultSchema),
	}),
])
export type AnswerPart = z.infer<typeof answerPartSchema>
export type ToolCall = Extract<AnswerPart, { kind: "tool-call" }>

/** An assistant message is the answer to one request; a prompt that needs tools has several of them. */
export const chatMessageSchema = z.discriminatedUnion("role", [
	z.strictObject({
		role: z.literal("user"),
		id: z.string(),
		text: z.string(),
		/** Absent when the prompt has no attachments. */
		attachments: z.optional(attachmentsSchema),
	}),
	z.strictObject({
		role: z.literal("assistant"),
		id: z.string(),
		parts: z.array(answerPartSchema),
		/** `interrupted`: the window was closed or reloaded during the answer. */
		status: z.enum(["streaming", "complete", "stopped", "failed", "interrupted"]),
		error: z.nullable(chatErrorSchema),
		/** Tier that was requested for the answer; absent in old chats. */
		requestedTier: z.optional(z.enum(SERVICE_TIERS)),
		/** In order, including the last attempt when the answer failed; absent when no attempt failed. */
		failedAttempts: z.optional(z.array(failedAttemptSchema)),
		/** Why the model stopped, as the model reported it; absent when unknown. */
		stopReason: z.optional(z.string()),
		/** `null` while streaming, and for a request that Bedrock refused. */
		request: z.nullable(usageRecordSchema),
	}),
])
export type ChatMessage = z.infer<typeof chatMessageSchema>
export type QuestionMessage = Extract<ChatMessage, { role: "user" }>
export type AssistantMessage = Extract<ChatMessage, { role: "assistant" }>

const totalsSchema = z.strictObject({
	requests: count,
	tokens: tokenUsageSchema,
	uncountedRequests: count,
	knownUsd: usd,
	unpricedRequests: count,
	estimatedRequests: count,
}) satisfies z.ZodMiniType<UsageTotals>

const failureTotalsSchema = z.strictObject({
	/** Attempts that Bedrock refused: nothing is billed. */
	refused: count,
	/** Attempts that were sent and got no answer: it is not known whether they were billed. */
	unanswered: count,
}) satisfies z.ZodMiniType<FailureTotals>

export const taskUsageSchema = z.strictObject({
	total: totalsSchema,
	/** Totals by billed tier, in the order in which the tiers were first billed. */
	byTier: z.array(z.strictObject({ tier: servedTier, totals: totalsSchema })),
	/** Attempts that got no answer. */
	failed: failureTotalsSchema,
	/** Failed attempts by sent tier, in the order in which the tiers first failed. */
	failedByTier: z.array(z.strictObject({ tier: z.enum(SERVICE_TIERS), totals: failureTotalsSchema })),
	/** Tokens of the last request's prompt and answer; `null` until a request has reported usage. */
	contextTokens: z.nullable(tokens),
	/** Tokens; `null` when unknown for the model. */
	contextWindow: z.nullable(z.int().check(z.positive())),
	/** Part of `total`: titles and summaries. */
	background: totalsSchema,
	/** Part of `total`: answers removed from the conversation, because their prompt was edited or sent again. */
	removed: totalsSchema,
})
export type TaskUsage = z.infer<typeof taskUsageSchema>

/** A request to the model other than the user's prompts. */
export const backgroundRequestSchema = z.strictObject({
	purpose: z.enum(["title", "summary"]),
	request: usageRecordSchema,
})
export type BackgroundRequest = z.infer<typeof backgroundRequestSchema>
export type BackgroundPurpose = BackgroundRequest["purpose"]

/** Text that is sent to the model instead of the messages up to and including `upToMessageId`. */
export const chatSummarySchema = z.strictObject({ text: z.string(), upToMessageId: z.string() })
export type ChatSummary = z.infer<typeof chatSummarySchema>

export const chatViewSchema = z.strictObject({
	id: z.string(),
	/** `null` until the chat has a message. */
	title: z.nullable(z.string()),
	/** Whether the user allows the model to read the workspace in this chat. */
	toolsAllowed: z.boolean(),
	/** Tier selected for this chat; `null` for the profile's tier. */
	tier: z.nullable(z.enum(SELECTABLE_TIERS)),
	/** Requests for titles and summaries. */
	background: z.array(backgroundRequestSchema),
	/** Requests of answers that are no longer in the conversation, but were billed. */
	removedRequests: z.array(usageRecordSchema),
	/** `null` when every message is sent to the model unchanged. */
	summary: z.nullable(chatSummarySchema),
	messages: z.array(chatMessageSchema),
	/** Whether an answer is in progress. */
	busy: z.boolean(),
	/** An answer is in progress in another window, so no prompt can be sent here until it ends. */
	answeredElsewhere: z.boolean(),
	usage: taskUsageSchema,
})
export type ChatView = z.infer<typeof chatViewSchema>

const usdPerMTok = z.nullable(usd)

export const priceCardSchema = z.strictObject({
	modelId: z.string(),
	region: z.string(),
	route: z.enum(ROUTES),
	tier: z.enum(SERVICE_TIERS),
	inputUsdPerMTok: usdPerMTok,
	outputUsdPerMTok: usdPerMTok,
	cacheReadUsdPerMTok: usdPerMTok,
	cacheWriteUsdPerMTok: usdPerMTok,
	cacheWrite1hUsdPerMTok: usdPerMTok,
	fromPromptTokens: tokens,
	belowPromptTokens: z.nullable(tokens),
	source: z.string(),
	checkedOn: z.iso.date(),
	derived: z.readonly(z.array(z.enum(PRICE_FIELDS))),
}) satisfies z.ZodMiniType<PriceCard>

/** Prices of one region from AWS's price list, as of the user's last refresh. */
export const refreshedPricesSchema = z.strictObject({
	region: z.string(),
	/** Date on which AWS published the price list. */
	publishedOn: z.iso.date(),
	/** Time at which the price list was read. */
	refreshedAt: z.iso.datetime(),
	rows: z.array(priceCardSchema),
})
export type RefreshedPrices = z.infer<typeof refreshedPricesSchema>

export const viewStateSchema = z.strictObject({
	profiles: z.array(profileSchema).check(z.minLength(1)),
	activeProfileId: z.string(),
	/** Ids of the profiles whose API key is set. The webview never receives the secret itself. */
	apiKeySetFor: z.array(z.string()),
	/** Ids of the profiles whose static keys are set. */
	staticKeysSetFor: z.array(z.string()),
	chat: chatViewSchema,
	/** Whether a folder is open that tools could read. */
	workspaceOpen: z.boolean(),
	/** For the active profile's region; `null` when the built-in catalog's prices apply. */
	refreshedPrices: z.nullable(refreshedPricesSchema),
	/** Whether prices are being refreshed. */
	refreshing: z.boolean(),
	/** Remembered tier refusals of all profiles. */
	refusals: z.array(tierRefusalSchema),
	/** The selected import file, from which nothing was imported yet; `null` when no file is selected. */
	importPreview: z.nullable(importPreviewSchema),
})
export type ViewState = z.infer<typeof viewStateSchema>
