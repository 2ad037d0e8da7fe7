import type { Route } from "../models/route"
import type { SelectableTier } from "../tiers/service-tier"

/**
 * Price row of the generated module. Regions with equal prices share a row, and a tier whose prices follow from the
 * Standard prices (`tierPrices`) stores 0 instead of prices. A tier's row comes after the default rows of its regions.
 */
export type CompactPriceRow = readonly [
	tier: SelectableTier,
	/** Index into `PRICE_PLACES`. */
	place: number,
	/**
	 * USD per million tokens, in the order of `PRICE_FIELDS`, without trailing nulls; 0 means `tierPrices` of the
	 * Standard prices.
	 */
	prices: readonly (number | null)[] | 0,
	/** Index into `PRICE_SOURCES`. */
	source: number,
	fromPromptTokens?: number,
	belowPromptTokens?: number | null,
]

/** A route and its regions, separated by spaces. */
export type CompactPlace = readonly [route: Route, regions: string]

/** Source of prices; bit n of the mask is set when the nth of `PRICE_FIELDS` is derived. */
export type CompactSource = readonly [source: string, checkedOn: string, derivedMask: number]
