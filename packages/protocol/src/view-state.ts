import {
	BILLED_TIER_BASES,
	COST_KINDS,
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
import { tierRefusalSchema } from "./refusals"
import { profileSchema } from "./settings"
import { importPreviewSchema } from "./transfer"

/** What the webview shows. The host owns all of it; the webview only keeps drafts. */

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

/** A word that we do not know is kept: AWS may add tiers. */
const servedTier = z.string().check(z.minLength(1))

const milliseconds = z.number().check(z.nonnegative())
const timingSchema = z.strictObject({
	firstTokenMs: z.nullable(milliseconds),
	totalMs: milliseconds,
}) satisfies z.ZodMiniType<RequestTiming>

export const usageRecordSchema = z.strictObject({
	id: z.string(),
	at: z.iso.datetime(),
	/** Never empty: requests are told apart by it. */
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
			z.strictObject({ kind: z.enum(COST_KINDS), tokens, usdPerMTok: z.nullable(usd), usd: z.nullable(usd) }),
		),
	),
	totalUsd: z.nullable(usd),
	knownUsd: usd,
	unpricedReason: z.nullable(z.enum(UNPRICED_REASONS)),
	card: z.nullable(z.strictObject({ origin: z.enum(PRICE_ORIGINS), source: z.string(), checkedOn: z.string() })),
	discountPercent: z.number().check(z.gte(0), z.lte(100)),
}) satisfies z.ZodMiniType<UsageRecord>

export const chatErrorSchema = z.strictObject({ code: z.enum(ERROR_CODES), message: z.string() })
export type ChatError = z.infer<typeof chatErrorSchema>

/** An attempt that was sent and brought no answer, and what came next. */
export const failedAttemptSchema = z.strictObject({
	/** ISO time of its end; absent in old chats. */
	at: z.optional(z.iso.datetime()),
	code: z.enum(ERROR_CODES),
	message: z.string(),
	/** Old chats kept refusals only. */
	outcome: z._default(z.enum(FAILED_OUTCOMES), "refused"),
	/** What was on the wire; null = nothing. */
	sentTier: z.nullable(z.enum(SERVICE_TIERS)),
	/** Null = no other one followed: the answer failed. */
	nextTier: z.nullable(z.enum(SERVICE_TIERS)),
	/** Milliseconds until the next attempt. */
	waitMs: z.number().check(z.nonnegative()),
})
export type FailedAttempt = z.infer<typeof failedAttemptSchema>

export const MESSAGE_STATUSES = ["streaming", "complete", "stopped", "failed", "interrupted"] as const

/** What a tool answered; `ok` false = it could not do it, or may not, and the text says why. */
export const toolResultSchema = z.strictObject({ ok: z.boolean(), text: z.string() })
export type ToolResult = z.infer<typeof toolResultSchema>

/** An answer as the model built it, in its order: it goes back so in the next request. */
export const answerPartSchema = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("text"), text: z.string() }),
	z.strictObject({
		kind: z.literal("reasoning"),
		text: z.string(),
		/** Only a signed thought can go back; null = none, or not yet. */
		signature: z.nullable(z.string()),
	}),
	/** Thoughts that only the model can read, base64. */
	z.strictObject({ kind: z.literal("redacted-reasoning"), data: z.string() }),
	z.strictObject({
		kind: z.literal("tool-call"),
		callId: z.string(),
		name: z.string(),
		/** JSON, as the model wrote it; not whole while it is being written. */
		input: z.string(),
		/** Null = it has not been run. */
		result: z.nullable(toolResultSchema),
	}),
])
export type AnswerPart = z.infer<typeof answerPartSchema>
export type ToolCall = Extract<AnswerPart, { kind: "tool-call" }>

/** An answer is what one request brought: a question that needs tools has several. */
export const chatMessageSchema = z.discriminatedUnion("role", [
	z.strictObject({
		role: z.literal("user"),
		id: z.string(),
		text: z.string(),
		/** Absent = none. */
		attachments: z.optional(attachmentsSchema),
	}),
	z.strictObject({
		role: z.literal("assistant"),
		id: z.string(),
		parts: z.array(answerPartSchema),
		/** `interrupted`: the window was closed or reloaded while the answer was on its way. */
		status: z.enum(MESSAGE_STATUSES),
		error: z.nullable(chatErrorSchema),
		/** The tier that was chosen when it was asked for; absent in old chats. */
		requestedTier: z.optional(z.enum(SERVICE_TIERS)),
		/** In order, the last one too where the answer failed; absent = none. */
		failedAttempts: z.optional(z.array(failedAttemptSchema)),
		/** Why the model ended it, in its own word; absent = not known. */
		stopReason: z.optional(z.string()),
		/** Null while streaming and for a request that Bedrock refused. */
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
}) satisfies z.ZodMiniType<UsageTotals>

const failureTotalsSchema = z.strictObject({
	/** Bedrock said no: nothing is billed. */
	refused: count,
	/** Sent, and no answer came: whether it was billed is not known. */
	unanswered: count,
}) satisfies z.ZodMiniType<FailureTotals>

export const taskUsageSchema = z.strictObject({
	total: totalsSchema,
	/** By billed tier, in the order in which the tiers were first billed. */
	byTier: z.array(z.strictObject({ tier: servedTier, totals: totalsSchema })),
	/** Attempts that brought no answer. */
	failed: failureTotalsSchema,
	/** By the tier that was asked for, in the order in which they first failed. */
	failedByTier: z.array(z.strictObject({ tier: z.enum(SERVICE_TIERS), totals: failureTotalsSchema })),
	/** Tokens of the last request's prompt and answer; null = no request has reported usage yet. */
	contextTokens: z.nullable(tokens),
	/** Tokens; null = not known for the model. */
	contextWindow: z.nullable(z.int().check(z.positive())),
	/** Of the total, what titles and summaries took. */
	background: totalsSchema,
	/** Of the total, what answers took that are no longer in the conversation: of questions that were edited or asked again. */
	removed: totalsSchema,
})
export type TaskUsage = z.infer<typeof taskUsageSchema>

/** What is asked of the model beside the person's questions. */
export const BACKGROUND_PURPOSES = ["title", "summary"] as const
export type BackgroundPurpose = (typeof BACKGROUND_PURPOSES)[number]

export const backgroundRequestSchema = z.strictObject({
	purpose: z.enum(BACKGROUND_PURPOSES),
	request: usageRecordSchema,
})
export type BackgroundRequest = z.infer<typeof backgroundRequestSchema>

/** What the model is given in place of the messages up to one of them, that one included. */
export const chatSummarySchema = z.strictObject({ text: z.string(), upToMessageId: z.string() })
export type ChatSummary = z.infer<typeof chatSummarySchema>

export const chatViewSchema = z.strictObject({
	id: z.string(),
	/** Null until something was said. */
	title: z.nullable(z.string()),
	/** Whether the person lets the model read in the workspace, in this chat. */
	toolsAllowed: z.boolean(),
	/** Chosen for this chat; null = the profile's. */
	tier: z.nullable(z.enum(SELECTABLE_TIERS)),
	/** What titles and summaries took, request by request. */
	background: z.array(backgroundRequestSchema),
	/** Of answers that are no longer in the conversation: they were paid for. */
	removedRequests: z.array(usageRecordSchema),
	/** Null = every message goes to the model as it is. */
	summary: z.nullable(chatSummarySchema),
	messages: z.array(chatMessageSchema),
	/** An answer is on its way. */
	busy: z.boolean(),
	/** Another window is answering in this chat: nothing can be asked here until it has ended. Absent = no. */
	answeredElsewhere: z.optional(z.boolean()),
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

/** Prices of one region as AWS's price list had them when the person asked for them. */
export const refreshedPricesSchema = z.strictObject({
	region: z.string(),
	/** When AWS published the list. */
	publishedOn: z.iso.date(),
	/** When it was read. */
	refreshedAt: z.iso.datetime(),
	rows: z.array(priceCardSchema),
})
export type RefreshedPrices = z.infer<typeof refreshedPricesSchema>

export const viewStateSchema = z.strictObject({
	profiles: z.array(profileSchema).check(z.minLength(1)),
	activeProfileId: z.string(),
	/** Ids of the profiles whose API key is set. The webview never sees a secret itself. */
	apiKeySetFor: z.array(z.string()),
	/** Ids of the profiles whose static keys are set. */
	staticKeysSetFor: z.array(z.string()),
	chat: chatViewSchema,
	/** Whether a folder is open that tools could read in. */
	workspaceOpen: z.boolean(),
	/** Those of the active profile's region; null = the built-in catalog answers. */
	refreshedPrices: z.nullable(refreshedPricesSchema),
	/** Prices are being refreshed. */
	refreshing: z.boolean(),
	/** Tiers that Bedrock refused to any of the profiles, as far as they are remembered. */
	refusals: z.array(tierRefusalSchema),
	/** A file that was chosen, of which nothing was added yet; null = none. */
	importPreview: z.nullable(importPreviewSchema),
})
export type ViewState = z.infer<typeof viewStateSchema>
