import type { ServedTier, ServiceTier } from "./service-tier"

/**
 * Why the billed tier is what it is: `served` (Bedrock reported it), `requested` (accepted, nothing reported),
 * `assumed-default` (nothing asked for on the wire, nothing reported).
 */
export const BILLED_TIER_BASES = ["served", "requested", "assumed-default"] as const
export type BilledTierBasis = (typeof BILLED_TIER_BASES)[number]

export type BilledTier = { readonly billedTier: ServedTier; readonly basis: BilledTierBasis }

/**
 * The tier a request is priced by. AWS does not say in words that it bills by the served tier; for its sibling,
 * latency-optimized inference, it does. So what was served comes first.
 * @param sentTier the tier that was on the wire; null when none was
 * @param servedTier what Bedrock reported; null when it reported nothing
 */
export function billedTier(sentTier: ServiceTier | null, servedTier: ServedTier | null): BilledTier {
	if (servedTier !== null) return { billedTier: servedTier, basis: "served" }
	if (sentTier !== null) return { billedTier: sentTier, basis: "requested" }
	return { billedTier: "default", basis: "assumed-default" }
}
