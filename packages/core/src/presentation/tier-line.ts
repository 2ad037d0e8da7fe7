import type { UsageRecord } from "../cost/usage-ledger"

/**
 * What to say about the tiers of a request:
 *
 * - `not-offered`: the requested tier was not sent, because the model does not support it.
 * - `fallback`: the requested tier could not serve, and the request was repeated on another tier.
 * - `served-otherwise`: Bedrock reported another tier than the requested one.
 * - `not-confirmed`: Bedrock reported no tier, so the request is priced by the requested one.
 * - `as-requested`: nothing but the billed tier.
 */
export type TierLine = "not-offered" | "fallback" | "served-otherwise" | "not-confirmed" | "as-requested"

export function tierLine({
	requestedTier,
	servedTier,
	basis,
	notSentReason,
}: Pick<UsageRecord, "requestedTier" | "servedTier" | "basis" | "notSentReason">): TierLine {
	if (notSentReason === "tier-not-offered") return "not-offered"
	if (notSentReason !== null) return "fallback"
	if (servedTier !== null && servedTier !== requestedTier) return "served-otherwise"
	return basis === "requested" ? "not-confirmed" : "as-requested"
}
