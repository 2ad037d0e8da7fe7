import { describe, expect, it } from "vitest"
import {
	DEFAULT_PROFILE_SETTINGS,
	isAllowedEndpoint,
	receive,
	storedSettingsSchema,
	toHostSchema,
	toWebviewSchema,
} from "./index"

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
