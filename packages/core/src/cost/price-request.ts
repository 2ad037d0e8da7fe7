import type { Route } from "../models/route"
import { sourceTitle } from "../models/catalog"
import { PRICE_MISSES } from "../prices/find-price-card"
import { effectivePrice, LIST_PRICES, type PriceOrigin, type Pricing } from "../prices/price-overrides"
import { billedTier, type BilledTier } from "../tiers/billed-tier"
import type { ServedTier, ServiceTier } from "../tiers/service-tier"
import { calculateCost, MISSING_PRICES, type Cost } from "./calculate-cost"
import { promptTokens, type TokenUsage } from "./token-usage"

/** Reasons why a cost is not fully known. */
export const UNPRICED_REASONS = [...PRICE_MISSES, ...MISSING_PRICES, "usage-not-reported", "no-route"] as const
export type UnpricedReason = (typeof UNPRICED_REASONS)[number]

/** Source of the prices that a cost was calculated with; stored with every usage record. */
export type PriceSource = {
	readonly origin: PriceOrigin
	/** Title of the price list, for display; empty for a user-set price. */
	readonly source: string
	/** ISO date of the price list, or on which the user set the price. */
	readonly checkedOn: string
}

/** `lines` is empty when no price was found or no usage was reported. */
export type RequestCost = BilledTier &
	Omit<Cost, "unpricedReason"> & {
		/** `null` when `totalUsd` is known. */
		readonly unpricedReason: UnpricedReason | null
		/** `null` when no price was found or no usage was reported. */
		readonly card: PriceSource | null
		/** Percent deducted from list prices; the unit prices in `lines` are after the discount. */
		readonly discountPercent: number
	}

export type PricedRequest = {
	/** As entered in the settings; user-set prices are matched by it. */
	readonly modelId: string
	/** Base model id; `null` when it is not known which model was called. */
	readonly baseModelId: string | null
	readonly region: string
	readonly route: Route
	/** Tier on the wire; `null` when none was sent. */
	readonly sentTier: ServiceTier | null
	/** Tier reported by Bedrock; `null` when not reported. */
	readonly servedTier: ServedTier | null
	/** `null` when the request was accepted, but ended before usage was reported. */
	readonly usage: TokenUsage | null
}

/**
 * Prices one request by its billed tier: the served tier when Bedrock reported it, otherwise the sent tier, otherwise
 * `default`. A cost that is not fully known has `totalUsd: null` and a reason.
 */
export function priceRequest(request: PricedRequest, pricing: Pricing = LIST_PRICES): RequestCost {
	const billed = billedTier(request.sentTier, request.servedTier)
	const unpriced = (unpricedReason: UnpricedReason): RequestCost => ({
		...billed,
		lines: [],
		totalUsd: null,
		knownUsd: 0,
		unpricedReason,
		card: null,
		discountPercent: 0,
	})
	if (request.usage === null) return unpriced("usage-not-reported")
	const found = effectivePrice(
		{
			modelId: request.modelId,
			baseModelId: request.baseModelId,
			region: request.region,
			route: request.route,
			tier: billed.billedTier,
			promptTokens: promptTokens(request.usage),
		},
		pricing,
	)
	if (found.price === null) return unpriced(found.reason)
	const { prices, origin, card, checkedOn, discountPercent } = found.price
	return {
		...billed,
		...calculateCost(request.usage, prices, card?.derived),
		card: { origin, source: card ? sourceTitle(card.source) : "", checkedOn },
		discountPercent,
	}
}
