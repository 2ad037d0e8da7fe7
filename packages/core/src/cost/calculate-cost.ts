import type { UnitPrices } from "../prices/price-card"
import type { TokenUsage } from "./token-usage"

export const COST_KINDS = ["input", "output", "cacheRead", "cacheWrite", "cacheWrite1h"] as const
export type CostKind = (typeof COST_KINDS)[number]

export type CostLine = {
	readonly kind: CostKind
	readonly tokens: number
	/** Null = no price is known. */
	readonly usdPerMTok: number | null
	/** Unrounded; null = there are tokens but no price for them. */
	readonly usd: number | null
}

/** Why a price that is needed is missing from the card. */
export const MISSING_PRICES = [
	"input-price-unknown",
	"output-price-unknown",
	"cache-read-price-unknown",
	"cache-write-price-unknown",
] as const
export type MissingPrice = (typeof MISSING_PRICES)[number]

export type Cost = {
	/** One line a kind, in the order of COST_KINDS; the last only where something was written for an hour. */
	readonly lines: readonly CostLine[]
	/** The sum of the lines, unrounded; null when one of them has no price. */
	readonly totalUsd: number | null
	/** The sum of the lines that have a price. */
	readonly knownUsd: number
	/** Null when totalUsd is known. */
	readonly unpricedReason: MissingPrice | null
}

const MISSING: Record<CostKind, MissingPrice> = {
	input: "input-price-unknown",
	output: "output-price-unknown",
	cacheRead: "cache-read-price-unknown",
	cacheWrite: "cache-write-price-unknown",
	cacheWrite1h: "cache-write-price-unknown",
}

/** What the tokens cost at the unit prices. Zero tokens of a kind without a price cost nothing. */
export function calculateCost(usage: TokenUsage, prices: UnitPrices): Cost {
	const oneHour = usage.cacheWrite1hTokens ?? 0
	const lines = [
		costLine("input", usage.inputTokens, prices.inputUsdPerMTok),
		costLine("output", usage.outputTokens, prices.outputUsdPerMTok),
		costLine("cacheRead", usage.cacheReadTokens, prices.cacheReadUsdPerMTok),
		costLine("cacheWrite", usage.cacheWriteTokens - oneHour, prices.cacheWriteUsdPerMTok),
		...(oneHour > 0 ? [costLine("cacheWrite1h", oneHour, prices.cacheWrite1hUsdPerMTok)] : []),
	]
	const knownUsd = lines.reduce((sum, line) => sum + (line.usd ?? 0), 0)
	const unknown = lines.find((line) => line.usd === null)
	return unknown
		? { lines, totalUsd: null, knownUsd, unpricedReason: MISSING[unknown.kind] }
		: { lines, totalUsd: knownUsd, knownUsd, unpricedReason: null }
}

function costLine(kind: CostKind, tokens: number, usdPerMTok: number | null): CostLine {
	if (usdPerMTok === null) return { kind, tokens, usdPerMTok, usd: tokens === 0 ? 0 : null }
	return { kind, tokens, usdPerMTok, usd: (tokens * usdPerMTok) / 1_000_000 }
}
