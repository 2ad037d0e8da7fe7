import {
	calledRegion,
	OMITTABLE_PARAMETERS,
	parseModelRef,
	REQUEST_APIS,
	resolveRoute,
	ROUTES,
	SERVICE_TIERS,
} from "@bedrock-tiers/core"
import type { ErrorDetail } from "@bedrock-tiers/error-details"
import * as z from "zod/mini"
import type { ProfileSettings } from "./settings"

const nonEmpty = z.string().check(z.minLength(1))

/** A tier as requested from Bedrock. */
export const tierRequestSchema = z.strictObject({
	/** As sent to Bedrock. */
	modelId: nonEmpty,
	api: z.enum(REQUEST_APIS),
	region: nonEmpty,
	/** Route named by the model id, or for an application profile, reported by AWS or declared by the user. */
	route: z.enum(ROUTES),
	tier: z.enum(SERVICE_TIERS),
})
export type TierRequest = z.infer<typeof tierRequestSchema>

/** Whether Bedrock accepted a request with the tier or refused the tier. Other failures say nothing about the tier. */
export type TierOutcome = { readonly tierRequest: TierRequest; readonly accepted: boolean }

/** Days for which a refusal is remembered. AWS adds tiers to models without notice, so it is tried again later. */
export const REFUSAL_REMEMBERED_DAYS = 7

/** A tier that Bedrock refused for a profile, which represents an account. */
export const tierRefusalSchema = z.strictObject({
	profileId: nonEmpty,
	tierRequest: tierRequestSchema,
	refusedAt: z.iso.datetime(),
	rememberedUntil: z.iso.datetime(),
})
export type TierRefusal = z.infer<typeof tierRefusalSchema>

/** The route is not compared, because the model id as sent determines it. */
export function isSameTierRequest(one: TierRequest, other: TierRequest): boolean {
	return (
		one.modelId === other.modelId && one.api === other.api && one.region === other.region && one.tier === other.tier
	)
}

/** Refusals that apply to a request with these settings, in the order of the list. */
export function refusalsFor(
	refusals: readonly TierRefusal[],
	profileId: string,
	{ modelId, api, region, route }: ProfileSettings,
): TierRefusal[] {
	const ref = parseModelRef(modelId)
	if (!ref) return []
	const resolved = resolveRoute(ref, region, route)
	const requestRegion = calledRegion(ref, region)
	return refusals.filter(
		({ profileId: refusedProfileId, tierRequest }) =>
			refusedProfileId === profileId &&
			tierRequest.api === api &&
			tierRequest.region === requestRegion &&
			// When the catalog knows no route, the account's profiles gave it, so any id of the base model applies.
			(resolved.ok
				? tierRequest.modelId === resolved.bedrockModelId
				: parseModelRef(tierRequest.modelId)?.baseModelId === ref.baseModelId),
	)
}

/** A parameter of requests to a model through an API. */
export const parameterRequestSchema = z.strictObject({
	/** As sent to Bedrock. */
	modelId: nonEmpty,
	api: z.enum(REQUEST_APIS),
	parameter: z.enum(OMITTABLE_PARAMETERS),
})
export type ParameterRequest = z.infer<typeof parameterRequestSchema>

/** A parameter that Bedrock refused, and that the user chose to leave out. */
export const parameterRefusalSchema = z.strictObject({
	profileId: nonEmpty,
	parameterRequest: parameterRequestSchema,
	rememberedUntil: z.iso.datetime(),
})
export type ParameterRefusal = z.infer<typeof parameterRefusalSchema>

/**
 * The parameter that an error says Bedrock refused; `null` when the error is another one.
 * @param details of a failed answer
 */
export function refusedParameterRequest(details: readonly ErrorDetail[]): ParameterRequest | null {
	const refusal = details.find(({ code }) => code === "request.parameter-refused")
	const { modelId, api, parameter } = refusal?.params ?? {}
	return parameterRequestSchema.safeParse({ modelId, api, parameter }).data ?? null
}
