import { groupBy } from "../group-by"
import type { ServiceTier } from "../tiers/service-tier"
import { findPriceCard, type PriceMiss, type PriceQuery } from "./find-price-card"
import { isInBand, type PriceCard, type UnitPrices } from "./price-card"
import { timesFactor, UNIT_PRICE_KEYS, unitPrices } from "./unit-price"

/**
 * A price set by the user, for a model whose price cannot be known: imported models, provisioned models, application
 * inference profiles. It applies to the id exactly as entered and to one tier, and takes precedence over every price
 * list.
 */
export type OwnPrice = UnitPrices & {
	/** As entered in the settings: a base model id, a profile id or an ARN. */
	readonly modelId: string
	readonly tier: ServiceTier
	/** ISO date on which the user set the price. */
	readonly setOn: string
}

/** Overrides of the built-in catalog's prices. */
export type Pricing = {
	/** Negotiated discount in percent of list prices, 0 to 100. It does not apply to user-set prices. */
	readonly discountPercent: number
	readonly ownPrices: readonly OwnPrice[]
	/** Price cards refreshed from AWS's price list; each replaces the catalog's price card. */
	readonly refreshed: readonly PriceCard[]
}

/** The catalog's prices without overrides. */
export const LIST_PRICES: Pricing = { discountPercent: 0, ownPrices: [], refreshed: [] }

/** Origin of a price: the built-in catalog, a refresh from AWS's price list, or the user. */
export const PRICE_ORIGINS = ["catalog", "refreshed", "own"] as const
export type PriceOrigin = (typeof PRICE_ORIGINS)[number]

export type EffectivePrice = {
	/** USD per million tokens, after the discount. */
	readonly prices: UnitPrices
	readonly origin: PriceOrigin
	/** Price card of the list; `null` for a user-set price. */
	readonly card: PriceCard | null
	/** ISO date of the list, or on which the user set the price. */
	readonly checkedOn: string
	/** Percent deducted from the list price; 0 for a user-set price. */
	readonly discountPercent: number
}

type EffectivePriceResult = { readonly price: EffectivePrice } | { readonly price: null; readonly reason: PriceMiss }

/** @property modelId as entered in the settings; user-set prices are matched by it */
type EffectivePriceQuery = PriceQuery & { readonly modelId: string }

/**
 * The price that the user pays: the user-set price, otherwise the refreshed or the catalog's list price minus the
 * discount. When there is no such price, `price` is `null` and `reason` says why.
 */
export function effectivePrice(query: EffectivePriceQuery, pricing: Pricing): EffectivePriceResult {
	const own = pricing.ownPrices.find(({ modelId, tier }) => modelId === query.modelId && tier === query.tier)
	if (own) return { price: { prices: own, origin: "own", card: null, checkedOn: own.setOn, discountPercent: 0 } }
	const listed = findPriceCard(query)
	const refreshed = findRefreshed(query, pricing.refreshed)
	const card = refreshed ?? listed.card
	if (!card) return { price: null, reason: listed.card === null ? listed.reason : "region-not-priced" }
	const { discountPercent } = pricing
	const origin = refreshed ? "refreshed" : "catalog"
	return {
		price: { prices: discounted(card, discountPercent), origin, card, checkedOn: card.checkedOn, discountPercent },
	}
}

const indexes = new WeakMap<readonly PriceCard[], ReadonlyMap<string, readonly PriceCard[]>>()

/** Indexes each list of rows only once, so that a lookup does not scan it. */
function findRefreshed(query: PriceQuery, rows: readonly PriceCard[]): PriceCard | undefined {
	const index = indexes.get(rows) ?? groupBy(rows, (row) => placeKey(row.modelId, row))
	indexes.set(rows, index)
	return index.get(placeKey(query.baseModelId, query))?.find((row) => isInBand(row, query.promptTokens))
}

function placeKey(modelId: string | null, { route, region, tier }: Omit<PriceQuery, "baseModelId" | "promptTokens">) {
	return `${modelId} ${route} ${region} ${tier}`
}

/** Unit prices minus a percentage; an unknown price stays `null`. */
export function discounted(prices: UnitPrices, percent: number): UnitPrices {
	return percent === 0
		? prices
		: unitPrices(UNIT_PRICE_KEYS.map((key) => timesFactor(prices[key], 1 - percent / 100)))
}
