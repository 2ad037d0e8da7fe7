import type { ServiceTier } from "../tiers/service-tier"
import { findPriceCard, type PriceMiss, type PriceQuery } from "./find-price-card"
import { isInBand, type PriceCard, type UnitPrices } from "./price-card"
import { timesFactor, UNIT_PRICE_KEYS } from "./unit-price"

/**
 * A price that a person set, for a model whose price we cannot know: imported, provisioned, an application inference
 * profile. It holds for the id as typed and for one tier, and wins over every list.
 */
export type OwnPrice = UnitPrices & {
	/** As typed in the settings: an id, a profile id or an ARN. */
	readonly modelId: string
	readonly tier: ServiceTier
	/** ISO date. */
	readonly setOn: string
}

/** What stands over the built-in catalog when something is priced. */
export type Pricing = {
	/** Negotiated, percent off list prices, 0 to 100. Own prices are taken as they are. */
	readonly discountPercent: number
	readonly ownPrices: readonly OwnPrice[]
	/** Rows that were refreshed from AWS's price list: each stands in the place of the catalog's. */
	readonly refreshed: readonly PriceCard[]
}

/** The catalog as it is. */
export const LIST_PRICES: Pricing = { discountPercent: 0, ownPrices: [], refreshed: [] }

/** Whose price it is: the built-in catalog's, one refreshed from AWS's price list, or the person's own. */
export const PRICE_ORIGINS = ["catalog", "refreshed", "own"] as const
export type PriceOrigin = (typeof PRICE_ORIGINS)[number]

export type EffectivePrice = {
	/** USD per million tokens, after the discount. */
	readonly prices: UnitPrices
	readonly origin: PriceOrigin
	/** The list's row; null for an own price. */
	readonly card: PriceCard | null
	/** ISO date of the list, or on which the person set it. */
	readonly checkedOn: string
	/** Percent that was taken off; 0 for an own price. */
	readonly discountPercent: number
}

export type EffectivePriceAnswer = { readonly price: EffectivePrice } | NoEffectivePrice
type NoEffectivePrice = { readonly price: null; readonly reason: PriceMiss }

/** @property modelId as typed, which is what own prices go by */
export type EffectivePriceQuery = PriceQuery & { readonly modelId: string }

/** What is really paid: the person's own price, else the refreshed one, else the catalog's, less the discount. */
export function effectivePrice(query: EffectivePriceQuery, pricing: Pricing): EffectivePriceAnswer {
	const own = pricing.ownPrices.find(({ modelId, tier }) => modelId === query.modelId && tier === query.tier)
	if (own) return { price: { prices: own, origin: "own", card: null, checkedOn: own.setOn, discountPercent: 0 } }
	const answer = findPriceCard(query)
	const refreshed = findRefreshed(query, pricing.refreshed)
	const card = refreshed ?? answer.card
	if (!card) return { price: null, reason: answer.card === null ? answer.reason : "region-not-priced" }
	const { discountPercent } = pricing
	const origin = refreshed ? "refreshed" : "catalog"
	return {
		price: { prices: discounted(card, discountPercent), origin, card, checkedOn: card.checkedOn, discountPercent },
	}
}

function findRefreshed(query: PriceQuery, rows: readonly PriceCard[]): PriceCard | undefined {
	if (rows.length === 0) return undefined
	const key = placeKey(query.baseModelId ?? "", query.route, query.region, query.tier)
	return placesOf(rows)
		.get(key)
		?.find((row) => isInBand(row, query.promptTokens))
}

const indexes = new WeakMap<readonly PriceCard[], Map<string, PriceCard[]>>()

/** Indexed once for each list of rows, so that a look-up does not walk them. */
function placesOf(rows: readonly PriceCard[]): Map<string, PriceCard[]> {
	let places = indexes.get(rows)
	if (!places) {
		places = new Map()
		for (const row of rows) {
			const key = placeKey(row.modelId, row.route, row.region, row.tier)
			const bands = places.get(key)
			if (bands) bands.push(row)
			else places.set(key, [row])
		}
		indexes.set(rows, places)
	}
	return places
}

function placeKey(modelId: string, route: string, region: string, tier: string): string {
	return `${modelId} ${route} ${region} ${tier}`
}

/** Unit prices less a percentage; unknown stays unknown. */
export function discounted(prices: UnitPrices, percent: number): UnitPrices {
	if (percent === 0) return prices
	const less = (key: keyof UnitPrices) => [key, timesFactor(prices[key], 1 - percent / 100)] as const
	return Object.fromEntries(UNIT_PRICE_KEYS.map(less)) as Record<keyof UnitPrices, number | null>
}
