import {
	calledRegion,
	decideTier,
	findModel,
	isRegionCode,
	LIST_PRICES,
	modelRefMistakeInWords,
	parseModelRef,
	readModelRef,
	resolveRoute,
	type CatalogModel,
	type Pricing,
	type Route,
	type TierDecision,
} from "@bedrock-tiers/core"
import { isAllowedEndpoint, type Credentials } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../provider-failure"
import type { BedrockCredentials, BedrockHandlerOptions } from "./handler-options"

/** What is decided about a request before anything is sent. */
export type RequestPlan = {
	/** What Bedrock is given. */
	readonly bedrockModelId: string
	readonly baseModelId: string | null
	readonly model: CatalogModel | undefined
	readonly region: string
	readonly route: Route
	readonly tier: TierDecision
	/** As the person set it: own prices go by it. */
	readonly typedModelId: string
	readonly pricing: Pricing
	/** How it is signed, without the secrets. */
	readonly credentials: Credentials
}

/** Throws a `bad-input` failure that says what is wrong, before anything is sent. */
export function planRequest(options: BedrockHandlerOptions): RequestPlan {
	if (options.endpoint !== null && !isAllowedEndpoint(options.endpoint))
		throw new ProviderFailure("bad-input", "The endpoint must be https, or http on this machine.")
	const ref = readModelRef(options.modelId)
	if ("problem" in ref) throw new ProviderFailure("bad-input", modelRefMistakeInWords(options.modelId, ref))
	if (!isRegionCode(options.region))
		throw new ProviderFailure("bad-input", `"${options.region}" is not an AWS region code.`)
	const region = calledRegion(ref, options.region)
	const model = ref.baseModelId === null ? undefined : findModel(ref.baseModelId)
	if (model && !model.apis.includes(options.api))
		throw new ProviderFailure("bad-input", `${model.name} cannot be called through Converse.`)
	const resolved = resolveRoute(ref, region, options.route)
	if (!resolved.ok) throw new ProviderFailure("bad-input", resolved.message)
	return {
		bedrockModelId: resolved.bedrockModelId,
		baseModelId: ref.baseModelId,
		model,
		region,
		route: resolved.route,
		tier: decideTier(model, options.api, options.serviceTier),
		typedModelId: options.modelId,
		pricing: options.pricing ?? LIST_PRICES,
		credentials: withoutSecrets(options.credentials),
	}
}

/** What a router's choice costs by: its own model, region and route. Unknown where its name says no model. */
export function invokedModel(
	plan: RequestPlan,
	modelId: string,
): Pick<RequestPlan, "baseModelId" | "region" | "route"> {
	const ref = parseModelRef(modelId)
	if (!ref) return { baseModelId: null, region: plan.region, route: plan.route }
	const region = calledRegion(ref, plan.region)
	const resolved = resolveRoute(ref, region, "auto")
	return { baseModelId: ref.baseModelId, region, route: resolved.ok ? resolved.route : plan.route }
}

function withoutSecrets(credentials: BedrockCredentials): Credentials {
	const { method } = credentials
	return method === "profile" ? { method, profile: credentials.profile } : { method }
}
