import { DEFAULT_PROFILE_SETTINGS, type ProfileSettings } from "@bedrock-tiers/protocol"
import type { ProviderSettings } from "@roo-code/types"
import { describe, expect, it } from "vitest"
import { fromRooSettings } from "./from-roo-settings"
import { ACCOUNT, readFromRoo, settingsWith, SONNET } from "./testing/roo-schema"

describe("fromRooSettings", () => {
	it("lists settings that we do not have by name, never by value", () => {
		const { settings, notes, skipped } = readFromRoo({
			awsBedrock1MContext: true,
			awsModelContextWindow: 300_000,
			rateLimitSeconds: 5,
			verbosity: "high",
		})
		expect(settings).toEqual(settingsWith({ modelId: "amazon.nova-pro-v1:0", route: "in-region" }))
		expect(notes.sort()).toEqual([
			"awsBedrock1MContext: no-such-setting",
			"awsModelContextWindow: no-such-setting",
			"rateLimitSeconds: no-such-setting",
			"verbosity: no-such-setting",
		])
		expect(JSON.stringify(skipped)).not.toContain("300")
	})

	it("keeps a temperature that the model does not accept, and notes that it is not sent", () => {
		const { settings, skipped } = readFromRoo({ apiModelId: "moonshotai.kimi-k3", modelTemperature: 0.5 })
		expect(settings.temperature).toBe(0.5)
		expect(skipped).toContainEqual({
			code: "differs",
			field: "modelTemperature",
			detail: { code: "roo.parameter-not-sent", params: { model: "Kimi K3" } },
		})
	})

	it("notes a level of thinking that the model does not accept, and a limit below the model's minimum", () => {
		const nova = readFromRoo({ enableReasoningEffort: true, reasoningEffort: "low" })
		expect(nova.skipped).toContainEqual({
			code: "differs",
			field: "reasoningEffort",
			detail: { code: "roo.parameter-not-sent", params: { model: "Nova Pro" } },
		})
		expect(readFromRoo({ apiModelId: "xai.grok-4.6", modelMaxTokens: 5 }).skipped).toContainEqual({
			code: "differs",
			field: "modelMaxTokens",
			detail: { code: "roo.max-tokens-raised", params: { model: "Grok 4.6", maxTokens: 16 } },
		})
	})

	it.each([
		[
			"a higher reasoning level",
			{ apiModelId: SONNET, enableReasoningEffort: true, reasoningEffort: "xhigh" },
			{ reasoning: "high" },
			"reasoningEffort: differs",
		],
		[
			"the lowest reasoning level",
			{ apiModelId: SONNET, enableReasoningEffort: true, reasoningEffort: "minimal" },
			{ reasoning: "low" },
			"reasoningEffort: differs",
		],
		[
			"reasoning without a level",
			{ apiModelId: SONNET, enableReasoningEffort: true },
			{ reasoning: "medium" },
			"reasoningEffort: differs",
		],
		[
			"a reasoning level that is not enabled",
			{ reasoningEffort: "high" },
			{ reasoning: "off" },
			"reasoningEffort: not-in-use",
		],
		[
			"a thinking budget below AWS's minimum",
			{ modelMaxThinkingTokens: 500 },
			{ thinkingBudgetTokens: null },
			"modelMaxThinkingTokens: not-valid",
		],
		[
			"a token limit above the model's maximum, which is kept but not sent",
			{ modelMaxTokens: 50_000 },
			{ maxTokens: 50_000 },
			"modelMaxTokens: differs",
		],
		["a fractional token limit", { modelMaxTokens: 1.5 }, { maxTokens: null }, "modelMaxTokens: not-valid"],
		["a temperature above 1", { modelTemperature: 1.5 }, { temperature: null }, "modelTemperature: not-valid"],
		[
			"a temperature of 0, which Roo Code does not send",
			{ modelTemperature: 0 },
			{ temperature: 0 },
			"modelTemperature: differs",
		],
		[
			"an endpoint that is not enabled",
			{ awsBedrockEndpoint: "https://gateway.example" },
			{ endpoint: null },
			"awsBedrockEndpoint: not-in-use",
		],
		[
			"an http endpoint on another machine",
			{ awsBedrockEndpointEnabled: true, awsBedrockEndpoint: "http://gateway.example" },
			{ endpoint: null },
			"awsBedrockEndpoint: not-valid",
		],
		[
			"an ARN of another service",
			{ awsCustomArn: "arn:aws:s3:::bucket" },
			{ modelId: "amazon.nova-pro-v1:0" },
			"awsCustomArn: not-valid",
		],
		[
			"a missing custom ARN",
			{ apiModelId: "custom-arn" },
			{ modelId: DEFAULT_PROFILE_SETTINGS.modelId },
			"apiModelId: not-valid",
		],
		[
			"a model id with a profile prefix, which Roo Code removes",
			{ apiModelId: `us.${SONNET}` },
			{ modelId: SONNET, route: "in-region" },
			"apiModelId: differs",
		],
		[
			"the global profile for a model without one",
			{ awsUseGlobalInference: true },
			{ route: "in-region" },
			"awsUseGlobalInference: not-in-use",
		],
		["an invalid region", { awsRegion: "virginia" }, { region: "us-east-1" }, "awsRegion: not-valid"],
		[
			"a missing API key",
			{ awsUseApiKey: true },
			{ credentials: { method: "api-key" } },
			"awsApiKey: secret-left-out",
		],
		[
			"an invalid API key",
			{ awsUseApiKey: true, awsApiKey: "two words" },
			{ credentials: { method: "api-key" } },
			"awsApiKey: not-valid",
		],
		[
			"an API key that is not enabled",
			{ awsApiKey: "canary" },
			{ credentials: { method: "default-chain" } },
			"awsApiKey: not-in-use",
		],
		[
			"an AWS profile without a name",
			{ awsUseProfile: true },
			{ credentials: { method: "default-chain" } },
			"awsProfile: not-valid",
		],
		[
			"an incomplete key pair",
			{ awsAccessKey: "AKIDCANARY" },
			{ credentials: { method: "default-chain" } },
			"awsAccessKey: not-in-use",
		],
	] satisfies [string, ProviderSettings, Partial<ProfileSettings>, string][])(
		"converts and notes %s",
		(_, roo, part, note) => {
			const { settings, notes, secrets, skipped } = readFromRoo(roo)
			expect(settings).toMatchObject(part)
			expect(notes).toEqual([note])
			expect(secrets).toEqual({})
			expect(JSON.stringify(skipped)).not.toMatch(/canary|gateway|two words/i)
		},
	)

	it("ignores blank, null and unset values", () => {
		const unset = { awsCustomArn: "", awsApiKey: " ", awsProfile: "", awsBedrockEndpoint: "", modelMaxTokens: 0 }
		expect(readFromRoo(unset)).toMatchObject({ settings: { maxTokens: null }, notes: [] })
		const result = fromRooSettings({ apiProvider: "bedrock", awsRegion: "us-east-1", verbosity: null })
		expect(result.skipped.map(({ field }) => field)).toEqual(["apiModelId"])
	})

	it("prefers an ARN to a model id, and the global profile to a geographic one", () => {
		const awsCustomArn = `arn:aws:bedrock:${ACCOUNT}:imported-model/a1b2c3d4e5f6`
		expect(readFromRoo({ awsCustomArn }).settings).toMatchObject({ modelId: awsCustomArn, route: "auto" })
		const both = { apiModelId: SONNET, awsUseCrossRegionInference: true, awsUseGlobalInference: true }
		expect(readFromRoo(both).settings.route).toBe("global")
	})

	it("prefers API key to profile to access keys, and notes unused credentials", () => {
		const all = { awsApiKey: "key", awsProfile: "work", awsAccessKey: "AKID", awsSecretKey: "secret" }
		expect(readFromRoo({ ...all, awsUseApiKey: true, awsUseProfile: true })).toMatchObject({
			settings: { credentials: { method: "api-key" } },
			secrets: { apiKey: "key" },
			notes: ["awsProfile: not-in-use", "awsAccessKey: not-in-use"],
		})
		expect(readFromRoo({ ...all, awsUseProfile: true }).settings.credentials).toEqual({
			method: "profile",
			profile: "work",
		})
		expect(readFromRoo(all).secrets).toEqual({ staticKeys: { accessKeyId: "AKID", secretAccessKey: "secret" } })
	})

	it("skips values that Roo Code's schema would reject", () => {
		const result = fromRooSettings({
			apiProvider: "bedrock",
			apiModelId: 7,
			awsRegion: {},
			awsUseApiKey: "yes",
			awsBedrockServiceTier: "toString",
			modelMaxTokens: Number.NaN,
			modelTemperature: null,
		})
		expect(result).toMatchObject({ settings: DEFAULT_PROFILE_SETTINGS })
		expect(result.skipped.map(({ field }) => field).sort()).toEqual([
			"apiModelId",
			"apiModelId",
			"awsBedrockServiceTier",
			"awsRegion",
			"awsRegion",
			"awsUseApiKey",
			"modelMaxTokens",
		])
	})
})
