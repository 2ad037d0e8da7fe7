import { findModel } from "../models/catalog"
import { LIST_PRICES, type Pricing } from "../prices/price-overrides"
import { SELECTABLE_TIERS, type SelectableTier } from "../tiers/service-tier"
import { isEstimated } from "./calculate-cost"
import { compareTiers, type TierComparison } from "./compare-tiers"
import type { RequestCost } from "./price-request"
import type { UsageRecord } from "./usage-ledger"

/**
 * Prices by which usage records are compared. `of-then`: list prices of the built-in catalog minus the discount
 * recorded with each request; a request that was priced with a user-set price has no list price and cannot be compared.
 * `Pricing`: the same prices for all requests.
 */
export type ComparedPrices = Pricing | "of-then"

/**
 * Prices the tokens of one usage record on every tier that its model supports, `default` first. Empty when the request
 * cannot be compared: no usage was reported, or its model has no known price.
 */
export function comparedTiers(request: UsageRecord, prices: ComparedPrices = "of-then"): TierComparison[] {
	const { usage } = request
	const pricing = pricingFor(request, prices)
	return usage === null || pricing === null ? [] : compareTiers({ ...request, usage, api: "converse" }, pricing)
}

/** `null` when the prices do not cover the request. */
function pricingFor({ modelId, baseModelId, card, discountPercent }: UsageRecord, prices: ComparedPrices) {
	const isListed = baseModelId !== null && findModel(baseModelId) !== undefined
	if (prices === "of-then") return isListed && card?.origin !== "own" ? { ...LIST_PRICES, discountPercent } : null
	return isListed || prices.ownPrices.some((own) => own.modelId === modelId) ? prices : null
}

/** Cost of a task when all its requests use one tier. */
export type OnOneTier = {
	readonly tier: SelectableTier
	/** USD, unrounded: the exact cost when `unpricedRequests` is 0, otherwise a lower bound. */
	readonly knownUsd: number
	/** Requests whose cost on this tier is not fully known. */
	readonly unpricedRequests: number
	/** Requests whose cost on this tier contains a unit price that AWS has not published. */
	readonly estimatedRequests: number
}

/**
 * Calculates what a task would cost if all its requests used one tier: one row per tier that any of the requests could
 * have used, `default` first. Every comparison of tiers within a task uses these rules:
 *
 * - A request costs what its tokens cost on the tier.
 * - When its model does not support the tier, it costs what its tokens cost on `default`, which would have served it.
 * - When it cannot be compared (`comparedTiers` is empty), it costs what was recorded.
 *
 * @param requests all requests in the task's total, so that the rows can be compared with it
 * @returns empty when there are fewer than two tiers to compare
 */
export function onOneTier(requests: readonly UsageRecord[], prices: ComparedPrices = "of-then"): readonly OnOneTier[] {
	const compared = requests.map((request) => ({ request, tiers: comparedTiers(request, prices) }))
	const offered = SELECTABLE_TIERS.filter((tier) =>
		compared.some(({ tiers }) => tiers.some((each) => each.tier === tier)),
	)
	if (offered.length < 2) return []
	return offered.map((tier) => {
		const costs = compared.map(({ request, tiers }) => costOn(tier, tiers) ?? request)
		return {
			tier,
			knownUsd: costs.reduce((sum, { knownUsd }) => sum + knownUsd, 0),
			unpricedRequests: costs.filter(({ totalUsd }) => totalUsd === null).length,
			estimatedRequests: costs.filter(isEstimated).length,
		}
	})
}

/** `undefined` when the request cannot be compared. */
function costOn(tier: SelectableTier, tiers: readonly TierComparison[]): RequestCost | undefined {
	return (tiers.find((each) => each.tier === tier) ?? tiers.find((each) => each.tier === "default"))?.cost
}

/**
 * Ratio of the cost of the request's tokens on the billed tier to their cost on Standard, at list prices minus the
 * recorded discount. `null` when the request cannot be compared, a price is missing, or Standard costs nothing.
 */
export function timesStandardCost(request: UsageRecord): number | null {
	const tiers = comparedTiers(request)
	const usdOn = (tier: string) => tiers.find((each) => each.tier === tier)?.cost.totalUsd
	const [billed, standard] = [usdOn(request.billedTier), usdOn("default")]
	return billed == null || !standard ? null : billed / standard
}
