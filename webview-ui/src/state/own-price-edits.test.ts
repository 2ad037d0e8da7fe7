import { describe, expect, test } from "vitest"
import { IMPORTED_MODEL, ownPrice, profile } from "@bedrock-tiers/test-kit/samples/view-state"
import { addOwnPrice, changeOwnPrice, freeTiers, localDate, removeOwnPrice } from "./own-price-edits"
import { newDraft } from "./settings-draft"

const TODAY = "2026-11-23"
const draft = (...ownPrices: ReturnType<typeof ownPrice>[]) =>
	newDraft(profile({ modelId: IMPORTED_MODEL, serviceTier: "flex", ownPrices }).settings)

describe("Own prices", () => {
	test("are added for the typed model id and the selected tier, else for the first tier without one", () => {
		const withoutAmounts = { inputUsdPerMTok: null, outputUsdPerMTok: null, setOn: TODAY }
		const once = addOwnPrice(draft(), TODAY)
		expect(once.edited.ownPrices).toEqual([ownPrice({ tier: "flex", ...withoutAmounts })])
		const twice = addOwnPrice(once, TODAY)
		expect(twice.edited.ownPrices[1]).toEqual(ownPrice({ tier: "default", ...withoutAmounts }))
	})

	test("are not added when the model has one for every tier", () => {
		const full = draft(ownPrice(), ownPrice({ tier: "flex" }), ownPrice({ tier: "priority" }))
		expect(freeTiers(full.edited.ownPrices, IMPORTED_MODEL)).toEqual([])
		expect(addOwnPrice(full, TODAY)).toBe(full)
	})

	test("carry the date of their last change", () => {
		const changed = changeOwnPrice(draft(ownPrice(), ownPrice({ tier: "flex" })), 1, { inputUsdPerMTok: 3 }, TODAY)
		expect(changed.edited.ownPrices).toEqual([
			ownPrice(),
			ownPrice({ tier: "flex", inputUsdPerMTok: 3, setOn: TODAY }),
		])
	})

	test("lose their unreadable input when they are removed, and later ones keep theirs", () => {
		const before = {
			...draft(ownPrice(), ownPrice({ tier: "flex" })),
			unreadable: {
				"settings.discountPercent": "a",
				"settings.ownPrices.0.inputUsdPerMTok": "b",
				"settings.ownPrices.1.inputUsdPerMTok": "c",
			},
		}
		const after = removeOwnPrice(before, 0)
		expect(after.edited.ownPrices).toEqual([ownPrice({ tier: "flex" })])
		expect(after.unreadable).toEqual({
			"settings.discountPercent": "a",
			"settings.ownPrices.0.inputUsdPerMTok": "c",
		})
	})
})

test("localDate returns the date in the user's time zone", () => {
	expect(localDate(new Date(2026, 0, 5, 23, 59))).toBe("2026-01-05")
	expect(localDate(new Date(2026, 11, 31, 0, 0))).toBe("2026-12-31")
})
