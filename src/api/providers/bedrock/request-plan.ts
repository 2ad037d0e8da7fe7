import {
	apiName,
	calledRegion,
	decideTier,
	findModel,
	isApplicationProfile,
	isRegionCode,
	LIST_PRICES,
	normalizeModelId,
	parseModelRef,
	declaredModel,
	profilesMayKnowMore,
	readModelRef,
	resolveRoute,
	routeByProfiles,
	type BedrockApi,
	type CatalogModel,
	type ModelNamedBy,
	type ModelRef,
	type OmittableParameter,
	type Pricing,
	type ResolvedRoute,
	type Route,
	type RouteMiss,
	type TierDecision,
} from "@bedrock-tiers/core"
import { detail, modelRefDetail, routeDetails, type ErrorDetail } from "@bedrock-tiers/error-details"
import { isAllowedEndpoint } from "@bedrock-tiers/protocol"
import { badInput } from "../../provider-failure"
import { signingOf, type Signing } from "./connection/signing"
import type { BedrockHandlerOptions } from "./handler-options"
import { rememberedModel, type LookupFailure, type ProfileLookup, type ProfileModel } from "./connection/profile-lookup"

/** Decisions about a request, made before anything is sent. */
export type RequestPlan = {
	/** Model id or ARN that is sent to Bedrock. */
	readonly bedrockModelId: string
	readonly baseModelId: string | null
	readonly modelNamedBy: ModelNamedBy
	readonly model: CatalogModel | undefined
	readonly api: BedrockApi
	readonly region: string
	readonly route: Route
	readonly tier: TierDecision
	/** Parameters that Bedrock refused for the model and the API before. */
	readonly refusedParameters: readonly OmittableParameter[]
	/** Model id as the user entered it, normalized; the user's own prices are looked up by it. */
	readonly typedModelId: string
	readonly pricing: Pricing
	readonly signing: Signing
}

/** Results of lookups in the AWS account; absent when no lookup was made. */
export type AccountFacts = {
	/** Model of the application inference profile that is called. */
	readonly profileModel?: ProfileModel | LookupFailure
	/** Profile ids that can be called from the region. */
	readonly profileIds?: readonly string[] | LookupFailure
}

/**
 * Plans a request from the catalog and the account lookups. Throws a `bad-input` failure that says what is wrong,
 * before anything is sent.
 */
export function planRequest(options: BedrockHandlerOptions, facts: AccountFacts = {}): RequestPlan {
	const ref = readRef(options)
	const region = calledRegion(ref, options.region)
	const resolved = routeOf(ref, region, options, facts)
	if (!resolved.ok) throw badInput([...routeDetails(resolved), ...profileListNotes(facts)])
	const { baseModelId, route, namedBy } = namedModel(ref, resolved.route, options, facts)
	const model = baseModelId === null ? undefined : findModel(baseModelId)
	if (model && !model.apis.includes(options.api))
		throw badInput(detail("request.api-not-supported", { model: model.name, api: apiName(options.api) }))
	return {
		bedrockModelId: resolved.bedrockModelId,
		baseModelId,
		modelNamedBy: namedBy,
		model,
		api: options.api,
		region,
		route,
		tier: decideTier(model, options.api, options.serviceTier),
		refusedParameters: (options.refusedParameters ?? [])
			.filter(({ modelId, api }) => modelId === resolved.bedrockModelId && api === options.api)
			.map(({ parameter }) => parameter),
		typedModelId: ref.modelId,
		pricing: options.pricing ?? LIST_PRICES,
		signing: signingOf(options.credentials),
	}
}

/** Plans a request after looking up in the account what the catalog cannot know; usually no lookup is needed. */
export async function planAfterLookup(
	options: BedrockHandlerOptions,
	lookup: ProfileLookup,
	signal: AbortSignal,
): Promise<RequestPlan> {
	const ref = readRef(options)
	const region = calledRegion(ref, options.region)
	if (isApplicationProfile(ref))
		return planRequest(options, { profileModel: await lookup.model(ref.modelId, region, signal) })
	if (!profilesMayKnowMore(ref, options.route, resolveRoute(ref, region, options.route))) return planRequest(options)
	return planRequest(options, { profileIds: await lookup.profileIds(region, signal) })
}

/** Plans a request from what is known without a lookup. */
export function planWithoutLookup(options: BedrockHandlerOptions): RequestPlan {
	const profileModel = rememberedModel(options, normalizeModelId(options.modelId))
	return planRequest(options, profileModel ? { profileModel } : {})
}

function readRef(options: BedrockHandlerOptions): ModelRef {
	if (options.endpoint !== null && !isAllowedEndpoint(options.endpoint))
		throw badInput(detail("request.endpoint-invalid"))
	const ref = readModelRef(options.modelId)
	if ("problem" in ref) throw badInput(modelRefDetail(options.modelId, ref))
	if (!isRegionCode(options.region)) throw badInput(detail("request.region-invalid", { region: options.region }))
	return ref
}

/** The account's own profile list has precedence where the built-in table refuses or does not know the route. */
function routeOf(
	ref: ModelRef,
	region: string,
	options: BedrockHandlerOptions,
	{ profileIds }: AccountFacts,
): ResolvedRoute | RouteMiss {
	const listed = typeof profileIds === "object" ? routeByProfiles(ref, options.route, profileIds) : undefined
	return listed ?? resolveRoute(ref, region, options.route)
}

/**
 * AWS's lookup of an application profile has precedence over the user's declaration. Without either the model is
 * unknown.
 */
function namedModel(
	ref: ModelRef,
	route: Route,
	{ declaredModels, region }: BedrockHandlerOptions,
	{ profileModel }: AccountFacts,
): { baseModelId: string | null; route: Route; namedBy: ModelNamedBy } {
	if (typeof profileModel === "object") return { ...profileModel, namedBy: "account" }
	const declared = declaredModel(ref, region, declaredModels)
	if (declared) return { ...declared, namedBy: "person" }
	return { baseModelId: ref.baseModelId, route, namedBy: ref.baseModelId === null ? "nobody" : "id" }
}

function profileListNotes({ profileIds }: AccountFacts): ErrorDetail[] {
	if (profileIds === "denied") return [detail("request.profiles-denied")]
	return profileIds === "failed" ? [detail("request.profiles-failed")] : []
}

/**
 * Returns the model, region and route that determine the price of a prompt router's choice. `baseModelId` is `null`
 * when the id does not name a model.
 */
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
