import type { CatalogModel } from "./catalog-model"
import { findModel } from "./catalog"
import { calledRegion, type ModelRef } from "./model-ref"
import { KNOWN_PROFILE_PREFIXES } from "./profile-prefixes"
import type { Route, RouteSetting } from "./route"

export type ResolvedRoute = {
	readonly ok: true
	readonly route: Route
	/** The model id to send to Bedrock. */
	readonly bedrockModelId: string
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
export type AvailableRoute = {
	readonly route: Route
	/** The model id to send to Bedrock. */
	readonly bedrockModelId: string
}

/** The routes by which the model can be called from the region, according to the catalog. */
export function availableRoutes(model: CatalogModel, region: string): Route[] {
	const routes: Route[] = []
	if (model.routes.inRegion.includes(region)) routes.push("in-region")
	if (geoPrefix(model, region) !== undefined) routes.push("geo")
	if (model.routes.global.includes(region)) routes.push("global")
	return routes
}

function geoPrefix(model: CatalogModel, region: string): string | undefined {
	return model.routes.geo.find((geo) => geo.sourceRegions.includes(region))?.prefix
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
	const available = availableRoutes(model, region)
	const miss = (reason: RouteMiss["reason"]) => missOf(reason, model, region, setting)
	if (setting === "auto") {
		if (available.includes("in-region")) return resolved("in-region", baseModelId, true)
		if (available.includes("geo")) return resolved("geo", routedId(model, region, "geo"), true)
		if (available.includes("global")) return miss("only-global")
	} else if (available.includes(setting)) {
		return resolved(setting, routedId(model, region, setting), true)
	}
	// The catalog's region lists may lag behind AWS. A model that requires a profile everywhere requires one here too.
	const mayBeNewHere = (setting === "auto" || setting === "in-region") && model.routes.inRegion.length > 0
	if (mayBeNewHere && available.length === 0) return resolved("in-region", baseModelId, false)
	return miss(available.length === 0 ? "not-callable-here" : "no-such-route")
}

/** The model id to send for an available route. */
function routedId(model: CatalogModel, region: string, route: Route): string {
	if (route === "in-region") return model.id
	return `${route === "global" ? "global" : geoPrefix(model, region)}.${model.id}`
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
	const needsProfile = prefix === null && model.routes.inRegion.length === 0
	if (!needsProfile && (prefix === null || mayHaveProfile(model, prefix)))
		return resolved(route, modelId, isListed(model, prefix, region))
	return missOf(needsProfile ? "needs-profile" : "no-such-profile", model, region, prefix ?? "")
}

/** An unknown prefix may be a new geography. */
function mayHaveProfile(model: CatalogModel, prefix: string): boolean {
	const { geo, global } = model.routes
	const hasProfile = prefix === "global" ? global.length > 0 : geo.some((profile) => profile.prefix === prefix)
	return hasProfile || !KNOWN_PROFILE_PREFIXES.includes(prefix)
}

function isListed({ routes }: CatalogModel, prefix: string | null, region: string): boolean {
	if (prefix === null) return routes.inRegion.includes(region)
	if (prefix === "global") return routes.global.includes(region)
	return routes.geo.some((profile) => profile.prefix === prefix && profile.sourceRegions.includes(region))
}

function resolved(route: Route, bedrockModelId: string, verified: boolean): ResolvedRoute {
	return { ok: true, route, bedrockModelId, verified }
}

function missOf(reason: RouteMiss["reason"], model: CatalogModel, region: string, requested: string): RouteMiss {
	const available = availableRoutes(model, region).map((route) => ({
		route,
		bedrockModelId: routedId(model, region, route),
	}))
	return { ok: false, reason, model: model.name, region, requested, available }
}
