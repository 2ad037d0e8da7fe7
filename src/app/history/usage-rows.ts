import { isEstimated, tokensPerSecond, type UsageRecord } from "@bedrock-tiers/core"
import type { FailedAttempt } from "@bedrock-tiers/protocol"
import type { ChatRecord } from "../storage/chat-store"
import { failuresOf, requestsOf, titleOf, type ChatFailure, type ChatRequest } from "./chat-entry"

/** An accepted request of a chat, or a failed attempt. */
type Entry = {
	readonly chatId: string
	readonly title: string | null
	readonly purpose: (ChatRequest | ChatFailure)["purpose"]
	readonly request?: UsageRecord
	readonly attempt?: FailedAttempt
}
type Cell = string | number | null

/** Values of the columns, in their order, if known and applicable. Units are in the names. */
const COLUMNS = {
	time_utc: ({ request, attempt }) => request?.at ?? attempt?.at,
	chat_id: ({ chatId }) => chatId,
	chat_title: ({ title }) => title,
	purpose: ({ purpose }) => purpose,
	outcome: ({ attempt }) => attempt?.outcome ?? "accepted",
	failure_code: ({ attempt }) => attempt?.code,
	model_id: ({ request }) => request?.modelId,
	base_model_id: ({ request }) => request?.baseModelId,
	region: ({ request }) => request?.region,
	route: ({ request }) => request?.route,
	requested_tier: ({ request, attempt }) => request?.requestedTier ?? attempt?.sentTier ?? "default",
	served_tier: ({ request }) => request?.servedTier,
	billed_tier: ({ request }) => request?.billedTier,
	billed_tier_basis: ({ request }) => request?.basis,
	not_sent_reason: ({ request }) => request?.notSentReason,
	input_tokens: ({ request }) => request?.usage?.inputTokens,
	output_tokens: ({ request }) => request?.usage?.outputTokens,
	cache_read_tokens: ({ request }) => request?.usage?.cacheReadTokens,
	cache_write_tokens: ({ request }) => request?.usage?.cacheWriteTokens,
	cache_write_1h_tokens: ({ request }) => request?.usage && (request.usage.cacheWrite1hTokens ?? 0),
	first_token_ms: ({ request }) => request?.timing?.firstTokenMs,
	total_ms: ({ request }) => request?.timing?.totalMs,
	output_tokens_per_second: ({ request }) =>
		request?.timing && tokensPerSecond(request.timing, request.usage?.outputTokens),
	// A refused attempt costs nothing; the cost of an unanswered one is unknown.
	total_usd: ({ request, attempt }) => (attempt?.outcome === "refused" ? 0 : request?.totalUsd),
	known_usd: ({ request }) => request?.knownUsd ?? 0,
	estimated: ({ request }) => request && Number(isEstimated(request)),
	unpriced_reason: ({ request, attempt }) =>
		attempt?.outcome === "unanswered" ? "usage-not-reported" : request?.unpricedReason,
	discount_percent: ({ request }) => request?.discountPercent,
	price_origin: ({ request }) => request?.card?.origin,
	price_source: ({ request }) => request?.card?.source,
	price_checked_on: ({ request }) => request?.card?.checkedOn,
} satisfies Readonly<Record<string, (entry: Entry) => Cell | undefined>>

export const USAGE_COLUMNS = Object.keys(COLUMNS)

/** One request, or one failed attempt. `null` when unknown or not applicable. */
export type UsageRow = Readonly<Record<keyof typeof COLUMNS, Cell>>

/** Requests and failed attempts of a chat, sorted by time. */
export function usageRows(chat: ChatRecord): UsageRow[] {
	const title = titleOf(chat)
	return [...requestsOf(chat), ...failuresOf(chat)]
		.map((entry) => usageRow({ chatId: chat.id, title, ...entry }))
		.sort((one, other) => String(one.time_utc ?? "").localeCompare(String(other.time_utc ?? "")))
}

function usageRow(entry: Entry): UsageRow {
	return Object.fromEntries(
		Object.entries(COLUMNS).map(([column, valueOf]) => [column, valueOf(entry) ?? null]),
	) as UsageRow
}

/** CSV by RFC 4180. A text that a spreadsheet would interpret as a formula is prefixed with an apostrophe. */
export function usageCsv(rows: readonly UsageRow[]): string {
	const lines = rows.map((row) => Object.values(row).map(csvCell).join(","))
	return [USAGE_COLUMNS.join(","), ...lines].map((line) => `${line}\r\n`).join("")
}

function csvCell(value: Cell): string {
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
