import type { ModelRef } from "../models/model-ref"
import type { Route, RouteSetting } from "../models/route"
import { resolveRoute, type RouteMiss } from "../models/routes"
import { findPriceCard } from "./find-price-card"

/**
 * The route that a question about a price is about. AWS charges for more than the catalog knows how to call: a route that
 * is named is taken as named, and `auto` takes the one that has a price, though never the global one, which is a
 * person's choice.
 * @returns the route (null = none) and why the model cannot be called so (null = it can)
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
	const charged = (route: Route) =>
		findPriceCard({ baseModelId, region, route, tier: "default", promptTokens: 0 }).card !== null
	return { route: (["in-region", "geo"] as const).find(charged) ?? null, miss: resolved }
}
