/** How a request is routed to a model. Prices depend on the route. */
export const ROUTES = ["in-region", "geo", "global"] as const
export type Route = (typeof ROUTES)[number]

/** The user's setting: a route, or `auto` (in-region when the model can be called so, otherwise geo; never global). */
export const ROUTE_SETTINGS = ["auto", ...ROUTES] as const
export type RouteSetting = (typeof ROUTE_SETTINGS)[number]
