import type { SelectableTier } from "../tiers/service-tier"
import { PRICE_FIELDS, type PriceField, type UnitPrices } from "./price-card"

/** The member that holds the price of each kind of tokens. */
export const UNIT_PRICE_MEMBERS = {
	input: "inputUsdPerMTok",
	output: "outputUsdPerMTok",
	cacheRead: "cacheReadUsdPerMTok",
	cacheWrite: "cacheWriteUsdPerMTok",
	cacheWrite1h: "cacheWrite1hUsdPerMTok",
} as const satisfies Record<PriceField, keyof UnitPrices>

/** In the order of PRICE_FIELDS. */
export const UNIT_PRICE_KEYS = PRICE_FIELDS.map((field) => UNIT_PRICE_MEMBERS[field])

/**
 * What a tier costs in terms of Standard. AWS's words: Flex at a 50 % discount, Priority at a 75 % premium (pricing page,
 * 2026-07-24).
 */
export const TIER_FACTORS: Readonly<Record<SelectableTier, number>> = { default: 1, flex: 0.5, priority: 1.75 }

/** A unit price times a factor, to twelve digits: rid of the noise of binary fractions. Unknown stays unknown. */
export function timesFactor<Price extends number | null>(usdPerMTok: Price, factor: number): Price
export function timesFactor(usdPerMTok: number | null, factor: number): number | null {
	return usdPerMTok === null ? null : Number((usdPerMTok * factor).toPrecision(12))
}
