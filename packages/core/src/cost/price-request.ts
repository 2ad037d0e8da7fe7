import type { Route } from "../models/route"
import { sourceTitle } from "../models/catalog"
import { PRICE_MISSES } from "../prices/find-price-card"
import { effectivePrice, LIST_PRICES, type PriceOrigin, type Pricing } from "../prices/price-overrides"
import { billedTier, type BilledTierBasis } from "../tiers/billed-tier"
import type { ServedTier, ServiceTier } from "../tiers/service-tier"
import { calculateCost, MISSING_PRICES, type CostLine } from "./calculate-cost"
import { promptTokens, type TokenUsage } from "./token-usage"

/** Why a cost is not fully known. */
export const UNPRICED_REASONS = [...PRICE_MISSES, ...MISSING_PRICES, "usage-not-reported", "no-route"] as const
export type UnpricedReason = (typeof UNPRICED_REASONS)[number]

/** Which list of prices a cost was computed with: kept with every recorded cost. */
export type PriceSource = {
	readonly origin: PriceOrigin
	/** The list's title, for people; empty for a person's own price. */
	readonly source: string
	/** ISO date. */
	readonly checkedOn: string
}

export type RequestCost = {
	readonly billedTier: ServedTier
	readonly basis: BilledTierBasis
	/** Empty when no price card answers or no usage was reported. */
	readonly lines: readonly CostLine[]
	/** USD, unrounded; null = not fully known. */
	readonly totalUsd: number | null
	/** USD, the sum of the lines that have a price. */
	readonly knownUsd: number
	readonly unpricedReason: UnpricedReason | null
	readonly card: PriceSource | null
	/** Percent that was taken off the list's prices; the lines' unit prices are what is left. */
	readonly discountPercent: number
}

export type PricedRequest = {
	/** As typed in the settings: own prices go by it. */
	readonly modelId: string
	/** Base model id; null when it is not known which model was called. */
	readonly baseModelId: string | null
	readonly region: string
	readonly route: Route
	/** What was on the wire; null = nothing. */
	readonly sentTier: ServiceTier | null
	/** What Bedrock reported; null = nothing. */
	readonly servedTier: ServedTier | null
	/** Null = the request was accepted, but ended before usage was reported. */
	readonly usage: TokenUsage | null
}

/** Prices one request by the tier that served it. */
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
	const answer = effectivePrice(
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
	if (answer.price === null) return unpriced(answer.reason)
	const { prices, origin, card, checkedOn, discountPercent } = answer.price
	return {
		...billed,
		...calculateCost(request.usage, prices),
		card: { origin, source: card ? sourceTitle(card.source) : "", checkedOn },
		discountPercent,
	}
}
