import type { Route } from "../models/route"
import { sourceTitle } from "../models/catalog"
import { findPriceCard, PRICE_MISSES } from "../prices/find-price-card"
import { billedTier, type BilledTierBasis } from "../tiers/billed-tier"
import type { ServedTier, ServiceTier } from "../tiers/service-tier"
import { calculateCost, MISSING_PRICES, type CostLine } from "./calculate-cost"
import { promptTokens, type TokenUsage } from "./token-usage"

/** Why a cost is not fully known. */
export const UNPRICED_REASONS = [...PRICE_MISSES, ...MISSING_PRICES, "usage-not-reported", "no-route"] as const
export type UnpricedReason = (typeof UNPRICED_REASONS)[number]

/** Which list of prices a cost was computed with: kept with every recorded cost. */
export type PriceSource = {
	/** For people. */
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
}

export type PricedRequest = {
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
export function priceRequest(request: PricedRequest): RequestCost {
	const billed = billedTier(request.sentTier, request.servedTier)
	const unpriced = (unpricedReason: UnpricedReason): RequestCost => ({
		...billed,
		lines: [],
		totalUsd: null,
		knownUsd: 0,
		unpricedReason,
		card: null,
	})
	if (request.usage === null) return unpriced("usage-not-reported")
	const answer = findPriceCard({
		baseModelId: request.baseModelId,
		region: request.region,
		route: request.route,
		tier: billed.billedTier,
		promptTokens: promptTokens(request.usage),
	})
	if (answer.card === null) return unpriced(answer.reason)
	const { source, checkedOn } = answer.card
	return {
		...billed,
		...calculateCost(request.usage, answer.card),
		card: { source: sourceTitle(source), checkedOn },
	}
}
