import { DEFAULT_PROFILE_SETTINGS, type ProfileSettings } from "@bedrock-tiers/protocol"
import type { ProviderSettings } from "@roo-code/types"
import { describe, expect, it } from "vitest"
import { fromRooSettings } from "./from-roo-settings"
import { ACCOUNT, ours, read, SONNET } from "./testing/through-roo"

describe("What Roo Code has more is left out and told", () => {
	it("its other settings, each by its name and never by its value", () => {
		const { settings, notes, untaken } = read({
			awsBedrock1MContext: true,
			awsModelContextWindow: 300_000,
			rateLimitSeconds: 5,
			verbosity: "high",
		})
		expect(settings).toEqual(ours({ modelId: "amazon.nova-pro-v1:0", route: "in-region" }))
		expect(notes.sort()).toEqual([
			"awsBedrock1MContext: no-such-setting",
			"awsModelContextWindow: no-such-setting",
			"rateLimitSeconds: no-such-setting",
			"verbosity: no-such-setting",
		])
		expect(JSON.stringify(untaken)).not.toContain("300")
	})

	it.each([
		[
			"another level",
			{ enableReasoningEffort: true, reasoningEffort: "xhigh" },
			{ reasoning: "high" },
			"reasoningEffort: differs",
		],
		[
			"the least level",
			{ enableReasoningEffort: true, reasoningEffort: "minimal" },
			{ reasoning: "low" },
			"reasoningEffort: differs",
		],
		[
			"thinking without a level",
			{ enableReasoningEffort: true },
			{ reasoning: "medium" },
			"reasoningEffort: differs",
		],
		[
			"a level without its switch",
			{ reasoningEffort: "high" },
			{ reasoning: "off" },
			"reasoningEffort: not-in-use",
		],
		[
			"a budget that AWS refuses",
			{ modelMaxThinkingTokens: 500 },
			{ thinkingBudgetTokens: null },
			"modelMaxThinkingTokens: not-valid",
		],
		["half a token", { modelMaxTokens: 1.5 }, { maxTokens: null }, "modelMaxTokens: not-valid"],
		["a temperature above 1", { modelTemperature: 1.5 }, { temperature: null }, "modelTemperature: not-valid"],
		[
			"a temperature of 0, which it does not send",
			{ modelTemperature: 0 },
			{ temperature: 0 },
			"modelTemperature: differs",
		],
		[
			"an endpoint that is off",
			{ awsBedrockEndpoint: "https://gateway.example" },
			{ endpoint: null },
			"awsBedrockEndpoint: not-in-use",
		],
		[
			"an endpoint in the clear",
			{ awsBedrockEndpointEnabled: true, awsBedrockEndpoint: "http://gateway.example" },
			{ endpoint: null },
			"awsBedrockEndpoint: not-valid",
		],
		[
			"an ARN that is none",
			{ awsCustomArn: "arn:aws:s3:::bucket" },
			{ modelId: "amazon.nova-pro-v1:0" },
			"awsCustomArn: not-valid",
		],
		[
			"an ARN that was not entered",
			{ apiModelId: "custom-arn" },
			{ modelId: DEFAULT_PROFILE_SETTINGS.modelId },
			"apiModelId: not-valid",
		],
		[
			"an id with a prefix, which it takes off",
			{ apiModelId: `us.${SONNET}` },
			{ modelId: SONNET, route: "in-region" },
			"apiModelId: differs",
		],
		[
			"the global profile where it has no effect",
			{ awsUseGlobalInference: true },
			{ route: "in-region" },
			"awsUseGlobalInference: not-in-use",
		],
		["a region that is none", { awsRegion: "virginia" }, { region: "us-east-1" }, "awsRegion: not-valid"],
		[
			"an API key that is not there",
			{ awsUseApiKey: true },
			{ credentials: { method: "api-key" } },
			"awsApiKey: secret-left-out",
		],
		[
			"an API key that is none",
			{ awsUseApiKey: true, awsApiKey: "two words" },
			{ credentials: { method: "api-key" } },
			"awsApiKey: not-valid",
		],
		[
			"an API key that is not in use",
			{ awsApiKey: "canary" },
			{ credentials: { method: "default-chain" } },
			"awsApiKey: not-in-use",
		],
		[
			"a profile without a name",
			{ awsUseProfile: true },
			{ credentials: { method: "default-chain" } },
			"awsProfile: not-valid",
		],
		[
			"half a key pair",
			{ awsAccessKey: "AKIDCANARY" },
			{ credentials: { method: "default-chain" } },
			"awsAccessKey: not-in-use",
		],
	] satisfies [string, ProviderSettings, Partial<ProfileSettings>, string][])("%s", (_, roo, part, note) => {
		const { settings, notes, secrets, untaken } = read(roo)
		expect(settings).toMatchObject(part)
		expect(notes).toEqual([note])
		expect(secrets).toEqual({})
		expect(JSON.stringify(untaken)).not.toMatch(/canary|gateway|two words/i)
	})

	it("what is blank, null or 0 for nothing says nothing", () => {
		const blank = { awsCustomArn: "", awsApiKey: " ", awsProfile: "", awsBedrockEndpoint: "", modelMaxTokens: 0 }
		expect(read(blank)).toMatchObject({ settings: { maxTokens: null }, notes: [] })
		const taken = fromRooSettings({ apiProvider: "bedrock", awsRegion: "us-east-1", verbosity: null })
		expect(taken.ok && taken.untaken.map(({ field }) => field)).toEqual(["apiModelId"])
	})

	it("an ARN counts more than a model, and a global profile more than a geographic one", () => {
		const awsCustomArn = `arn:aws:bedrock:${ACCOUNT}:imported-model/a1b2c3d4e5f6`
		expect(read({ awsCustomArn }).settings).toMatchObject({ modelId: awsCustomArn, route: "auto" })
		const both = { apiModelId: SONNET, awsUseCrossRegionInference: true, awsUseGlobalInference: true }
		expect(read(both).settings.route).toBe("global")
	})

	it("the API key counts more than the profile, the profile more than the keys, and the last is told to be idle", () => {
		const all = { awsApiKey: "key", awsProfile: "work", awsAccessKey: "AKID", awsSecretKey: "secret" }
		expect(read({ ...all, awsUseApiKey: true, awsUseProfile: true })).toMatchObject({
			settings: { credentials: { method: "api-key" } },
			secrets: { apiKey: "key" },
			notes: ["awsProfile: not-in-use", "awsAccessKey: not-in-use"],
		})
		expect(read({ ...all, awsUseProfile: true }).settings.credentials).toEqual({
			method: "profile",
			profile: "work",
		})
		expect(read(all).secrets).toEqual({ staticKeys: { accessKeyId: "AKID", secretAccessKey: "secret" } })
	})

	it("what no schema of Roo Code's would let through does no harm either", () => {
		const taken = fromRooSettings({
			apiProvider: "bedrock",
			apiModelId: 7,
			awsRegion: {},
			awsUseApiKey: "yes",
			awsBedrockServiceTier: "toString",
			modelMaxTokens: Number.NaN,
			modelTemperature: null,
		})
		expect(taken).toMatchObject({ ok: true, settings: DEFAULT_PROFILE_SETTINGS })
		expect(taken.ok && taken.untaken.map(({ field }) => field).sort()).toEqual([
			"apiModelId",
			"apiModelId",
			"awsBedrockServiceTier",
			"awsRegion",
			"awsRegion",
			"awsUseApiKey",
			"modelMaxTokens",
		])
	})

	it.each([[null], ["bedrock"], [[]], [{}], [{ apiProvider: "anthropic", apiKey: "canary" }]])(
		"%j is no profile for Bedrock, and is refused whole",
		(value) => {
			const refused = fromRooSettings(value)
			expect(refused.ok).toBe(false)
			expect(JSON.stringify(refused)).not.toContain("canary")
		},
	)
})
