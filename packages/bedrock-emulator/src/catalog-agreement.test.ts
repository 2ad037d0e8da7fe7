import { findModel, resolveRoute, parseModelRef } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { EMULATED_MODELS } from "./models"

/** The emulator has its own table of models, so that an error in the table or in the catalog fails a test here. */
describe.each(EMULATED_MODELS.map((emulated) => [emulated.id, emulated] as const))("%s", (id, emulated) => {
	const model = findModel(id)

	it("is in the catalog, with the same retired status", () => {
		expect(model?.lifecycle.status === "retired").toBe(emulated.retired)
	})

	it.each(["converse", "invoke-model"] as const)(
		"can be called through the same APIs as in the catalog: %s",
		(api) => {
			expect(model?.apis.includes(api)).toBe(api === "converse" || !emulated.converseOnly)
		},
	)

	it.each(["converse", "invoke-model"] as const)(
		"supports the same tiers through %s in the catalog and in the emulator",
		(api) => {
			const supported = (["flex", "priority"] as const).filter((tier) => model?.tiers[api][tier] !== "no")
			expect(supported).toEqual([...emulated.paidTiers])
		},
	)

	it("has the same inference profiles in the catalog and in the emulator", () => {
		const prefixes = [
			...(model?.routes.geo.map(({ prefix }) => prefix) ?? []),
			...(model?.routes.global.length ? ["global"] : []),
		]
		expect(prefixes.sort()).toEqual([...emulated.profilePrefixes].sort())
	})

	it("can be called by its bare id in the same Regions in the catalog and in the emulator", () => {
		if (emulated.bareIdRegions === "everywhere") expect(model?.routes.inRegion.length).toBeGreaterThan(0)
		else expect([...(model?.routes.inRegion ?? [])].sort()).toEqual([...emulated.bareIdRegions].sort())
	})

	it("has a verified route from us-east-1 in the catalog", () => {
		const ref = parseModelRef(id)
		const resolved = ref && resolveRoute(ref, "us-east-1", "auto")
		expect(resolved).toMatchObject({ ok: true, verified: true })
	})
})
