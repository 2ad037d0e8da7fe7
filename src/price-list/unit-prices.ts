import {
	PRICE_FIELDS,
	SELECTABLE_TIERS,
	type PriceCard,
	type PriceField,
	type SelectableTier,
	UNIT_PRICE_MEMBERS,
} from "@bedrock-tiers/core"

/** USD per million tokens by kind; null = unknown. */
export type Prices = Record<PriceField, number | null>

export function pricesOf(card: PriceCard): Prices {
	return perField((field) => card[UNIT_PRICE_MEMBERS[field]])
}

export function perField(price: (field: PriceField) => number | null): Prices {
	return Object.fromEntries(PRICE_FIELDS.map((field) => [field, price(field)])) as Prices
}

export function isSelectableTier(tier: string): tier is SelectableTier {
	return (SELECTABLE_TIERS as readonly string[]).includes(tier)
}
