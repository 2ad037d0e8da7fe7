import { findModel } from "../models/catalog"
import type { Route } from "../models/route"
import { LIST_PRICES, type Pricing } from "../prices/price-overrides"
import { SELECTABLE_TIERS, type BedrockApi, type SelectableTier } from "../tiers/service-tier"
import { offeredTiers } from "../tiers/tier-support"
import { priceRequest, type RequestCost } from "./price-request"
import type { TokenUsage } from "./token-usage"

export type TierComparison = { readonly tier: SelectableTier; readonly cost: RequestCost }

export type ComparedRequest = {
	/** As typed in the settings. */
	readonly modelId: string
	readonly baseModelId: string | null
	readonly api: BedrockApi
	readonly region: string
	readonly route: Route
	readonly usage: TokenUsage
}

/**
 * What the same tokens cost on every tier that the model offers through the API, `default` first. For a model that the
 * catalog does not know: on every tier that can be chosen, priced where the person set a price.
 */
export function compareTiers(request: ComparedRequest, pricing: Pricing = LIST_PRICES): TierComparison[] {
	const model = request.baseModelId === null ? undefined : findModel(request.baseModelId)
	const tiers = model ? offeredTiers(model, request.api) : SELECTABLE_TIERS
	return tiers.map((tier) => ({
		tier,
		cost: priceRequest({ ...request, sentTier: tier, servedTier: tier }, pricing),
	}))
}
