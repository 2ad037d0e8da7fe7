import {
	decideTier,
	findModel,
	LIST_PRICES,
	priceRequest,
	tierSupport,
	type RequestApi,
	type ServiceTier,
	type TierSupport,
} from "@bedrock-tiers/core"
import { pricedTarget, type PricedTarget, type Target } from "./priced-target"

/** The prompt of each request. */
export const VERIFY_PROMPT = "Hi"
/** Output token limit of each request. Some models refuse a lower limit. */
export const VERIFY_OUTPUT_TOKENS = 16
/** Assumed input tokens per request, far above the actual count of the prompt and the model's own prompt template. */
export const VERIFY_INPUT_TOKENS = 500

/** Response modes: streamed, or as a whole. */
export const VERIFY_WAYS = ["stream", "whole"] as const
export type VerifyWay = (typeof VERIFY_WAYS)[number]

/** Names of the operations in AWS's API. */
export const OPERATION_NAMES: Readonly<Record<RequestApi, Readonly<Record<VerifyWay, string>>>> = {
	converse: { stream: "ConverseStream", whole: "Converse" },
	"invoke-model": { stream: "InvokeModelWithResponseStream", whole: "InvokeModel" },
}

/** One request to send, or why it is not sent. */
export type PlannedRequest = {
	readonly api: RequestApi
	readonly way: VerifyWay
	readonly tier: ServiceTier
	/** Support according to the catalog; `null` when the catalog does not have the model. */
	readonly support: TierSupport | null
	/** `false` when the model does not support the tier through the API: the request would be sent without a tier. */
	readonly send: boolean
	/** Maximum USD, at the more expensive of the tier and Standard; `null` when unpriced; 0 when nothing is sent. */
	readonly maxUsd: number | null
}

/** Plans one request per API, tier and response mode, in that order. */
export function planVerification(
	target: Target,
	apis: readonly RequestApi[],
	tiers: readonly ServiceTier[],
): PlannedRequest[] {
	const priced = pricedTarget(target)
	const model = priced.baseModelId === null ? undefined : findModel(priced.baseModelId)
	return apis.flatMap((api) =>
		tiers.flatMap((tier) => {
			const send = decideTier(model, api, tier).notSentReason === null
			const support = model ? tierSupport(model, api, tier) : null
			const maxUsd = send ? maxUsdOfRequest(target.model, priced, tier) : 0
			return VERIFY_WAYS.map((way) => ({ api, way, tier, support, send, maxUsd }))
		}),
	)
}

/** Maximum USD of one request. Any requested tier may be served as Standard, which can be more expensive. */
function maxUsdOfRequest(modelId: string, target: PricedTarget, tier: ServiceTier): number | null {
	const { baseModelId, region, route } = target
	// Without a route the request is refused before it is sent.
	if (route === null) return null
	const usage = {
		inputTokens: VERIFY_INPUT_TOKENS,
		outputTokens: VERIFY_OUTPUT_TOKENS,
		cacheReadTokens: 0,
		cacheWriteTokens: 0,
	}
	const costs = [tier, "default" as const].map(
		(sentTier) =>
			priceRequest({ modelId, baseModelId, region, route, sentTier, servedTier: null, usage }, LIST_PRICES)
				.totalUsd,
	)
	return costs.some((usd) => usd === null) ? null : Math.max(...costs.map((usd) => usd ?? 0))
}

/** Sum of amounts in USD; `null` when one of them is unknown. */
export function sumUsd(amounts: readonly (number | null)[]): number | null {
	return amounts.reduce((sum, usd) => (sum === null || usd === null ? null : sum + usd), 0)
}
