import { calledRegion, parseModelRef, tierChoice, type Pricing, type TierChoice } from "@bedrock-tiers/core"
import type { ProfileSettings } from "./settings"
import type { RefreshedPrices } from "./view-state"

/** The region of the prices: the region of an ARN, otherwise the region in the settings. */
export function pricedRegion({ modelId, region }: ProfileSettings): string {
	return calledRegion(parseModelRef(modelId), region)
}

/** Overrides of the catalog's prices with these settings. Refreshed prices of another region are ignored. */
export function pricingOf(settings: ProfileSettings, refreshed: RefreshedPrices | null): Pricing {
	const { discountPercent, ownPrices } = settings
	return { discountPercent, ownPrices, refreshed: refreshed?.region === pricedRegion(settings) ? refreshed.rows : [] }
}

/**
 * The tiers that the next request with these settings can use, with their prices. Everything that depends on the tiers of
 * a profile uses this function, so that no setting is left out.
 * @param refreshed `null` when the prices are not needed, or when none were refreshed
 */
export function profileTierChoice(settings: ProfileSettings, refreshed: RefreshedPrices | null): TierChoice {
	return tierChoice({ ...settings, pricing: pricingOf(settings, refreshed) })
}
