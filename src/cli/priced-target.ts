import {
	calledRegion,
	declaredModel,
	findModel,
	isApplicationProfile,
	parseModelRef,
	pricedRoute,
	type Route,
	type RouteMiss,
	type RouteSetting,
} from "@bedrock-tiers/core"
import { declaredModelsFor } from "./arguments"

/** Arguments that name a model and how it is called. */
export type Target = { model: string; region: string; route: RouteSetting; declaredModelId?: string }

/** What the price of a request depends on. */
export type PricedTarget = {
	/** `null` when the id does not name a model. */
	readonly baseModelId: string | null
	readonly region: string
	/** `null` when no route has a price. */
	readonly route: Route | null
	/** Why the model cannot be called with the requested route; `null` when it can. */
	readonly miss: RouteMiss | null
}

/** What a user should know of the model before its price: that it is retired, or cannot be called so. */
export function targetNotes({ model, region: requestedRegion, declaredModelId }: Target): string[] {
	const ref = parseModelRef(model)
	if (!ref) return []
	if (isApplicationProfile(ref) && declaredModelId === undefined)
		return ["The ARN of an application profile does not name its model: --stands-for <id> does."]
	const known = ref.baseModelId === null ? undefined : findModel(ref.baseModelId)
	if (!known) return []
	const { name, lifecycle, routes } = known
	const retired =
		lifecycle.status === "retired"
			? [`${name} was retired by AWS on ${lifecycle.endOfLife}. Its prices are those of its last list.`]
			: []
	const geo = ref.kind === "profile" ? routes.geo.find(({ prefix }) => prefix === ref.prefix) : undefined
	const region = calledRegion(ref, requestedRegion)
	const elsewhere =
		geo && !geo.sourceRegions.includes(region)
			? [`The profile ${geo.prefix} cannot be called from ${region}, only from ${geo.sourceRegions.join(", ")}.`]
			: []
	return [...retired, ...elsewhere]
}

export function pricedTarget({ model, region: requestedRegion, route, declaredModelId }: Target): PricedTarget {
	const ref = parseModelRef(model)
	const region = calledRegion(ref, requestedRegion)
	if (!ref) return { baseModelId: null, region, route: null, miss: null }
	const declared = declaredModel(ref, region, declaredModelsFor(model, declaredModelId))
	if (declared) return { ...declared, region, miss: null }
	return { baseModelId: ref.baseModelId, region, ...pricedRoute(ref, region, route) }
}
