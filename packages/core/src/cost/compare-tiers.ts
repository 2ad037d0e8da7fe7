import { findModel } from "../models/catalog"
import { LIST_PRICES, type Pricing } from "../prices/price-overrides"
import { SELECTABLE_TIERS, type BedrockApi, type SelectableTier } from "../tiers/service-tier"
import { offeredTiers } from "../tiers/tier-support"
import { priceRequest, type PricedRequest, type RequestCost } from "./price-request"
import type { TokenUsage } from "./token-usage"

export type TierComparison = { readonly tier: SelectableTier; readonly cost: RequestCost }

type ComparedRequest = Omit<PricedRequest, "sentTier" | "servedTier" | "usage"> & {
	readonly api: BedrockApi
	readonly usage: TokenUsage
}

/**
 * Prices the same tokens on every tier that the model supports through the API, `default` first. For a model that is
 * not in the catalog, the result has every selectable tier, priced only when the user set a price for it.
 */
export function compareTiers(request: ComparedRequest, pricing: Pricing = LIST_PRICES): TierComparison[] {
	const model = request.baseModelId === null ? undefined : findModel(request.baseModelId)
	const tiers = model ? offeredTiers(model, request.api) : SELECTABLE_TIERS
	return tiers.map((tier) => ({
		tier,
		cost: priceRequest({ ...request, sentTier: tier, servedTier: tier }, pricing),
	}))
}
