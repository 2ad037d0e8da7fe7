import {
	PRICE_FIELDS,
	SELECTABLE_TIERS,
	type PriceCard,
	type PriceField,
	type SelectableTier,
} from "@bedrock-tiers/core"

/** The member of a price card that holds each kind of tokens. */
export const CARD_MEMBERS = {
	input: "inputUsdPerMTok",
	output: "outputUsdPerMTok",
	cacheRead: "cacheReadUsdPerMTok",
	cacheWrite: "cacheWriteUsdPerMTok",
	cacheWrite1h: "cacheWrite1hUsdPerMTok",
} as const satisfies Record<PriceField, keyof PriceCard>

/** USD per million tokens by kind; null = unknown. */
export type Prices = Record<PriceField, number | null>

export function pricesOf(card: PriceCard): Prices {
	return perField((field) => card[CARD_MEMBERS[field]])
}

export function perField(price: (field: PriceField) => number | null): Prices {
	return Object.fromEntries(PRICE_FIELDS.map((field) => [field, price(field)])) as Prices
}

/** AWS's own words (pricing page, 2026-07-24): Flex at a 50 % discount, Priority at a 75 % premium to Standard. */
export const TIER_FACTORS: Readonly<Record<SelectableTier, number>> = { default: 1, flex: 0.5, priority: 1.75 }

/** A price times a factor, to twelve digits, as the catalog's own rule computes it. */
export function times(usdPerMTok: number, factor: number): number {
	return Number((usdPerMTok * factor).toPrecision(12))
}

export function isSelectableTier(tier: string): tier is SelectableTier {
	return (SELECTABLE_TIERS as readonly string[]).includes(tier)
}
