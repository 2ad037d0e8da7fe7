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

/** The provider settings on which the service tier depends. */
export interface BedrockTierSettings {
	apiModelId?: string
	awsCustomArn?: string
	awsRegion?: string
	awsUseCrossRegionInference?: boolean
	awsUseGlobalInference?: boolean
	awsBedrockServiceTier?: string
}

/** The stored value of each tier in a profile. With any other value the whole profile would be dropped. */
const STORED_TIERS = { default: "STANDARD", flex: "FLEX", priority: "PRIORITY" } as const satisfies Record<
	SelectableTier,
	string
>
export type StoredBedrockTier = (typeof STORED_TIERS)[SelectableTier]

export function storedBedrockTier(tier: SelectableTier): StoredBedrockTier {
	return STORED_TIERS[tier]
}

/** The tier that the profile requests; `default` when it requests none. */
export function requestedBedrockTier({ awsBedrockServiceTier }: BedrockTierSettings): SelectableTier {
	const tiers = Object.keys(STORED_TIERS) as SelectableTier[]
	return tiers.find((tier) => STORED_TIERS[tier] === awsBedrockServiceTier) ?? "default"
}

/** What is known about a request before it is sent. */
export interface BedrockTierPlan {
	readonly requestedTier: SelectableTier
	readonly decision: TierDecision
	/** The id that is sent to Bedrock: a model id, a profile id or an ARN. */
	readonly modelId: string
	/** `null` when the id does not identify the model (an application inference profile, an imported model). */
	readonly baseModelId: string | null
	/** `undefined` when the model is not in the catalog. */
	readonly model: CatalogModel | undefined
	readonly region: string
	readonly route: Route
	/** Whether the model supports a tier other than Standard, as far as is known. */
	readonly supportsTiers: boolean
}

/**
 * Plans the service tier of a request to `modelId`. No tier is sent to an unknown model, or to one that is known to
 * support none. An application inference profile hides its model: the user's tier is sent, and Bedrock decides.
 */
export function planBedrockTier(settings: BedrockTierSettings, modelId: string): BedrockTierPlan {
	const requestedTier = requestedBedrockTier(settings)
	const ref = parseModelRef(modelId)
	const baseModelId = ref?.baseModelId ?? null
	const model = baseModelId === null ? undefined : findModel(baseModelId)
	const supportsTiers = model ? offeredTiers(model, "converse").length > 1 : isApplicationProfile(modelId)
	return {
		requestedTier,
		decision:
			supportsTiers || requestedTier === "default"
				? decideTier(model, "converse", requestedTier)
				: { sentTier: null, notSentReason: "tier-not-offered" },
		modelId,
		baseModelId,
		model,
		region: ref?.kind === "arn" ? ref.region : (settings.awsRegion ?? ""),
		route: sentRoute(ref),
		supportsTiers,
	}
}

/** The route of the id that is sent, even if the catalog does not know the profile: AWS uses the id too. */
function sentRoute(ref: ModelRef | null): Route {
	if (!ref || ref.kind === "base" || ref.prefix === null) return "in-region"
	return ref.prefix === "global" ? "global" : "geo"
}

/** An application inference profile is billed as its underlying model, which only AWS knows. */
function isApplicationProfile(modelId: string): boolean {
	return /^arn:[^:]+:bedrock:[^:]+:\d+:application-inference-profile\//.test(modelId)
}

/** The model's tiers with their prices, for a dropdown; `null` when there is nothing to choose. */
export function bedrockTierChoice(settings: BedrockTierSettings): TierChoice | null {
	const selection = selectedModel(settings)
	if (selection === null || !planBedrockTier(settings, selection.modelId).supportsTiers) return null
	return tierChoice({ ...selection, api: "converse" })
}

/** The price fields of a model's description, in USD per million tokens. */
interface PricedInfo {
	inputPrice?: number
	outputPrice?: number
	cacheReadsPrice?: number
	cacheWritesPrice?: number
}

/**
 * Returns a model's description with the prices of the tier that would be sent, for the region and route. If the
 * catalog has the model but not its price, the description has no price either, never the price of another model or
 * tier. A model that is not in the catalog keeps its prices.
 * @param sentModelId the id that is sent to Bedrock; when omitted, it is derived from the settings
 */
export function withBedrockTierPrices<Info extends object | undefined>(
	info: Info,
	settings: BedrockTierSettings,
	sentModelId?: string,
): Info {
	const selection: SelectedModel | null =
		sentModelId === undefined
			? selectedModel(settings)
			: { modelId: sentModelId, region: settings.awsRegion ?? "", route: "auto" }
	if (!info || selection === null) return info
	const { decision, model } = planBedrockTier(settings, selection.modelId)
	if (!model) return info
	const tier = decision.sentTier ?? "default"
	const option = tierChoice({ ...selection, api: "converse" }).options.find((each) => each.tier === tier)
	const prices = option?.price?.prices
	const priced: PricedInfo = {
		inputPrice: prices?.inputUsdPerMTok ?? undefined,
		outputPrice: prices?.outputUsdPerMTok ?? undefined,
		cacheReadsPrice: prices?.cacheReadUsdPerMTok ?? undefined,
		cacheWritesPrice: prices?.cacheWriteUsdPerMTok ?? undefined,
	}
	return { ...info, ...priced }
}

interface SelectedModel {
	readonly modelId: string
	readonly region: string
	readonly route: RouteSetting
}

/** The model, region and route that the settings select; `null` when no model is selected. */
function selectedModel(settings: BedrockTierSettings): SelectedModel | null {
	const { apiModelId, awsCustomArn } = settings
	const configuredId = apiModelId === "custom-arn" ? awsCustomArn : apiModelId
	if (!configuredId) return null
	// The prefix of a profile is removed here; the two inference settings below determine the route.
	const ref = parseModelRef(configuredId)
	const modelId = ref?.kind === "profile" ? ref.baseModelId : configuredId
	const region = settings.awsRegion ?? ""
	if (settings.awsUseGlobalInference && supportsGlobalInference(modelId)) return { modelId, region, route: "global" }
	return { modelId, region, route: settings.awsUseCrossRegionInference ? "geo" : "auto" }
}

/** Whether the global inference setting applies to the model. Older catalogs have neither the setting nor the list. */
function supportsGlobalInference(modelId: string): boolean {
	const { BEDROCK_GLOBAL_INFERENCE_MODEL_IDS: ids } = bedrockCatalog as {
		BEDROCK_GLOBAL_INFERENCE_MODEL_IDS?: readonly string[]
	}
	return ids?.includes(modelId) ?? false
}

/** Why a requested tier was not sent. `sdk-without-tiers`: the installed AWS SDK would have silently dropped it. */
export type BedrockTierNotSentReason = NotSentReason | "sdk-without-tiers"

/** The service tier and cost of a request, as stored in its chat row. */
export interface BedrockTierUsage {
	readonly requestedTier: SelectableTier
	/** `null` when the tier was sent, or when Standard was requested, which is sent by omitting the field. */
	readonly notSentReason: BedrockTierNotSentReason | null
	/** The tier that Bedrock reported; `null` when it reported none. */
	readonly servedTier: ServedTier | null
	/** The tier whose prices apply; `basis` is the reason. */
	readonly billedTier: ServedTier
	readonly basis: BilledTierBasis
	/** In USD: the whole cost, or the part of it that has a price. */
	readonly knownUsd: number
	/** `null` when the whole cost is known. */
	readonly unpricedReason: UnpricedReason | null
}
