import { calledRegion, parseModelRef, type Pricing } from "@bedrock-tiers/core"
import type { ProfileSettings } from "./settings"
import type { RefreshedPrices } from "./view-state"

/** The region that prices are for: an ARN names its own. */
export function pricedRegion({ modelId, region }: ProfileSettings): string {
	const ref = parseModelRef(modelId)
	return calledRegion(ref, region)
}

/** What stands over the catalog's prices with these settings. Refreshed prices of another region say nothing. */
export function pricingOf(settings: ProfileSettings, refreshed: RefreshedPrices | null): Pricing {
	const { discountPercent, ownPrices } = settings
	return { discountPercent, ownPrices, refreshed: refreshed?.region === pricedRegion(settings) ? refreshed.rows : [] }
}
