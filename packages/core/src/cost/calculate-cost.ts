import type { PriceField, UnitPrices } from "../prices/price-card"
import { UNIT_PRICE_MEMBERS } from "../prices/unit-price"
import type { TokenUsage } from "./token-usage"

export type CostLine = {
	readonly kind: PriceField
	readonly tokens: number
	/** USD per million tokens; `null` when unknown. */
	readonly usdPerMTok: number | null
	/** USD, unrounded; `null` when there are tokens but no price for them. */
	readonly usd: number | null
	/** Present when AWS has not published the unit price and it is computed. */
	readonly estimated?: true
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

/**
 * Calculates the cost of the tokens at the unit prices. Zero tokens of a kind cost 0 even without a known price. 1-hour
 * cache writes above the total of cache writes count as a total of their own: no line is negative.
 * @param estimated kinds whose unit price AWS has not published and that is computed
 */
export function calculateCost(usage: TokenUsage, prices: UnitPrices, estimated: readonly PriceField[] = []): Cost {
	const oneHourTokens = usage.cacheWrite1hTokens ?? 0
	const shortTtlTokens = Math.max(0, usage.cacheWriteTokens - oneHourTokens)
	const costLine = (kind: PriceField, tokens: number): CostLine => {
		const usdPerMTok = prices[UNIT_PRICE_MEMBERS[kind]]
		const isComputed = usdPerMTok !== null && estimated.includes(kind)
		const usd = usdPerMTok === null ? (tokens === 0 ? 0 : null) : (tokens * usdPerMTok) / 1_000_000
		return { kind, tokens, usdPerMTok, usd, ...(isComputed && { estimated: true }) }
	}
	const lines = [
		costLine("input", usage.inputTokens),
		costLine("output", usage.outputTokens),
		costLine("cacheRead", usage.cacheReadTokens),
		costLine("cacheWrite", shortTtlTokens),
		...(oneHourTokens > 0 ? [costLine("cacheWrite1h", oneHourTokens)] : []),
	]
	const knownUsd = lines.reduce((sum, line) => sum + (line.usd ?? 0), 0)
	const unpricedLine = lines.find((line) => line.usd === null)
	return unpricedLine
		? { lines, totalUsd: null, knownUsd, unpricedReason: MISSING_PRICE_BY_KIND[unpricedLine.kind] }
		: { lines, totalUsd: knownUsd, knownUsd, unpricedReason: null }
}

/** Whether a part of the cost is computed with a unit price that AWS has not published. */
export function isEstimated({ lines }: Pick<Cost, "lines">): boolean {
	return lines.some(({ estimated, tokens }) => estimated && tokens > 0)
}
