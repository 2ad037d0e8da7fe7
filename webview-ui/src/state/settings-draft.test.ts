import { describe, expect, test } from "vitest"
import { profile } from "../testing/samples"
import { apiKeyMember, changedElsewhere, isDirty, KEEP_API_KEY, sameSettings } from "./settings-draft"

const stored = profile().settings
const flex = { ...stored, serviceTier: "flex" } as const
const draft = { base: stored, edited: flex, apiKey: KEEP_API_KEY }

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
