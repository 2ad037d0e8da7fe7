import { findPriceCard, type ServiceTier } from "@bedrock-tiers/core"
import type { ModelInfo } from "../../provider-contract"
import type { RequestPlan } from "./request-plan"

/** The host asks for a number; AWS's smallest context window among its text models. */
const UNKNOWN_CONTEXT_WINDOW = 32_000

/** What the host shows of a model, with the prices of the tier that will be asked for. Unknown prices are absent. */
export function modelInfo(plan: RequestPlan): ModelInfo {
	const tier: ServiceTier = plan.tier.sentTier ?? "default"
	const { card } = findPriceCard({
		baseModelId: plan.baseModelId,
		region: plan.region,
		route: plan.route,
		tier,
		promptTokens: 0,
	})
	const { model } = plan
	return {
		contextWindow: model?.contextWindow ?? UNKNOWN_CONTEXT_WINDOW,
		...present("maxTokens", model?.maxOutputTokens),
		supportsImages: model?.images ?? false,
		supportsPromptCache: model?.promptCaching != null,
		...present("inputPrice", card?.inputUsdPerMTok),
		...present("outputPrice", card?.outputUsdPerMTok),
		...present("cacheReadsPrice", card?.cacheReadUsdPerMTok),
		...present("cacheWritesPrice", card?.cacheWriteUsdPerMTok),
	}
}

function present<K extends string>(key: K, value: number | null | undefined): { [key in K]?: number } {
	return value == null ? {} : ({ [key]: value } as { [key in K]: number })
}
