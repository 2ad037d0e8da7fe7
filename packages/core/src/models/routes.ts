import type { CatalogModel } from "./catalog-model"
import { findModel } from "./catalog"
import type { ModelRef } from "./model-ref"
import type { Route, RouteSetting } from "./route"

export type ResolvedRoute = {
	readonly ok: true
	readonly route: Route
	/** What Bedrock is given. */
	readonly bedrockModelId: string
	/** False where the catalog does not know whether the model can be called so. */
	readonly verified: boolean
}

/** Why there is no route, and what could be chosen instead. */
export type RouteMiss = {
	readonly ok: false
	readonly reason: "only-global" | "no-such-route" | "not-callable-here"
	/** Routes that exist from this region. */
	readonly available: readonly Route[]
	/** One English sentence for the terminal and for logs. */
	readonly message: string
}

/** The routes over which the model can be called from the region, as far as the catalog knows. */
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
 * Turns a model ref, a region and a route setting into what Bedrock is given.
 * An id typed in full (profile or ARN) is taken as typed, whatever the setting says.
 * `auto` never takes the global route, which lets data leave the geography: only a person can choose that.
 */
export function resolveRoute(ref: ModelRef, region: string, setting: RouteSetting): ResolvedRoute | RouteMiss {
	if (ref.kind !== "base") return typedRoute(ref)
	const { baseModelId } = ref
	const model = findModel(baseModelId)
	if (!model) {
		if (setting === "auto" || setting === "in-region") return resolved("in-region", baseModelId, false)
		if (setting === "global") return resolved("global", `global.${baseModelId}`, false)
		return miss(
			"no-such-route",
			[],
			`${baseModelId} is not in the catalog, so its geographic profile is not known.`,
		)
	}
	const available = availableRoutes(model, region)
	const listed = available.length ? `From ${region} it can be called by: ${available.join(", ")}.` : ""
	if (setting === "auto") {
		if (available.includes("in-region")) return resolved("in-region", baseModelId, true)
		if (available.includes("geo")) return resolved("geo", `${geoPrefix(model, region)}.${baseModelId}`, true)
		if (available.includes("global"))
			return miss(
				"only-global",
				available,
				`${model.name} can be called from ${region} only by the global route, which lets data leave the geography. Choose the route "global" to allow that.`,
			)
	} else if (available.includes(setting)) {
		const prefix = { "in-region": "", geo: `${geoPrefix(model, region)}.`, global: "global." }[setting]
		return resolved(setting, prefix + baseModelId, true)
	}
	// The catalog's region lists may lag behind AWS's, but a model that needs a profile everywhere does so here too.
	const mayBeNewHere = (setting === "auto" || setting === "in-region") && model.routes.inRegion.length > 0
	if (mayBeNewHere && available.length === 0) return resolved("in-region", baseModelId, false)
	return available.length === 0
		? miss("not-callable-here", available, `${model.name} cannot be called from ${region}.`)
		: miss("no-such-route", available, `${model.name} has no ${setting} route from ${region}. ${listed}`)
}

function typedRoute(ref: Exclude<ModelRef, { kind: "base" }>): ResolvedRoute {
	const route: Route = ref.prefix === null ? "in-region" : ref.prefix === "global" ? "global" : "geo"
	const known = ref.baseModelId !== null && findModel(ref.baseModelId) !== undefined
	return resolved(route, ref.modelId, known)
}

function resolved(route: Route, bedrockModelId: string, verified: boolean): ResolvedRoute {
	return { ok: true, route, bedrockModelId, verified }
}

function miss(reason: RouteMiss["reason"], available: Route[], message: string): RouteMiss {
	return { ok: false, reason, available, message: message.trim() }
}
