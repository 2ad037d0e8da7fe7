import { describe, expect, test } from "vitest"
import { ownPrice, profile } from "@bedrock-tiers/test-kit/samples/view-state"
import { KEEP_SECRET, NO_STATIC_KEYS, secretMembers, type SecretsDraft } from "./secret-edit"
import { changedElsewhere, isDirty, isSavable, newDraft, sameSettings } from "./settings-draft"

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

describe("A save message has a secret only when it is to change:", () => {
	const keep: SecretsDraft = { apiKey: KEEP_SECRET, staticKeys: KEEP_SECRET }
	const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "" }

	test("the API key", () => {
		expect(secretMembers(keep)).toEqual({})
		expect(secretMembers({ ...keep, apiKey: { kind: "replace", value: "" } })).toEqual({})
		expect(secretMembers({ ...keep, apiKey: { kind: "replace", value: "key" } })).toEqual({ apiKey: "key" })
		expect(secretMembers({ ...keep, apiKey: { kind: "remove" } })).toEqual({ apiKey: null })
	})

	test("the static keys, with a session token only where one was entered", () => {
		const members = (value: typeof keys) => secretMembers({ ...keep, staticKeys: { kind: "replace", value } })
		expect(members(NO_STATIC_KEYS)).toEqual({})
		expect(members(keys)).toEqual({ staticKeys: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } })
		expect(members({ ...keys, sessionToken: "token" })).toEqual({ staticKeys: { ...keys, sessionToken: "token" } })
		expect(secretMembers({ ...keep, staticKeys: { kind: "remove" } })).toEqual({ staticKeys: null })
	})

	test("and half a key pair cannot be saved", () => {
		const savable = (part: Partial<typeof keys>) =>
			isSavable({ ...draft, staticKeys: { kind: "replace", value: { ...NO_STATIC_KEYS, ...part } } })
		expect(savable({})).toBe(true)
		expect(savable({ accessKeyId: "AKIDEXAMPLE" })).toBe(false)
		expect(savable({ sessionToken: "token" })).toBe(false)
		expect(savable(keys)).toBe(true)
	})
})
