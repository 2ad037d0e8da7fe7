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
import { declaredModelOption } from "./arguments"

/** The whole prompt. */
export const VERIFY_PROMPT = "Hi"
/** The limit of each answer; some models refuse a lower one. */
export const VERIFY_OUTPUT_TOKENS = 16
/** Far above what a model makes of the prompt, its own frame around it included. */
export const VERIFY_INPUT_TOKENS = 500

export const VERIFY_WAYS = ["stream", "whole"] as const
export type VerifyWay = (typeof VERIFY_WAYS)[number]

/** The operations' names in AWS's API. */
export const OPERATION_NAMES: Readonly<Record<RequestApi, Readonly<Record<VerifyWay, string>>>> = {
	converse: { stream: "ConverseStream", whole: "Converse" },
	"invoke-model": { stream: "InvokeModelWithResponseStream", whole: "InvokeModel" },
}

export type VerifyTarget = {
	readonly model: string
	readonly region: string
	readonly route: RouteSetting
	readonly declaredModels?: string | undefined
	readonly apis: readonly RequestApi[]
	readonly tiers: readonly ServiceTier[]
}

/** One request to send, or why it is not sent. */
export type PlannedRequest = {
	readonly api: RequestApi
	readonly way: VerifyWay
	readonly tier: ServiceTier
	/** What the catalog says; null = it does not know the model. */
	readonly support: TierSupport | null
	/** False where the model does not take the tier through the API: sent, it would carry no tier and prove nothing. */
	readonly send: boolean
	/** USD, by the dearer of the tier and Standard; null = no price is known. 0 where nothing is sent. */
	readonly maxUsd: number | null
}

/** Each API × tier × way, in that order. */
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
	/** Null = none; the request is refused before it is sent. */
	readonly route: Route | null
}

function placeOf({ model, region, route, declaredModels }: VerifyTarget): Place {
	const ref = parseModelRef(model)
	const called = calledRegion(ref, region)
	const word = ref ? declaredModel(ref, called, declaredModelOption(model, declaredModels)) : undefined
	const baseModelId = word?.baseModelId ?? ref?.baseModelId ?? null
	return {
		modelId: model,
		model: baseModelId === null ? undefined : findModel(baseModelId),
		region: called,
		route: word?.route ?? (ref ? pricedRoute(ref, called, route).route : null),
	}
}

function planned(place: Place, api: RequestApi, way: VerifyWay, tier: ServiceTier): PlannedRequest {
	const send = decideTier(place.model, api, tier).notSentReason === null
	const support = place.model ? tierSupport(place.model, api, tier) : null
	return { api, way, tier, support, send, maxUsd: send ? maxUsd(place, tier) : 0 }
}

/** What is asked for may be served as Standard, which may cost more. */
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

/** The sum; null where one of them is not known. */
export function maxUsdOf(requests: readonly PlannedRequest[]): number | null {
	return requests.reduce<number | null>(
		(sum, { maxUsd }) => (sum === null || maxUsd === null ? null : sum + maxUsd),
		0,
	)
}
