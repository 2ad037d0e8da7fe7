import type { CatalogModel } from "../models/catalog-model"
import { BEDROCK_APIS, SELECTABLE_TIERS } from "./service-tier"
import type { BedrockApi, SelectableTier, ServiceTier, TierSupport } from "./service-tier"

/** Whether the model supports the tier through the API. Every model supports `default`. */
export function tierSupport(model: CatalogModel, api: BedrockApi, tier: ServiceTier): TierSupport {
	return tier === "default" ? "yes" : model.tiers[api][tier]
}

/** The tiers to offer for the model through the API, `default` first; `["default"]` when it supports no other. */
export function offeredTiers(model: CatalogModel, api: BedrockApi): SelectableTier[] {
	return SELECTABLE_TIERS.filter((tier) => tierSupport(model, api, tier) !== "no")
}

/** Whether the model supports the tier through any API, so that a price for it may exist. */
export function takesTierSomewhere(model: CatalogModel, tier: ServiceTier): boolean {
	return BEDROCK_APIS.some((api) => tierSupport(model, api, tier) !== "no")
}

export type TierDecision = TierAsRequested | TierNotSent
type TierAsRequested = { readonly sentTier: ServiceTier | null; readonly notSentReason: null }
type TierNotSent = { readonly sentTier: null; readonly notSentReason: NotSentReason }

/**
 * Why a requested tier is not sent: the model does not support it, or AWS refused it or had no capacity for it in an
 * earlier attempt and the user's setting is to retry on Standard.
 */
export const NOT_SENT_REASONS = ["tier-not-offered", "tier-refused", "capacity-refused"] as const
export type NotSentReason = (typeof NOT_SENT_REASONS)[number]

/**
 * Decides which tier is sent for a requested tier.
 * Standard is sent by omitting the field, because an IAM policy may deny even an explicit `default`.
 * For a model that is not in the catalog, the requested tier is sent: Bedrock accepts or refuses it.
 */
export function decideTier(model: CatalogModel | undefined, api: BedrockApi, requestedTier: ServiceTier): TierDecision {
	if (requestedTier === "default") return { sentTier: null, notSentReason: null }
	if (model && tierSupport(model, api, requestedTier) === "no")
		return { sentTier: null, notSentReason: "tier-not-offered" }
	return { sentTier: requestedTier, notSentReason: null }
}
