import {
	calledRegion,
	decideTier,
	findModel,
	LIST_PRICES,
	parseModelRef,
	declaredModel,
	priceRequest,
	pricedRoute,
	REQUEST_APIS,
	tierSupport,
	type CatalogModel,
	type RequestApi,
	type Route,
	type RouteSetting,
	type ServiceTier,
	type TierSupport,
} from "@bedrock-tiers/core"
import { declaredModelsFor } from "./arguments"

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

export type VerifyTarget = {
	readonly model: string
	readonly region: string
	readonly route: RouteSetting
	readonly declaredModelId?: string | undefined
	readonly apis: readonly RequestApi[]
	readonly tiers: readonly ServiceTier[]
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
export function planVerification(target: VerifyTarget): PlannedRequest[] {
	const place = placeOf(target)
	return REQUEST_APIS.filter((api) => target.apis.includes(api)).flatMap((api) =>
		target.tiers.flatMap((tier) => VERIFY_WAYS.map((way) => planned(place, api, way, tier))),
	)
}

type Place = {
	readonly modelId: string
	readonly model: CatalogModel | undefined
	readonly region: string
	/** `null` when there is no route; the request is then refused before it is sent. */
	readonly route: Route | null
}

function placeOf({ model, region, route, declaredModelId }: VerifyTarget): Place {
	const ref = parseModelRef(model)
	const called = calledRegion(ref, region)
	const declared = ref ? declaredModel(ref, called, declaredModelsFor(model, declaredModelId)) : undefined
	const baseModelId = declared?.baseModelId ?? ref?.baseModelId ?? null
	return {
		modelId: model,
		model: baseModelId === null ? undefined : findModel(baseModelId),
		region: called,
		route: declared?.route ?? (ref ? pricedRoute(ref, called, route).route : null),
	}
}

function planned(place: Place, api: RequestApi, way: VerifyWay, tier: ServiceTier): PlannedRequest {
	const send = decideTier(place.model, api, tier).notSentReason === null
	const support = place.model ? tierSupport(place.model, api, tier) : null
	return { api, way, tier, support, send, maxUsd: send ? maxUsd(place, tier) : 0 }
}

/** Maximum USD of one request. Any requested tier may be served as Standard, which can be more expensive. */
function maxUsd({ modelId, model, region, route }: Place, tier: ServiceTier): number | null {
	if (route === null) return null
	const usage = {
		inputTokens: VERIFY_INPUT_TOKENS,
		outputTokens: VERIFY_OUTPUT_TOKENS,
		cacheReadTokens: 0,
		cacheWriteTokens: 0,
		cacheWrite1hTokens: 0,
	}
	const request = { modelId, baseModelId: model?.id ?? null, region, route, servedTier: null, usage }
	const costs = [tier, "default" as const].map(
		(sentTier) => priceRequest({ ...request, sentTier }, LIST_PRICES).totalUsd,
	)
	return costs.some((usd) => usd === null) ? null : Math.max(...costs.map((usd) => usd ?? 0))
}

/** Sum of the maximum costs in USD; `null` when one of them is unknown. */
export function maxUsdOf(requests: readonly PlannedRequest[]): number | null {
	return requests.reduce<number | null>(
		(sum, { maxUsd }) => (sum === null || maxUsd === null ? null : sum + maxUsd),
		0,
	)
}
