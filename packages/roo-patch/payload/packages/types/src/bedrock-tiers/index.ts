import { findModel } from "./core/models/catalog"
import type { CatalogModel } from "./core/models/catalog-model"
import { parseModelRef, type ModelRef } from "./core/models/model-ref"
import type { Route, RouteSetting } from "./core/models/route"
import type { BilledTierBasis } from "./core/tiers/billed-tier"
import type { UnpricedReason } from "./core/cost/price-request"
import type { SelectableTier, ServedTier } from "./core/tiers/service-tier"
import { tierChoice, type TierChoice } from "./core/tiers/tier-options"
import { decideTier, offeredTiers, type NotSentReason, type TierDecision } from "./core/tiers/tier-support"
import * as bedrockCatalog from "../providers/bedrock"

export { formatUnitPrice as formatBedrockUnitPrice } from "./core/cost/format-usd"
export { priceRequest as priceBedrockRequest } from "./core/cost/price-request"
export { calculateCost as calculateBedrockCost } from "./core/cost/calculate-cost"
export type { TokenUsage as BedrockTokenUsage } from "./core/cost/token-usage"
export type { TierChoice as BedrockTierChoice, TierOption as BedrockTierOption } from "./core/tiers/tier-options"
export type { SelectableTier as BedrockTier } from "./core/tiers/service-tier"

/** What is read of the provider settings. */
export interface BedrockTierSettings {
	apiModelId?: string
	awsCustomArn?: string
	awsRegion?: string
	awsUseCrossRegionInference?: boolean
	awsUseGlobalInference?: boolean
	awsBedrockServiceTier?: string
}

/** How a tier is stored in a profile. No other word may stand there: the whole profile would be dropped. */
const STORED_TIERS = { default: "STANDARD", flex: "FLEX", priority: "PRIORITY" } as const satisfies Record<
	SelectableTier,
	string
>
export type StoredBedrockTier = (typeof STORED_TIERS)[SelectableTier]

export function storedBedrockTier(tier: SelectableTier): StoredBedrockTier {
	return STORED_TIERS[tier]
}

/** The tier that the profile asks for; `default` when it asks for none. */
export function requestedBedrockTier({ awsBedrockServiceTier }: BedrockTierSettings): SelectableTier {
	const tiers = Object.keys(STORED_TIERS) as SelectableTier[]
	return tiers.find((tier) => STORED_TIERS[tier] === awsBedrockServiceTier) ?? "default"
}

/** What is known about a request before it is sent. */
export interface BedrockTierPlan {
	readonly requestedTier: SelectableTier
	readonly decision: TierDecision
	/** What Bedrock is given: an id, a profile id or an ARN. */
	readonly modelId: string
	/** Null where the id does not say which model it is (an application inference profile, an imported model). */
	readonly baseModelId: string | null
	/** Undefined where the catalog does not know the model. */
	readonly model: CatalogModel | undefined
	readonly region: string
	readonly route: Route
	/** Whether the model takes any tier but Standard, as far as is known. */
	readonly takesTiers: boolean
}

/**
 * Decides about a request to `modelId`. A model that is known to take no tier, and one that nothing is known of, gets
 * none; an application inference profile hides its model, so it gets what the person chose and Bedrock decides.
 */
export function planBedrockTier(settings: BedrockTierSettings, modelId: string): BedrockTierPlan {
	const requestedTier = requestedBedrockTier(settings)
	const ref = parseModelRef(modelId)
	const baseModelId = ref?.baseModelId ?? null
	const model = baseModelId === null ? undefined : findModel(baseModelId)
	const takesTiers = model ? offeredTiers(model, "converse").length > 1 : hidesItsModel(modelId)
	return {
		requestedTier,
		decision:
			takesTiers || requestedTier === "default"
				? decideTier(model, "converse", requestedTier)
				: { sentTier: null, notSentReason: "tier-not-offered" },
		modelId,
		baseModelId,
		model,
		region: ref?.kind === "arn" ? ref.region : (settings.awsRegion ?? ""),
		route: sentRoute(ref),
		takesTiers,
	}
}

/** Read off what is sent, whether the catalog knows of such a profile or not: that is what AWS goes by. */
function sentRoute(ref: ModelRef | null): Route {
	if (!ref || ref.kind === "base" || ref.prefix === null) return "in-region"
	return ref.prefix === "global" ? "global" : "geo"
}

/** An account's own profile over some model: AWS bills it as that model, and only AWS knows which it is. */
function hidesItsModel(modelId: string): boolean {
	return /^arn:[^:]+:bedrock:[^:]+:\d+:application-inference-profile\//.test(modelId)
}

/** The model's tiers with their prices, for a dropdown; null where there is nothing to choose. */
export function bedrockTierChoice(settings: BedrockTierSettings): TierChoice | null {
	const place = settingsPlace(settings)
	if (place === null || !planBedrockTier(settings, place.modelId).takesTiers) return null
	return tierChoice({ ...place, api: "converse" })
}

/** What of a model's description holds prices: USD per million tokens. */
interface PricedInfo {
	inputPrice?: number
	outputPrice?: number
	cacheReadsPrice?: number
	cacheWritesPrice?: number
}

/**
 * A model's description with the prices of the tier that would be sent, for its region and route. Where we know the
 * model but no price for it, the description has none either: never another model's, never another tier's. A model that
 * we do not know keeps the prices it came with.
 * @param sentModelId what Bedrock is given; absent = what the settings lead to
 */
export function withBedrockTierPrices<Info extends object | undefined>(
	info: Info,
	settings: BedrockTierSettings,
	sentModelId?: string,
): Info {
	const place: SettingsPlace | null =
		sentModelId === undefined
			? settingsPlace(settings)
			: { modelId: sentModelId, region: settings.awsRegion ?? "", route: "auto" }
	if (!info || place === null) return info
	const { decision, model } = planBedrockTier(settings, place.modelId)
	if (!model) return info
	const tier = decision.sentTier ?? "default"
	const option = tierChoice({ ...place, api: "converse" }).options.find((each) => each.tier === tier)
	const prices = option?.price?.prices
	const priced: PricedInfo = {
		inputPrice: prices?.inputUsdPerMTok ?? undefined,
		outputPrice: prices?.outputUsdPerMTok ?? undefined,
		cacheReadsPrice: prices?.cacheReadUsdPerMTok ?? undefined,
		cacheWritesPrice: prices?.cacheWriteUsdPerMTok ?? undefined,
	}
	return { ...info, ...priced }
}

interface SettingsPlace {
	readonly modelId: string
	readonly region: string
	readonly route: RouteSetting
}

/** The model, region and route that the settings lead to; null when no model is chosen. */
function settingsPlace(settings: BedrockTierSettings): SettingsPlace | null {
	const { apiModelId, awsCustomArn } = settings
	const typed = apiModelId === "custom-arn" ? awsCustomArn : apiModelId
	if (!typed) return null
	// A profile's prefix is taken off and put on again by the two switches.
	const ref = parseModelRef(typed)
	const modelId = ref?.kind === "profile" ? ref.baseModelId : typed
	const region = settings.awsRegion ?? ""
	if (settings.awsUseGlobalInference && hasGlobalSwitch(modelId)) return { modelId, region, route: "global" }
	return { modelId, region, route: settings.awsUseCrossRegionInference ? "geo" : "auto" }
}

/** Whether the settings' global switch holds for the model. Older catalogues have no such switch, and no such list. */
function hasGlobalSwitch(modelId: string): boolean {
	const { BEDROCK_GLOBAL_INFERENCE_MODEL_IDS: ids } = bedrockCatalog as {
		BEDROCK_GLOBAL_INFERENCE_MODEL_IDS?: readonly string[]
	}
	return ids?.includes(modelId) ?? false
}

/** Why a chosen tier was not sent. `sdk-without-tiers`: the installed AWS SDK would have dropped it in silence. */
export type BedrockTierNotSentReason = NotSentReason | "sdk-without-tiers"

/** What a chat row says about a request's tier and cost. */
export interface BedrockTierUsage {
	readonly requestedTier: SelectableTier
	/** Null = it was sent, or Standard was asked for, which is sent by sending nothing. */
	readonly notSentReason: BedrockTierNotSentReason | null
	/** As Bedrock reported it; null = it reported none. */
	readonly servedTier: ServedTier | null
	/** What the cost is computed with, and why. */
	readonly billedTier: ServedTier
	readonly basis: BilledTierBasis
	/** USD: all of the cost, or the part that has a price. */
	readonly knownUsd: number
	/** Null = all of the cost is known. */
	readonly unpricedReason: UnpricedReason | null
}
