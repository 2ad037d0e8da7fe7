import type { ModelRef } from "../models/model-ref"
import type { Route, RouteSetting } from "../models/route"
import { resolveRoute, type RouteMiss } from "../models/routes"
import { findPriceCard } from "./find-price-card"

/**
 * The route to look up prices for. AWS has prices for more routes than the catalog knows to be callable: a route that
 * the user chose is used as it is, and `auto` uses a route that has a price, but never the global route, which only the
 * user can choose.
 * @returns the route (`null` when no route has a price) and why the model cannot be called by it (`null` when it can)
 */
export function pricedRoute(
	ref: ModelRef,
	region: string,
	setting: RouteSetting,
): { readonly route: Route | null; readonly miss: RouteMiss | null } {
	const resolved = resolveRoute(ref, region, setting)
	if (resolved.ok) return { route: resolved.route, miss: null }
	if (setting !== "auto") return { route: setting, miss: resolved }
	const { baseModelId } = ref
	const isPriced = (route: Route) =>
		findPriceCard({ baseModelId, region, route, tier: "default", promptTokens: 0 }).card !== null
	return { route: (["in-region", "geo"] as const).find(isPriced) ?? null, miss: resolved }
}
