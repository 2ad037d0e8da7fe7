import type { ServedTier, ServiceTier } from "./service-tier"

/**
 * Why the billed tier is what it is: `served` (reported by Bedrock), `requested` (sent and accepted, no tier reported),
 * `assumed-default` (no tier sent, no tier reported).
 */
export const BILLED_TIER_BASES = ["served", "requested", "assumed-default"] as const
export type BilledTierBasis = (typeof BILLED_TIER_BASES)[number]

export type BilledTier = { readonly billedTier: ServedTier; readonly basis: BilledTierBasis }

/**
 * The tier by which a request is priced. AWS does not state that it bills by the served tier, but states so for the
 * related latency-optimized inference. Therefore the served tier takes precedence.
 * @param sentTier tier on the wire; `null` when none was sent
 * @param servedTier tier reported by Bedrock; `null` when not reported
 */
export function billedTier(sentTier: ServiceTier | null, servedTier: ServedTier | null): BilledTier {
	if (servedTier !== null) return { billedTier: servedTier, basis: "served" }
	if (sentTier !== null) return { billedTier: sentTier, basis: "requested" }
	return { billedTier: "default", basis: "assumed-default" }
}
