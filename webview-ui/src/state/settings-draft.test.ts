import { describe, expect, test } from "vitest"
import { ownPrice, profile } from "@bedrock-tiers/test-kit/samples/view-state"
import { KEEP_SECRET, NO_STATIC_KEYS, secretMembers, type SecretsDraft } from "./secret-edit"
import { changedElsewhere, isDirty, isSavable, newDraft, sameSettings } from "./settings-draft"

const stored = profile().settings
const flex = { ...stored, serviceTier: "flex" } as const
const draft = { ...newDraft(stored), edited: flex }

test("sameSettings ignores the order of members", () => {
	expect(sameSettings(stored, Object.fromEntries(Object.entries(stored).reverse()) as typeof stored)).toBe(true)
	expect(sameSettings(stored, flex)).toBe(false)
})

describe("A draft", () => {
	test("is dirty when its settings differ from the stored ones or it changes a secret", () => {
		expect(isDirty(draft, stored)).toBe(true)
		expect(isDirty(draft, flex)).toBe(false)
		expect(isDirty({ ...draft, edited: stored, apiKey: { kind: "remove" } }, stored)).toBe(true)
		expect(isDirty({ ...draft, edited: stored, apiKey: { kind: "replace", value: " " } }, stored)).toBe(false)
	})

	test("cannot be saved with unreadable input or with an own price without amounts", () => {
		expect(isSavable(draft)).toBe(true)
		expect(isSavable({ ...draft, unreadable: { "settings.discountPercent": "ten" } })).toBe(false)
		expect(isSavable({ ...draft, edited: { ...flex, ownPrices: [ownPrice()] } })).toBe(true)
		const withoutAmounts = ownPrice({ inputUsdPerMTok: null, outputUsdPerMTok: null })
		expect(isSavable({ ...draft, edited: { ...flex, ownPrices: [withoutAmounts] } })).toBe(false)
	})

	test("was changed elsewhere when the stored settings equal neither its base nor its edited settings", () => {
		expect(changedElsewhere(draft, stored)).toBe(false)
		expect(changedElsewhere(draft, flex)).toBe(false)
		expect(changedElsewhere(draft, { ...stored, region: "eu-west-1" })).toBe(true)
	})
})

describe("A save message", () => {
	const keep: SecretsDraft = { apiKey: KEEP_SECRET, staticKeys: KEEP_SECRET }
	const keys = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret", sessionToken: "" }

	test("contains the API key only when it is replaced or removed", () => {
		expect(secretMembers(keep)).toEqual({})
		expect(secretMembers({ ...keep, apiKey: { kind: "replace", value: "" } })).toEqual({})
		expect(secretMembers({ ...keep, apiKey: { kind: "replace", value: "key" } })).toEqual({ apiKey: "key" })
		expect(secretMembers({ ...keep, apiKey: { kind: "remove" } })).toEqual({ apiKey: null })
	})

	test("contains the static keys only when they change, and a session token only when one was entered", () => {
		const members = (value: typeof keys) => secretMembers({ ...keep, staticKeys: { kind: "replace", value } })
		expect(members(NO_STATIC_KEYS)).toEqual({})
		expect(members(keys)).toEqual({ staticKeys: { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" } })
		expect(members({ ...keys, sessionToken: "token" })).toEqual({ staticKeys: { ...keys, sessionToken: "token" } })
		expect(secretMembers({ ...keep, staticKeys: { kind: "remove" } })).toEqual({ staticKeys: null })
	})

	test("cannot be sent for a draft with an incomplete key pair", () => {
		const savable = (part: Partial<typeof keys>) =>
			isSavable({ ...draft, staticKeys: { kind: "replace", value: { ...NO_STATIC_KEYS, ...part } } })
		expect(savable({})).toBe(true)
		expect(savable({ accessKeyId: "AKIDEXAMPLE" })).toBe(false)
		expect(savable({ sessionToken: "token" })).toBe(false)
		expect(savable(keys)).toBe(true)
	})
})
