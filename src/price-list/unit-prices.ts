import { PRICE_FIELDS, type PriceCard, type PriceField, UNIT_PRICE_MEMBERS } from "@bedrock-tiers/core"

/** USD per million tokens by token kind; `null` when unknown. */
export type Prices = Record<PriceField, number | null>

export function pricesOf(card: PriceCard): Prices {
	return perField((field) => card[UNIT_PRICE_MEMBERS[field]])
}

export function perField(price: (field: PriceField) => number | null): Prices {
	return Object.fromEntries(PRICE_FIELDS.map((field) => [field, price(field)])) as Prices
}
