import type { Route } from "../models/route"
import type { SelectableTier } from "../tiers/service-tier"
import type { UnitPrices } from "./price-card"
import { TIER_FACTORS, timesFactor, UNIT_PRICE_KEYS } from "./unit-price"

/**
 * How the generated module holds price rows: regions with equal prices share one, and a tier that keeps to its factor
 * says only that it does. A tier's row comes after the default rows of its regions.
 */
export type CompactPriceRow = readonly [
	tier: SelectableTier,
	/** Index into PRICE_PLACES. */
	place: number,
	/** In the order of PRICE_FIELDS, USD per million tokens, nulls at the end left out; 0 = the factor times the base. */
	prices: readonly (number | null)[] | 0,
	/** Index into PRICE_SOURCES. */
	source: number,
	fromPromptTokens?: number,
	belowPromptTokens?: number | null,
]

/** A route and its regions, separated by spaces. */
export type CompactPlace = readonly [route: Route, regions: string]

/** Where prices come from; bit n of the mask = the nth of PRICE_FIELDS is derived. */
export type CompactSource = readonly [source: string, checkedOn: string, derivedMask: number]

/** The base's prices times the tier's factor. */
export function tierPrices(base: UnitPrices, tier: SelectableTier): UnitPrices {
	return unitPrices(UNIT_PRICE_KEYS.map((key) => timesFactor(base[key], TIER_FACTORS[tier])))
}

/** Prices in the order of PRICE_FIELDS under their names; what is left out is null. */
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
