import type { CatalogModel } from "../models/catalog-model"
import { BEDROCK_APIS, SELECTABLE_TIERS } from "./service-tier"
import type { BedrockApi, SelectableTier, ServiceTier, TierSupport } from "./service-tier"

/** Whether the model takes the tier through the API. Every model takes `default`. */
export function tierSupport(model: CatalogModel, api: BedrockApi, tier: ServiceTier): TierSupport {
	return tier === "default" ? "yes" : model.tiers[api][tier]
}

/** The tiers to offer for the model through the API, `default` first; `["default"]` alone when it takes none. */
export function offeredTiers(model: CatalogModel, api: BedrockApi): SelectableTier[] {
	return SELECTABLE_TIERS.filter((tier) => tierSupport(model, api, tier) !== "no")
}

/** Whether the model takes the tier through any API at all, so that a price for it can be asked for. */
export function takesTierSomewhere(model: CatalogModel, tier: ServiceTier): boolean {
	return BEDROCK_APIS.some((api) => tierSupport(model, api, tier) !== "no")
}

export type TierDecision = TierAsChosen | TierNotSent
type TierAsChosen = { readonly sentTier: ServiceTier | null; readonly notSentReason: null }
type TierNotSent = { readonly sentTier: null; readonly notSentReason: NotSentReason }

/**
 * Why a chosen tier is not put on the wire: the model does not take it, or AWS refused it, or had no room for it, in an
 * attempt before, and the person wants Standard then.
 */
export const NOT_SENT_REASONS = ["tier-not-offered", "tier-refused", "capacity-refused"] as const
export type NotSentReason = (typeof NOT_SENT_REASONS)[number]

/**
 * Decides what goes on the wire for a chosen tier.
 * Standard is sent by leaving the field out, since an IAM policy may deny even an explicit `default`.
 * A model that the catalog does not know gets the tier as chosen: Bedrock decides, and says so.
 */
export function decideTier(model: CatalogModel | undefined, api: BedrockApi, requestedTier: ServiceTier): TierDecision {
	if (requestedTier === "default") return { sentTier: null, notSentReason: null }
	if (model && tierSupport(model, api, requestedTier) === "no")
		return { sentTier: null, notSentReason: "tier-not-offered" }
	return { sentTier: requestedTier, notSentReason: null }
}
