import { findModel } from "../models/catalog"
import { LIST_PRICES, type Pricing } from "../prices/price-overrides"
import { SELECTABLE_TIERS, type SelectableTier } from "../tiers/service-tier"
import { compareTiers, type TierComparison } from "./compare-tiers"
import type { RequestCost } from "./price-request"
import type { UsageRecord } from "./usage-ledger"

/**
 * What recorded requests are compared by. `of-then`: the built-in list less each request's own discount; a request with the
 * person's own price has no list to go by, and cannot be compared. Else: those prices, for all requests alike.
 */
export type ComparedPrices = Pricing | "of-then"

/**
 * What the tokens of one recorded request cost on every tier that its model takes, `default` first. Empty = it cannot be
 * compared: no usage was reported, or no price can be known of its model.
 */
export function comparedTiers(request: UsageRecord, prices: ComparedPrices = "of-then"): TierComparison[] {
	const { usage } = request
	const pricing = pricingFor(request, prices)
	return usage === null || pricing === null ? [] : compareTiers({ ...request, usage, api: "converse" }, pricing)
}

/** Null = there are no such prices for the request. */
function pricingFor({ modelId, baseModelId, card, discountPercent }: UsageRecord, prices: ComparedPrices) {
	const isListed = baseModelId !== null && findModel(baseModelId) !== undefined
	if (prices === "of-then") return isListed && card?.origin !== "own" ? { ...LIST_PRICES, discountPercent } : null
	return isListed || prices.ownPrices.some((own) => own.modelId === modelId) ? prices : null
}

/** What a task costs on one tier. */
export type OnOneTier = {
	readonly tier: SelectableTier
	/** USD, unrounded: the cost when `unpricedRequests` is 0, else "at least". */
	readonly knownUsd: number
	/** Requests whose cost there is not fully known. */
	readonly unpricedRequests: number
}

/**
 * What a task would cost with every one of its requests on one tier: a row for each tier that any of them could have had,
 * `default` first. The one rule for this question, wherever it is asked:
 *
 * - a request costs what its tokens cost on the tier;
 * - where its model does not take the tier, what they cost on `default`, where it would have run;
 * - where it cannot be compared (`comparedTiers` is empty), what it did cost.
 *
 * @param requests all that the task's total is made of, so that the rows can stand beside it
 * @returns empty where there are no two tiers to compare
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
		}
	})
}

/** Undefined = it cannot be compared. */
function costOn(tier: SelectableTier, tiers: readonly TierComparison[]): RequestCost | undefined {
	return (tiers.find((each) => each.tier === tier) ?? tiers.find((each) => each.tier === "default"))?.cost
}

/**
 * How many times as much as on Standard the request's tokens cost on the tier that was billed, by the prices of then.
 * Null where that cannot be told: it cannot be compared, a price is missing, or Standard costs nothing.
 */
export function timesStandardCost(request: UsageRecord): number | null {
	const tiers = comparedTiers(request)
	const usdOn = (tier: string) => tiers.find((each) => each.tier === tier)?.cost.totalUsd
	const [billed, standard] = [usdOn(request.billedTier), usdOn("default")]
	return billed == null || !standard ? null : billed / standard
}
