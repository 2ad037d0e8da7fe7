import { describe, expect, it } from "vitest"
import { parseModelRef, pricedRoute, type RouteSetting } from "../index"

function priced(modelId: string, region: string, setting: RouteSetting = "auto") {
	const ref = parseModelRef(modelId)
	if (!ref) throw new Error(`${modelId} cannot be parsed`)
	return pricedRoute(ref, region, setting)
}

describe("pricedRoute", () => {
	it("is the route by which the model is called", () => {
		expect(priced("amazon.nova-pro-v1:0", "us-west-2")).toEqual({ route: "geo", miss: null })
	})

	it("is the route that the user chose, even when the catalog does not list it", () => {
		expect(priced("amazon.nova-2-lite-v1:0", "me-central-1", "global")).toMatchObject({
			route: "global",
			miss: { reason: "not-callable-here" },
		})
	})

	it("is a route with a price when no callable route is known", () => {
		expect(priced("amazon.nova-2-pro-preview-20251202-v1:0", "us-east-1")).toMatchObject({
			route: "geo",
			miss: { reason: "not-callable-here" },
		})
	})

	it("is never global for `auto`", () => {
		expect(priced("anthropic.claude-sonnet-4-6", "sa-east-1")).toMatchObject({
			route: null,
			miss: { reason: "only-global" },
		})
	})
})
