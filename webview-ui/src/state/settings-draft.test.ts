import { describe, expect, test } from "vitest"
import { ownPrice, profile } from "../testing/samples"
import {
	apiKeyMember,
	changedElsewhere,
	isDirty,
	isSavable,
	KEEP_API_KEY,
	newDraft,
	sameSettings,
} from "./settings-draft"

const stored = profile().settings
const flex = { ...stored, serviceTier: "flex" } as const
const draft = { ...newDraft(stored), edited: flex }

test("Settings are the same whatever the order of their members", () => {
	expect(sameSettings(stored, Object.fromEntries(Object.entries(stored).reverse()) as typeof stored)).toBe(true)
	expect(sameSettings(stored, flex)).toBe(false)
})

describe("A draft", () => {
	test("is worth saving when it differs from what is stored, in the settings or in the key", () => {
		expect(isDirty(draft, stored)).toBe(true)
		expect(isDirty(draft, flex)).toBe(false)
		expect(isDirty({ ...draft, edited: stored, apiKey: { kind: "remove" } }, stored)).toBe(true)
		expect(isDirty({ ...draft, edited: stored, apiKey: { kind: "replace", value: " " } }, stored)).toBe(false)
	})

	test("cannot be saved with text that is no number, nor with an own price that names none", () => {
		expect(isSavable(draft)).toBe(true)
		expect(isSavable({ ...draft, unreadable: { "settings.discountPercent": "ten" } })).toBe(false)
		expect(isSavable({ ...draft, edited: { ...flex, ownPrices: [ownPrice()] } })).toBe(true)
		const nothing = ownPrice({ inputUsdPerMTok: null, outputUsdPerMTok: null })
		expect(isSavable({ ...draft, edited: { ...flex, ownPrices: [nothing] } })).toBe(false)
	})

	test("was overtaken only by settings that are neither its base nor its goal", () => {
		expect(changedElsewhere(draft, stored)).toBe(false)
		expect(changedElsewhere(draft, flex)).toBe(false)
		expect(changedElsewhere(draft, { ...stored, region: "eu-west-1" })).toBe(true)
	})
})

test("A save message has an API key only when the key is to change", () => {
	expect(apiKeyMember(KEEP_API_KEY)).toEqual({})
	expect(apiKeyMember({ kind: "replace", value: "" })).toEqual({})
	expect(apiKeyMember({ kind: "replace", value: "key" })).toEqual({ apiKey: "key" })
	expect(apiKeyMember({ kind: "remove" })).toEqual({ apiKey: null })
})
