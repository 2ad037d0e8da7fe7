import type { ModelRef } from "./model-ref"
import type { RouteSetting } from "./route"
import type { ResolvedRoute, RouteMiss } from "./routes"

/** Whether the account's own profiles could resolve more than the catalog did. False for ordinary cases. */
export function profilesMayKnowMore(
	ref: ModelRef,
	setting: RouteSetting,
	resolution: ResolvedRoute | RouteMiss,
): boolean {
	if (ref.kind !== "base") return !resolution.ok && ref.prefix !== null
	return setting !== "in-region" && !(resolution.ok && resolution.verified)
}

/**
 * Resolves the route by the account's inference profiles; `undefined` when none of them matches. The global route is
 * used only when the user chose it.
 * @param profileIds ids of the profiles that can be called from the region, as returned by ListInferenceProfiles
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
	const modelProfileIds = profileIds.filter((id) => id.slice(id.indexOf(".") + 1) === ref.baseModelId)
	const bedrockModelId = modelProfileIds.find((id) => id.startsWith("global.") === (route === "global"))
	return bedrockModelId === undefined ? undefined : { ok: true, route, bedrockModelId, verified: true }
}
