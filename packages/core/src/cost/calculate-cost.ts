import type { PriceField, UnitPrices } from "../prices/price-card"
import type { TokenUsage } from "./token-usage"

export type CostLine = {
	readonly kind: PriceField
	readonly tokens: number
	/** USD per million tokens; `null` when unknown. */
	readonly usdPerMTok: number | null
	/** USD, unrounded; `null` when there are tokens but no price for them. */
	readonly usd: number | null
}

/** Reasons why a price card lacks a unit price that the usage requires. */
export const MISSING_PRICES = [
	"input-price-unknown",
	"output-price-unknown",
	"cache-read-price-unknown",
	"cache-write-price-unknown",
] as const
export type MissingPrice = (typeof MISSING_PRICES)[number]

export type Cost = {
	/** One line per kind, in the order of `PRICE_FIELDS`; `cacheWrite1h` only when there are 1-hour cache writes. */
	readonly lines: readonly CostLine[]
	/** USD: the sum of all lines, unrounded; `null` when a line has no price. */
	readonly totalUsd: number | null
	/** USD: the sum of the lines that have a price, unrounded. */
	readonly knownUsd: number
	/** The price that the first unpriced line lacks; `null` when `totalUsd` is known. */
	readonly unpricedReason: MissingPrice | null
}

const MISSING_PRICE_BY_KIND: Record<PriceField, MissingPrice> = {
	input: "input-price-unknown",
	output: "output-price-unknown",
	cacheRead: "cache-read-price-unknown",
	cacheWrite: "cache-write-price-unknown",
	cacheWrite1h: "cache-write-price-unknown",
}

/** Calculates the cost of the tokens at the unit prices. Zero tokens of a kind cost 0 even without a known price. */
export function calculateCost(usage: TokenUsage, prices: UnitPrices): Cost {
	const oneHourTokens = usage.cacheWrite1hTokens ?? 0
	const lines = [
		costLine("input", usage.inputTokens, prices.inputUsdPerMTok),
		costLine("output", usage.outputTokens, prices.outputUsdPerMTok),
		costLine("cacheRead", usage.cacheReadTokens, prices.cacheReadUsdPerMTok),
		costLine("cacheWrite", usage.cacheWriteTokens - oneHourTokens, prices.cacheWriteUsdPerMTok),
		...(oneHourTokens > 0 ? [costLine("cacheWrite1h", oneHourTokens, prices.cacheWrite1hUsdPerMTok)] : []),
	]
	const knownUsd = lines.reduce((sum, line) => sum + (line.usd ?? 0), 0)
	const unpricedLine = lines.find((line) => line.usd === null)
	return unpricedLine
		? { lines, totalUsd: null, knownUsd, unpricedReason: MISSING_PRICE_BY_KIND[unpricedLine.kind] }
		: { lines, totalUsd: knownUsd, knownUsd, unpricedReason: null }
}

function costLine(kind: PriceField, tokens: number, usdPerMTok: number | null): CostLine {
	if (usdPerMTok === null) return { kind, tokens, usdPerMTok, usd: tokens === 0 ? 0 : null }
	return { kind, tokens, usdPerMTok, usd: (tokens * usdPerMTok) / 1_000_000 }
}
