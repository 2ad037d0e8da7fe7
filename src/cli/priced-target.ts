import {
	calledRegion,
	declaredModel,
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

export function pricedTarget({ model, region: requestedRegion, route, declaredModelId }: Target): PricedTarget {
	const ref = parseModelRef(model)
	const region = calledRegion(ref, requestedRegion)
	if (!ref) return { baseModelId: null, region, route: null, miss: null }
	const declared = declaredModel(ref, region, declaredModelsFor(model, declaredModelId))
	if (declared) return { ...declared, region, miss: null }
	return { baseModelId: ref.baseModelId, region, ...pricedRoute(ref, region, route) }
}
