import { calledRegion, parseModelRef, REQUEST_APIS, resolveRoute, ROUTES, SERVICE_TIERS } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import type { ProfileSettings } from "./settings"

const nonEmpty = z.string().check(z.minLength(1))

/** A tier as Bedrock was asked for it. */
export const tierRequestSchema = z.strictObject({
	/** As Bedrock was given it. */
	modelId: nonEmpty,
	api: z.enum(REQUEST_APIS),
	region: nonEmpty,
	/** What the model id says of it; an application profile's as AWS or the person said. */
	route: z.enum(ROUTES),
	tier: z.enum(SERVICE_TIERS),
})
export type TierRequest = z.infer<typeof tierRequestSchema>

/** What Bedrock said to a tier: it took the request, or it refused the tier. Any other failure says nothing about it. */
export type TierOutcome = { readonly tierRequest: TierRequest; readonly accepted: boolean }

/** How long a refusal is remembered: AWS adds tiers to models without telling, so it is asked again some time. */
export const REFUSAL_REMEMBERED_DAYS = 7

/** A tier that Bedrock refused to a profile, which stands for an account. */
export const tierRefusalSchema = z.strictObject({
	profileId: nonEmpty,
	tierRequest: tierRequestSchema,
	refusedAt: z.iso.datetime(),
	rememberedUntil: z.iso.datetime(),
})
export type TierRefusal = z.infer<typeof tierRefusalSchema>

/** The route is not compared: the id as it is called leaves no choice of it. */
export function isSameTierRequest(one: TierRequest, other: TierRequest): boolean {
	return (
		one.modelId === other.modelId && one.api === other.api && one.region === other.region && one.tier === other.tier
	)
}

/** Which of them speak of what these settings would ask for, in the order of the list. */
export function refusalsFor(
	refusals: readonly TierRefusal[],
	profileId: string,
	{ modelId, api, region, route }: ProfileSettings,
): TierRefusal[] {
	const ref = parseModelRef(modelId)
	if (!ref) return []
	const resolved = resolveRoute(ref, region, route)
	const called = calledRegion(ref, region)
	return refusals.filter(
		({ profileId: of, tierRequest }) =>
			of === profileId &&
			tierRequest.api === api &&
			tierRequest.region === called &&
			// Where the table knows no route, the account's own profiles gave one: any of the model's counts then.
			(resolved.ok
				? tierRequest.modelId === resolved.bedrockModelId
				: parseModelRef(tierRequest.modelId)?.baseModelId === ref.baseModelId),
	)
}
