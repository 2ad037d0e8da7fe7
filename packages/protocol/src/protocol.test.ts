import { describe, expect, it } from "vitest"
import {
	DEFAULT_PROFILE_SETTINGS,
	isAllowedEndpoint,
	receive,
	storedSettingsSchema,
	toHostSchema,
	toWebviewSchema,
} from "./index"

const withSettings = (part: object) => ({ settings: { ...DEFAULT_PROFILE_SETTINGS, ...part } })
const save = { type: "save-settings", requestId: "r1", profileId: "default", settings: DEFAULT_PROFILE_SETTINGS }

describe("receive, for a valid message", () => {
	it("returns the message unchanged", () => {
		expect(receive(toHostSchema, save)).toEqual({ ok: true, message: save })
	})
})

describe("receive, for an invalid message", () => {
	it.each([
		["an invalid region", { settings: { ...DEFAULT_PROFILE_SETTINGS, region: "virginia" } }, "settings.region"],
		["an invalid model id", { settings: { ...DEFAULT_PROFILE_SETTINGS, modelId: "gpt" } }, "settings.modelId"],
		[
			"a tier in Roo Code's upper case",
			{ settings: { ...DEFAULT_PROFILE_SETTINGS, serviceTier: "FLEX" } },
			"settings.serviceTier",
		],
		[
			"the tier `reserved`, which cannot be selected",
			{ settings: { ...DEFAULT_PROFILE_SETTINGS, serviceTier: "reserved" } },
			"settings.serviceTier",
		],
		[
			"an http endpoint on another machine",
			{ settings: { ...DEFAULT_PROFILE_SETTINGS, endpoint: "http://example.com" } },
			"settings.endpoint",
		],
		[
			"an API that requests do not use",
			{ settings: { ...DEFAULT_PROFILE_SETTINGS, api: "chat-completions" } },
			"settings.api",
		],
		["an unknown key", { settings: { ...DEFAULT_PROFILE_SETTINGS, awsSecretKey: "x" } }, "settings.awsSecretKey"],
		["an unknown reasoning level", withSettings({ reasoning: "max" }), "settings.reasoning"],
		[
			"a thinking budget below AWS's minimum",
			withSettings({ thinkingBudgetTokens: 1_023 }),
			"settings.thinkingBudgetTokens",
		],
		["a fractional token limit", withSettings({ maxTokens: 0.5 }), "settings.maxTokens"],
		["a token limit of 0", withSettings({ maxTokens: 0 }), "settings.maxTokens"],
		["a temperature above 1", withSettings({ temperature: 1.1 }), "settings.temperature"],
		["an idle limit of 0 minutes", withSettings({ idleLimitMinutes: 0 }), "settings.idleLimitMinutes"],
		["an idle limit above two hours", withSettings({ idleLimitMinutes: 121 }), "settings.idleLimitMinutes"],
		["a cache lifetime that AWS does not offer", withSettings({ promptCaching: "24h" }), "settings.promptCaching"],
		["the background tier `reserved`", withSettings({ backgroundTier: "reserved" }), "settings.backgroundTier"],
		["an unknown kind of chat title", withSettings({ chatTitles: "none" }), "settings.chatTitles"],
		["a blank API key", { apiKey: " " }, "apiKey"],
	])("names the invalid field for %s", (_, invalidPart, field) => {
		expect(receive(toHostSchema, { ...save, ...invalidPart })).toMatchObject({ ok: false, requestId: "r1", field })
	})

	it("does not contain the invalid value, which may be a secret", () => {
		const received = receive(toHostSchema, { ...save, apiKey: 7, secret: "canary" })
		expect(JSON.stringify(received)).not.toContain("canary")
	})

	it.each([[undefined], [null], [7], ["x"], [[]], [{}], [{ type: "nonsense" }]])(
		"rejects %j as a whole",
		(invalidValue) => {
			expect(receive(toHostSchema, invalidValue).ok).toBe(false)
			expect(receive(toWebviewSchema, invalidValue).ok).toBe(false)
		},
	)
})

describe("storedSettingsSchema", () => {
	const profile = { id: "default", name: "Bedrock", kind: "aws", settings: DEFAULT_PROFILE_SETTINGS }

	it("accepts settings unchanged after a JSON round trip", () => {
		const stored = { version: 1, activeProfileId: "default", profiles: [profile] }
		expect(storedSettingsSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored)
	})

	it("adds the previous behavior and prompt caching as defaults to settings of older versions", () => {
		const addedSettings = {
			reasoning: "off",
			thinkingBudgetTokens: null,
			promptCaching: "5m",
			maxTokens: null,
			temperature: null,
			idleLimitMinutes: null,
			backgroundTier: "same",
			chatTitles: "first-words",
		}
		const oldSettings = Object.fromEntries(
			Object.entries(DEFAULT_PROFILE_SETTINGS).filter(([key]) => !(key in addedSettings)),
		)
		const stored = { version: 1, activeProfileId: "default", profiles: [{ ...profile, settings: oldSettings }] }
		expect(storedSettingsSchema.parse(stored).profiles[0]?.settings).toEqual({ ...oldSettings, ...addedSettings })
	})

	it("rejects settings of another version", () => {
		expect(
			storedSettingsSchema.safeParse({ version: 2, activeProfileId: "default", profiles: [profile] }).success,
		).toBe(false)
	})
})

describe("isAllowedEndpoint", () => {
	it.each([
		["https://vpce-1.bedrock-runtime.us-east-1.vpce.amazonaws.com", true],
		["http://127.0.0.1:8080", true],
		["http://localhost:1", true],
		["http://[::1]:1", true],
		["http://127.8.9.10", true],
		["https://user:secret@example.com", false],
		["http://127.0.0.1.example.com", false],
		["http://10.0.0.1", false],
		["ftp://127.0.0.1", false],
		["bedrock", false],
	])("returns for %s: %s", (endpoint, allowed) => {
		expect(isAllowedEndpoint(endpoint)).toBe(allowed)
	})
})
