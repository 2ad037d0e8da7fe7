import { effectivePrice, type ServiceTier } from "@bedrock-tiers/core"
import type { ModelInfo } from "../../provider-contract"
import type { RequestPlan } from "./request-plan"

/** Used for an unknown context window, because the host requires a number: the smallest among AWS's text models. */
const UNKNOWN_CONTEXT_WINDOW = 32_000

/** Model properties that the host shows, with the prices of the tier that will be sent. Unknown prices are absent. */
export function modelInfo(plan: RequestPlan): ModelInfo {
	const tier: ServiceTier = plan.tier.sentTier ?? "default"
	const { baseModelId, region, route, typedModelId: modelId } = plan
	const { price } = effectivePrice({ modelId, baseModelId, region, route, tier, promptTokens: 0 }, plan.pricing)
	const prices = price?.prices
	const { model } = plan
	return {
		contextWindow: model?.contextWindow ?? UNKNOWN_CONTEXT_WINDOW,
		...present("maxTokens", model?.maxOutputTokens),
		supportsImages: model?.images ?? false,
		supportsPromptCache: model?.promptCaching != null,
		...present("inputPrice", prices?.inputUsdPerMTok),
		...present("outputPrice", prices?.outputUsdPerMTok),
		...present("cacheReadsPrice", prices?.cacheReadUsdPerMTok),
		...present("cacheWritesPrice", prices?.cacheWriteUsdPerMTok),
	}
}

function present<K extends string>(key: K, value: number | null | undefined): { [key in K]?: number } {
	return value == null ? {} : ({ [key]: value } as { [key in K]: number })
}
