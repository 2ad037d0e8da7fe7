import { SERVICE_TIERS, type ServedTier } from "../tiers/service-tier"

/** Order in which tiers are shown: that of `SERVICE_TIERS`, then unknown tiers by name. For `sort`. */
export function byTierOrder(one: ServedTier, other: ServedTier): number {
	return rank(one) - rank(other) || (one < other ? -1 : Number(one > other))
}

function rank(tier: ServedTier): number {
	const index = SERVICE_TIERS.findIndex((each) => each === tier)
	return index < 0 ? SERVICE_TIERS.length : index
}
