import type { CatalogModel } from "./catalog-model"
import { findModel } from "./catalog"
import { calledRegion, type ModelRef } from "./model-ref"
import { KNOWN_PROFILE_PREFIXES } from "./profile-prefixes"
import type { Route, RouteSetting } from "./route"

/** A route that exists, and the id by which it is called. */
type AvailableRoute = {
	readonly route: Route
	/** The model id to send to Bedrock. */
	readonly bedrockModelId: string
}

export type ResolvedRoute = AvailableRoute & {
	readonly ok: true
	/** False when the catalog does not know whether the model can be called by this route. */
	readonly verified: boolean
}

/** Why there is no route, and by which routes the model can be called instead. */
export type RouteMiss = {
	readonly ok: false
	readonly reason:
		"only-global" | "no-such-route" | "no-such-profile" | "needs-profile" | "not-callable-here" | "not-in-catalog"
	/** Name of the model; its id when it is not in the catalog. */
	readonly model: string
	readonly region: string
	/** The route setting or the profile prefix that does not exist; empty for an ARN. */
	readonly requested: string
	/** Routes that exist from this region. */
	readonly available: readonly AvailableRoute[]
}

/** The routes by which the model can be called from the region, according to the catalog. */
export function availableRoutes(model: CatalogModel, region: string): Route[] {
	return listedRoutes(model, region).map(({ route }) => route)
}

/** In the order in which `auto` prefers them. */
function listedRoutes({ id, routes }: CatalogModel, region: string): AvailableRoute[] {
	const listed: AvailableRoute[] = []
	if (routes.inRegion.includes(region)) listed.push({ route: "in-region", bedrockModelId: id })
	const geo = routes.geo.find(({ sourceRegions }) => sourceRegions.includes(region))
	if (geo) listed.push({ route: "geo", bedrockModelId: `${geo.prefix}.${id}` })
	if (routes.global.includes(region)) listed.push({ route: "global", bedrockModelId: `global.${id}` })
	return listed
}

/**
 * Resolves a model ref, a region and a route setting to the model id to send to Bedrock.
 * An id entered in full (profile or ARN) is used unchanged, whatever the setting, and rejected when it cannot exist.
 * `auto` never resolves to the global route, which lets data leave the geography: only the user can choose that.
 */
export function resolveRoute(ref: ModelRef, region: string, setting: RouteSetting): ResolvedRoute | RouteMiss {
	if (ref.kind !== "base") return typedRoute(ref, calledRegion(ref, region))
	const { baseModelId } = ref
	const model = findModel(baseModelId)
	if (!model) {
		if (setting === "auto" || setting === "in-region") return resolved("in-region", baseModelId, false)
		if (setting === "global") return resolved("global", `global.${baseModelId}`, false)
		return { ok: false, reason: "not-in-catalog", model: baseModelId, region, requested: setting, available: [] }
	}
	const available = listedRoutes(model, region)
	const found = available.find(({ route }) => (setting === "auto" ? route !== "global" : route === setting))
	if (found) return { ok: true, ...found, verified: true }
	if (setting === "auto" && available.length > 0) return missOf("only-global", model, region, setting)
	// The catalog's region lists may lag behind AWS. A model that requires a profile everywhere requires one here too.
	const mayBeNewHere = (setting === "auto" || setting === "in-region") && model.routes.inRegion.length > 0
	if (mayBeNewHere && available.length === 0) return resolved("in-region", baseModelId, false)
	return missOf(available.length === 0 ? "not-callable-here" : "no-such-route", model, region, setting)
}

/**
 * An id entered in full is sent unchanged, unless the catalog knows that it does not exist: a profile that the model
 * has in no region, or a foundation-model ARN of a model that can be called only through profiles.
 */
function typedRoute(ref: Exclude<ModelRef, { kind: "base" }>, region: string): ResolvedRoute | RouteMiss {
	const { prefix, baseModelId, modelId } = ref
	const route: Route = prefix === null ? "in-region" : prefix === "global" ? "global" : "geo"
	const model = baseModelId === null ? undefined : findModel(baseModelId)
	if (!model) return resolved(route, modelId, false)
	if (prefix === null && model.routes.inRegion.length === 0) return missOf("needs-profile", model, region, "")
	if (prefix !== null && !mayHaveProfile(model, prefix)) return missOf("no-such-profile", model, region, prefix)
	const listedId = prefix === null ? model.id : `${prefix}.${model.id}`
	const isListed = listedRoutes(model, region).some(({ bedrockModelId }) => bedrockModelId === listedId)
	return resolved(route, modelId, isListed)
}

/** An unknown prefix may be a new geography. */
function mayHaveProfile(model: CatalogModel, prefix: string): boolean {
	const { geo, global } = model.routes
	const hasProfile = prefix === "global" ? global.length > 0 : geo.some((profile) => profile.prefix === prefix)
	return hasProfile || !KNOWN_PROFILE_PREFIXES.includes(prefix)
}

function resolved(route: Route, bedrockModelId: string, verified: boolean): ResolvedRoute {
	return { ok: true, route, bedrockModelId, verified }
}

function missOf(reason: RouteMiss["reason"], model: CatalogModel, region: string, requested: string): RouteMiss {
	return { ok: false, reason, model: model.name, region, requested, available: listedRoutes(model, region) }
}
