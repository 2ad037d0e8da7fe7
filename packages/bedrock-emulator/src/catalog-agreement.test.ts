import { findModel, resolveRoute, parseModelRef } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { EMULATED_MODELS } from "./models"

/** The emulator's table is its own, so that a mistake in it or in the catalog shows here. */
describe.each(EMULATED_MODELS.map((emulated) => [emulated.id, emulated] as const))("%s", (id, emulated) => {
	const model = findModel(id)

	it("is in the catalog, retired in both or in neither", () => {
		expect(model?.lifecycle.status === "retired").toBe(emulated.retired)
	})

	it.each(["converse", "invoke-model"] as const)("can be called through %s", (api) => {
		expect(model?.apis).toContain(api)
	})

	it.each(["converse", "invoke-model"] as const)("takes the same tiers through %s in both", (api) => {
		const taken = (["flex", "priority"] as const).filter((tier) => model?.tiers[api][tier] !== "no")
		expect(taken).toEqual([...emulated.paidTiers])
	})

	it("has the same profiles in both", () => {
		const prefixes = [
			...(model?.routes.geo.map(({ prefix }) => prefix) ?? []),
			...(model?.routes.global.length ? ["global"] : []),
		]
		expect(prefixes.sort()).toEqual([...emulated.profilePrefixes].sort())
	})

	it("can be called by its bare id in the same regions", () => {
		if (emulated.bareIdRegions === "everywhere") expect(model?.routes.inRegion.length).toBeGreaterThan(0)
		else expect([...(model?.routes.inRegion ?? [])].sort()).toEqual([...emulated.bareIdRegions].sort())
	})

	it("is routed by the catalog from us-east-1 to an id that the emulator takes", () => {
		const ref = parseModelRef(id)
		const resolved = ref && resolveRoute(ref, "us-east-1", "auto")
		expect(resolved).toMatchObject({ ok: true, verified: true })
	})
})
