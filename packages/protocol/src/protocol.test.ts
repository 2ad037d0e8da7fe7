import { describe, expect, it } from "vitest"
import {
	DEFAULT_PROFILE_SETTINGS,
	isAllowedEndpoint,
	receive,
	storedSettingsSchema,
	toHostSchema,
	toWebviewSchema,
} from "./index"

const answer = (part: object) => ({ settings: { ...DEFAULT_PROFILE_SETTINGS, ...part } })
const save = { type: "save-settings", requestId: "r1", profileId: "default", settings: DEFAULT_PROFILE_SETTINGS }

describe("A message that fits", () => {
	it("is taken as it is", () => {
		expect(receive(toHostSchema, save)).toEqual({ ok: true, message: save })
	})
})

describe("A message that does not fit names the field", () => {
	it.each([
		["a region that is none", { settings: { ...DEFAULT_PROFILE_SETTINGS, region: "virginia" } }, "settings.region"],
		["a model id that is none", { settings: { ...DEFAULT_PROFILE_SETTINGS, modelId: "gpt" } }, "settings.modelId"],
		[
			"a tier in the host's upper case",
			{ settings: { ...DEFAULT_PROFILE_SETTINGS, serviceTier: "FLEX" } },
			"settings.serviceTier",
		],
		[
			"reserved, which cannot be chosen",
			{ settings: { ...DEFAULT_PROFILE_SETTINGS, serviceTier: "reserved" } },
			"settings.serviceTier",
		],
		[
			"plain http to another machine",
			{ settings: { ...DEFAULT_PROFILE_SETTINGS, endpoint: "http://example.com" } },
			"settings.endpoint",
		],
		[
			"an API that requests do not go through",
			{ settings: { ...DEFAULT_PROFILE_SETTINGS, api: "chat-completions" } },
			"settings.api",
		],
		["an unknown key", { settings: { ...DEFAULT_PROFILE_SETTINGS, awsSecretKey: "x" } }, "settings.awsSecretKey"],
		["a level of thinking that is none", answer({ reasoning: "max" }), "settings.reasoning"],
		[
			"a thinking budget that AWS refuses",
			answer({ thinkingBudgetTokens: 1_023 }),
			"settings.thinkingBudgetTokens",
		],
		["half a token", answer({ maxTokens: 0.5 }), "settings.maxTokens"],
		["an answer of no token", answer({ maxTokens: 0 }), "settings.maxTokens"],
		["a temperature above 1", answer({ temperature: 1.1 }), "settings.temperature"],
		["no patience at all", answer({ idleLimitMinutes: 0 }), "settings.idleLimitMinutes"],
		["more than two hours of patience", answer({ idleLimitMinutes: 121 }), "settings.idleLimitMinutes"],
		["a cache that AWS does not have", answer({ promptCaching: "24h" }), "settings.promptCaching"],
		["titles on reserved", answer({ backgroundTier: "reserved" }), "settings.backgroundTier"],
		["another kind of title", answer({ chatTitles: "none" }), "settings.chatTitles"],
		["an empty key", { apiKey: " " }, "apiKey"],
	])("%s", (_, damage, field) => {
		expect(receive(toHostSchema, { ...save, ...damage })).toMatchObject({ ok: false, requestId: "r1", field })
	})

	it("but never its value, which may be a secret", () => {
		const received = receive(toHostSchema, { ...save, apiKey: 7, secret: "canary" })
		expect(JSON.stringify(received)).not.toContain("canary")
	})

	it.each([[undefined], [null], [7], ["x"], [[]], [{}], [{ type: "nonsense" }]])(
		"%j is refused whole",
		(nonsense) => {
			expect(receive(toHostSchema, nonsense).ok).toBe(false)
			expect(receive(toWebviewSchema, nonsense).ok).toBe(false)
		},
	)
})

describe("Stored settings", () => {
	const profile = { id: "default", name: "Bedrock", kind: "aws", settings: DEFAULT_PROFILE_SETTINGS }

	it("are the same after a round trip through JSON", () => {
		const stored = { version: 1, activeProfileId: "default", profiles: [profile] }
		expect(storedSettingsSchema.parse(JSON.parse(JSON.stringify(stored)))).toEqual(stored)
	})

	it("of before there were settings for the answer get what was so until then, and the cache", () => {
		const added = {
			reasoning: "off",
			thinkingBudgetTokens: null,
			promptCaching: "5m",
			maxTokens: null,
			temperature: null,
			idleLimitMinutes: null,
			backgroundTier: "same",
			chatTitles: "first-words",
		}
		const before = Object.fromEntries(Object.entries(DEFAULT_PROFILE_SETTINGS).filter(([key]) => !(key in added)))
		const stored = { version: 1, activeProfileId: "default", profiles: [{ ...profile, settings: before }] }
		expect(storedSettingsSchema.parse(stored).profiles[0]?.settings).toEqual({ ...before, ...added })
	})

	it("of another version are not taken for ours", () => {
		expect(
			storedSettingsSchema.safeParse({ version: 2, activeProfileId: "default", profiles: [profile] }).success,
		).toBe(false)
	})
})

describe("Endpoints", () => {
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
	])("%s: %s", (endpoint, allowed) => {
		expect(isAllowedEndpoint(endpoint)).toBe(allowed)
	})
})
