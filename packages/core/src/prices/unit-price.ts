import { PRICE_FIELDS, type PriceField, type UnitPrices } from "./price-card"

/** Member that contains the unit price of each token kind. */
export const UNIT_PRICE_MEMBERS = {
	input: "inputUsdPerMTok",
	output: "outputUsdPerMTok",
	cacheRead: "cacheReadUsdPerMTok",
	cacheWrite: "cacheWriteUsdPerMTok",
	cacheWrite1h: "cacheWrite1hUsdPerMTok",
} as const satisfies Record<PriceField, keyof UnitPrices>

/** Members in the order of `PRICE_FIELDS`. */
export const UNIT_PRICE_KEYS = PRICE_FIELDS.map((field) => UNIT_PRICE_MEMBERS[field])

/** Prices in the order of `PRICE_FIELDS` as named members; a missing price is `null`. */
export function unitPrices(prices: readonly (number | null)[]): UnitPrices {
	const [input = null, output = null, cacheRead = null, cacheWrite = null, cacheWrite1h = null] = prices
	return {
		inputUsdPerMTok: input,
		outputUsdPerMTok: output,
		cacheReadUsdPerMTok: cacheRead,
		cacheWriteUsdPerMTok: cacheWrite,
		cacheWrite1hUsdPerMTok: cacheWrite1h,
	}
}

/**
 * A unit price times a factor, rounded to 12 significant digits to remove floating-point noise; `null` stays `null`.
 */
export function timesFactor<Price extends number | null>(usdPerMTok: Price, factor: number): Price
export function timesFactor(usdPerMTok: number | null, factor: number): number | null {
	return usdPerMTok === null ? null : Number((usdPerMTok * factor).toPrecision(12))
}
