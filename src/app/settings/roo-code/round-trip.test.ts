import { ROUTE_SETTINGS, SELECTABLE_TIERS } from "@bedrock-tiers/core"
import type { Credentials, ProfileSecrets, ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { ACCOUNT, readFromRoo, settingsWith, SONNET, writeForRoo } from "./testing/roo-schema"

function roundTrip(part: Partial<ProfileSettings>, secrets?: ProfileSecrets) {
	return readFromRoo(writeForRoo(part, secrets).roo)
}

describe("A round trip through Roo Code's settings", () => {
	const secrets: ProfileSecrets = {
		apiKey: "canary-api-key",
		staticKeys: { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-secret", sessionToken: "canary-token" },
	}
	const METHODS = [
		[{ method: "default-chain" }, {}],
		[{ method: "profile", profile: "work" }, {}],
		[{ method: "api-key" }, { apiKey: secrets.apiKey }],
		[{ method: "static-keys" }, { staticKeys: secrets.staticKeys }],
	] satisfies [Credentials, object][]

	it.each(METHODS)(
		"preserves the credentials %j with the secrets of their method only",
		(credentials, expectedSecrets) => {
			const result = roundTrip({ credentials, route: "in-region" }, secrets)
			expect(result.settings).toEqual(settingsWith({ credentials, route: "in-region" }))
			expect(result.secrets).toEqual(expectedSecrets)
			expect(result.skipped).toEqual([])
		},
	)

	it("adds no session token to long-term access keys", () => {
		const staticKeys = { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-secret" }
		expect(roundTrip({ credentials: { method: "static-keys" } }, { staticKeys }).secrets).toEqual({ staticKeys })
	})

	it.each(METHODS)(
		"leaves out the secret of %j unless it is passed, and notes the omission",
		(credentials, _secrets) => {
			const { roo, skipped } = writeForRoo({ credentials, route: "in-region" })
			expect(JSON.stringify({ roo, skipped })).not.toMatch(/canary/i)
			const isSecret = credentials.method === "api-key" || credentials.method === "static-keys"
			expect(skipped.map(({ code }) => code)).toEqual(isSecret ? ["secret-left-out"] : [])
		},
	)

	it.each(SELECTABLE_TIERS)("preserves the tier %s", (serviceTier) => {
		expect(roundTrip({ serviceTier }).settings.serviceTier).toBe(serviceTier)
	})

	it.each(ROUTE_SETTINGS)("preserves the route %s, where auto becomes the resolved route", (route) => {
		const result = roundTrip({ modelId: SONNET, route }).settings
		// Sonnet 4.5 is available through inference profiles only, so auto does not resolve to in-region.
		expect(result).toEqual(settingsWith({ modelId: SONNET, route: route === "auto" ? "geo" : route }))
	})

	it.each([
		["in-region", false, false],
		["geo", true, false],
		["global", false, true],
	] as const)(
		"writes the route %s as awsUseCrossRegionInference %s and awsUseGlobalInference %s",
		(route, geo, global) => {
			expect(writeForRoo({ modelId: SONNET, route }).roo).toMatchObject({
				awsUseCrossRegionInference: geo,
				awsUseGlobalInference: global,
			})
		},
	)

	it.each([
		"foundation-model",
		"inference-profile",
		"application-inference-profile",
		"provisioned-model",
		"imported-model",
		"custom-model-deployment",
		"prompt-router",
		"default-prompt-router",
	])("preserves an ARN of a %s", (resource) => {
		const name = { "foundation-model": SONNET, "inference-profile": `us.${SONNET}` }[resource] ?? "a1b2c3d4e5f6"
		const owner = resource === "foundation-model" ? "us-east-1:" : ACCOUNT
		const modelId = `arn:aws:bedrock:${owner}:${resource}/${name}`
		const { roo, skipped } = writeForRoo({ modelId })
		expect(roo).toMatchObject({ apiModelId: "custom-arn", awsCustomArn: modelId })
		expect(skipped).toEqual([])
		expect(readFromRoo(roo)).toMatchObject({ settings: settingsWith({ modelId }), skipped: [] })
	})

	it.each([
		"arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:imported-model/a1b2c3d4e5f6",
		"arn:aws-cn:bedrock:cn-north-1:123456789012:provisioned-model/a1b2c3d4e5f6",
		"arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine",
	])("preserves an ARN of another partition or service: %s", (modelId) => {
		expect(roundTrip({ modelId }).settings.modelId).toBe(modelId)
	})

	it("preserves region, endpoint, caching, reasoning, limits and temperature", () => {
		const part = {
			modelId: SONNET,
			region: "eu-west-1",
			route: "geo",
			endpoint: "https://vpce-1.example",
			promptCaching: "off",
			reasoning: "high",
			thinkingBudgetTokens: 1_024,
			maxTokens: 20_000,
			temperature: 0.7,
		} as const
		expect(writeForRoo(part).roo).toEqual({
			apiProvider: "bedrock",
			apiModelId: SONNET,
			awsRegion: "eu-west-1",
			awsUseCrossRegionInference: true,
			awsUseGlobalInference: false,
			awsBedrockServiceTier: "STANDARD",
			awsUseApiKey: false,
			awsUseProfile: false,
			awsBedrockEndpointEnabled: true,
			awsBedrockEndpoint: "https://vpce-1.example",
			awsUsePromptCache: false,
			enableReasoningEffort: true,
			reasoningEffort: "high",
			modelMaxThinkingTokens: 1_024,
			modelMaxTokens: 20_000,
			modelTemperature: 0.7,
		})
		expect(roundTrip(part).settings).toEqual(settingsWith(part))
	})
})
