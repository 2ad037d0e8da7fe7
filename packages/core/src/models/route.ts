/** How a request gets to a model. Prices depend on it. */
export const ROUTES = ["in-region", "geo", "global"] as const
export type Route = (typeof ROUTES)[number]

/** What a person sets: a route, or `auto` (in-region where the model can be called so, else geo; never global). */
export const ROUTE_SETTINGS = ["auto", ...ROUTES] as const
export type RouteSetting = (typeof ROUTE_SETTINGS)[number]
