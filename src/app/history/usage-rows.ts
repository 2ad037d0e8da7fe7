import { tokensPerSecond, type UsageRecord } from "@bedrock-tiers/core"
import type { ChatRecord } from "../storage/chat-store"
import { failuresOf, requestsOf, titleOf, type ChatFailure, type ChatRequest } from "./chat-entry"

/** One request, or one failed attempt. Units are in the column names; `null` when unknown or not applicable. */
export type UsageRow = Readonly<Record<UsageColumn, string | number | null>>

export const USAGE_COLUMNS = [
	"time_utc",
	"chat_id",
	"chat_title",
	"purpose",
	"outcome",
	"failure_code",
	"model_id",
	"base_model_id",
	"region",
	"route",
	"requested_tier",
	"served_tier",
	"billed_tier",
	"billed_tier_basis",
	"not_sent_reason",
	"input_tokens",
	"output_tokens",
	"cache_read_tokens",
	"cache_write_tokens",
	"cache_write_1h_tokens",
	"first_token_ms",
	"total_ms",
	"output_tokens_per_second",
	"total_usd",
	"known_usd",
	"unpriced_reason",
	"discount_percent",
	"price_origin",
	"price_source",
	"price_checked_on",
] as const
export type UsageColumn = (typeof USAGE_COLUMNS)[number]

const EMPTY_ROW = Object.fromEntries(USAGE_COLUMNS.map((column) => [column, null])) as UsageRow

/** Requests of a chat, sorted by time. A refused attempt costs nothing; the cost of an unanswered one is unknown. */
export function usageRows(chat: ChatRecord): UsageRow[] {
	const chatColumns = { chat_id: chat.id, chat_title: titleOf(chat) }
	const rows = [
		...requestsOf(chat).map((request) => ({ ...EMPTY_ROW, ...chatColumns, ...acceptedRow(request) })),
		...failuresOf(chat).map((failure) => ({ ...EMPTY_ROW, ...chatColumns, ...failedRow(failure) })),
	]
	return rows.sort((one, other) => String(one.time_utc ?? "").localeCompare(String(other.time_utc ?? "")))
}

function acceptedRow({ purpose, request }: ChatRequest): Partial<UsageRow> {
	return {
		time_utc: request.at,
		purpose,
		outcome: "accepted",
		model_id: request.modelId,
		base_model_id: request.baseModelId,
		region: request.region,
		route: request.route,
		requested_tier: request.requestedTier,
		served_tier: request.servedTier,
		billed_tier: request.billedTier,
		billed_tier_basis: request.basis,
		not_sent_reason: request.notSentReason,
		...tokens(request),
		...times(request),
		total_usd: request.totalUsd,
		known_usd: request.knownUsd,
		unpriced_reason: request.unpricedReason,
		discount_percent: request.discountPercent,
		price_origin: request.card?.origin ?? null,
		price_source: request.card?.source ?? null,
		price_checked_on: request.card?.checkedOn ?? null,
	}
}

function tokens({ usage }: UsageRecord): Partial<UsageRow> {
	if (!usage) return {}
	return {
		input_tokens: usage.inputTokens,
		output_tokens: usage.outputTokens,
		cache_read_tokens: usage.cacheReadTokens,
		cache_write_tokens: usage.cacheWriteTokens,
		cache_write_1h_tokens: usage.cacheWrite1hTokens ?? 0,
	}
}

/** Times since the request was sent, if they were measured. */
function times({ timing, usage }: UsageRecord): Partial<UsageRow> {
	if (!timing) return {}
	return {
		first_token_ms: timing.firstTokenMs,
		total_ms: timing.totalMs,
		output_tokens_per_second: tokensPerSecond(timing, usage?.outputTokens),
	}
}

function failedRow({ purpose, attempt: { at, code, outcome, sentTier } }: ChatFailure): Partial<UsageRow> {
	return {
		time_utc: at ?? null,
		purpose,
		outcome,
		failure_code: code,
		requested_tier: sentTier ?? "default",
		total_usd: outcome === "refused" ? 0 : null,
		known_usd: 0,
		unpriced_reason: outcome === "refused" ? null : "usage-not-reported",
	}
}

/** CSV by RFC 4180. A text that a spreadsheet would interpret as a formula is prefixed with an apostrophe. */
export function usageCsv(rows: readonly UsageRow[]): string {
	const lines = rows.map((row) => USAGE_COLUMNS.map((column) => csvCell(row[column])).join(","))
	return [USAGE_COLUMNS.join(","), ...lines].map((line) => `${line}\r\n`).join("")
}

function csvCell(value: string | number | null): string {
	if (value === null) return ""
	if (typeof value === "number") return String(value)
	const text = beginsFormula(value) || /^[\t\r\n]/.test(value) ? `'${value}` : value
	return /[",\r\n';\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** Ignores leading invisible characters, and recognizes the operator in every Unicode width. */
function beginsFormula(text: string): boolean {
	return /^[\s\p{C}]*[=+\-@|%\u2212]/u.test(text.normalize("NFKC"))
}

export function usageJson(rows: readonly UsageRow[], exportedAt: Date): string {
	const document = { format: "bedrock-tiers-usage", version: 1, exported_at: exportedAt.toISOString(), rows }
	return `${JSON.stringify(document, null, "\t")}\n`
}
