import {
	decideTier,
	findModel,
	LIST_PRICES,
	parseModelRef,
	resolveRoute,
	type CatalogModel,
	type Pricing,
	type Route,
	type TierDecision,
} from "@bedrock-tiers/core"
import { isAllowedEndpoint } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../provider-failure"
import type { Fallback } from "./attempts"
import type { BedrockHandlerOptions } from "./handler-options"

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
}

/**
 * Throws a `bad-input` failure that says what is wrong, before anything is sent.
 * @param fallback why the chosen tier is not to be asked for again
 */
export function planRequest(options: BedrockHandlerOptions, fallback: Fallback = null): RequestPlan {
	if (options.endpoint !== null && !isAllowedEndpoint(options.endpoint))
		throw new ProviderFailure("bad-input", "The endpoint must be https, or http on this machine.")
	const ref = parseModelRef(options.modelId)
	if (!ref) throw new ProviderFailure("bad-input", `"${options.modelId}" is not a Bedrock model id or ARN.`)
	const region = ref.kind === "arn" ? ref.region : options.region
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
		tier: fallback
			? { sentTier: null, notSentReason: fallback }
			: decideTier(model, options.api, options.serviceTier),
		typedModelId: options.modelId,
		pricing: options.pricing ?? LIST_PRICES,
	}
}

/** What a router's choice costs by: its own model, region and route. Unknown where its name says no model. */
export function invokedModel(
	plan: RequestPlan,
	modelId: string,
): Pick<RequestPlan, "baseModelId" | "region" | "route"> {
	const ref = parseModelRef(modelId)
	if (!ref) return { baseModelId: null, region: plan.region, route: plan.route }
	const region = ref.kind === "arn" ? ref.region : plan.region
	const resolved = resolveRoute(ref, region, "auto")
	return { baseModelId: ref.baseModelId, region, route: resolved.ok ? resolved.route : plan.route }
}
