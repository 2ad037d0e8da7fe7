import type { ModelRef } from "./model-ref"
import type { RouteSetting } from "./route"
import type { ResolvedRoute, RouteMiss } from "./routes"

/** Whether the account's own list of profiles could tell more than the catalog's answer. Not for the ordinary cases. */
export function profilesMayKnowMore(ref: ModelRef, setting: RouteSetting, answer: ResolvedRoute | RouteMiss): boolean {
	if (ref.kind !== "base") return !answer.ok && ref.prefix !== null
	return setting !== "in-region" && !(answer.ok && answer.verified)
}

/**
 * The route that the account's profiles open; undefined = none. The global one only where it was chosen.
 * @param profileIds those that can be called from the region, as ListInferenceProfiles names them
 */
export function routeByProfiles(
	ref: ModelRef,
	setting: RouteSetting,
	profileIds: readonly string[],
): ResolvedRoute | undefined {
	if (ref.kind !== "base") {
		if (ref.prefix === null || !profileIds.includes(`${ref.prefix}.${ref.baseModelId}`)) return undefined
		const route = ref.prefix === "global" ? "global" : "geo"
		return { ok: true, route, bedrockModelId: ref.modelId, verified: true }
	}
	if (setting === "in-region") return undefined
	const route = setting === "global" ? "global" : "geo"
	const ofModel = profileIds.filter((id) => id.slice(id.indexOf(".") + 1) === ref.baseModelId)
	const bedrockModelId = ofModel.find((id) => id.startsWith("global.") === (route === "global"))
	return bedrockModelId === undefined ? undefined : { ok: true, route, bedrockModelId, verified: true }
}
