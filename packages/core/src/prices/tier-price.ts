import type { SelectableTier } from "../tiers/service-tier"
import type { UnitPrices } from "./price-card"
import { timesFactor, UNIT_PRICE_KEYS, unitPrices } from "./unit-price"

/**
 * Price of each tier relative to Standard. Source: AWS pricing page, 2026-07-24 (Flex at a 50 % discount, Priority at a
 * 75 % premium).
 */
export const TIER_FACTORS: Readonly<Record<SelectableTier, number>> = { default: 1, flex: 0.5, priority: 1.75 }

/**
 * Regions whose tier prices AWS prints unrounded, also for models whose tier prices are rounded elsewhere. Source: AWS
 * Price List, published 2026-10-06; all 204 rows of these regions.
 */
const UNROUNDED_REGIONS: ReadonlySet<string> = new Set(["ap-southeast-2", "eu-central-1", "eu-north-1"])

/**
 * How AWS computes a tier's price from the Standard price. `exact`: the factor times the price. `rounded`: that product
 * per thousand tokens, rounded to five decimals, which is two decimals per million.
 */
export type TierPriceRule = "exact" | "rounded"

/** @param hasRoundedTierPrices whether AWS rounds the model's tier prices (`roundedTierPrices` of its price file) */
export function tierPriceRule(region: string, hasRoundedTierPrices: boolean): TierPriceRule {
	return hasRoundedTierPrices && !UNROUNDED_REGIONS.has(region) ? "rounded" : "exact"
}

/**
 * Price of a tier by its factor, in USD per million tokens; `null` stays `null`. The rounded rule rounds the double of
 * the price per thousand tokens: this decides the halfway cases as all 816 tier prices that AWS printed on 2026-10-06.
 */
export function tierPrice<Price extends number | null>(
	standardUsdPerMTok: Price,
	tier: SelectableTier,
	rule: TierPriceRule,
): Price
export function tierPrice(standardUsdPerMTok: number | null, tier: SelectableTier, rule: TierPriceRule): number | null {
	if (standardUsdPerMTok === null || rule === "exact" || tier === "default")
		return timesFactor(standardUsdPerMTok, TIER_FACTORS[tier])
	const perThousand = timesFactor(standardUsdPerMTok, 0.001) * TIER_FACTORS[tier]
	return timesFactor(Number(perThousand.toFixed(5)), 1_000)
}

/** The prices of a tier by its factor, from the Standard prices of the same place. */
export function tierPrices(standard: UnitPrices, tier: SelectableTier, rule: TierPriceRule): UnitPrices {
	return unitPrices(UNIT_PRICE_KEYS.map((key) => tierPrice(standard[key], tier, rule)))
}
