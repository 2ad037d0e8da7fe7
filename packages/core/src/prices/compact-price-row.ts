import type { Route } from "../models/route"
import type { ServiceTier } from "../tiers/service-tier"

/** How the generated module holds price rows: regions with equal prices share one row. */
export type CompactPriceRow = readonly [
	route: Route,
	tier: ServiceTier,
	/** Separated by spaces. */
	regions: string,
	/** In the order of PRICE_FIELDS, USD per million tokens. */
	prices: readonly [number | null, number | null, number | null, number | null, number | null],
	/** Index into SOURCE_KEYS. */
	source: number,
	checkedOn: string,
	/** Bit n = the nth of PRICE_FIELDS is derived. */
	derivedMask: number,
	fromPromptTokens?: number,
	belowPromptTokens?: number | null,
]
