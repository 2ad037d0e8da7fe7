import { ROUTE_SETTINGS, SELECTABLE_TIERS } from "@bedrock-tiers/core"
import type { Credentials, ProfileSecrets, ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { ACCOUNT, ours, read, SONNET, written } from "./testing/through-roo"

function back(part: Partial<ProfileSettings>, secrets?: ProfileSecrets) {
	return read(written(part, secrets).roo)
}

describe("There and back again", () => {
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

	it.each(METHODS)("the credentials %j, with the secrets that were handed in and no others", (credentials, its) => {
		const taken = back({ credentials, route: "in-region" }, secrets)
		expect(taken.settings).toEqual(ours({ credentials, route: "in-region" }))
		expect(taken.secrets).toEqual(its)
		expect(taken.untaken).toEqual([])
	})

	it("access keys that are not temporary have no session token", () => {
		const staticKeys = { accessKeyId: "AKIDCANARY", secretAccessKey: "canary-secret" }
		expect(back({ credentials: { method: "static-keys" } }, { staticKeys }).secrets).toEqual({ staticKeys })
	})

	it.each(METHODS)("no secret goes along with %j unless it is handed in, and it is said", (credentials, _its) => {
		const { roo, untaken } = written({ credentials, route: "in-region" })
		expect(JSON.stringify({ roo, untaken })).not.toMatch(/canary/i)
		const isSecret = credentials.method === "api-key" || credentials.method === "static-keys"
		expect(untaken.map(({ code }) => code)).toEqual(isSecret ? ["secret-left-out"] : [])
	})

	it.each(SELECTABLE_TIERS)("the tier %s", (serviceTier) => {
		expect(back({ serviceTier }).settings.serviceTier).toBe(serviceTier)
	})

	it.each(ROUTE_SETTINGS)("the route %s, where Roo Code has it; automatic is what it comes to", (route) => {
		const taken = back({ modelId: SONNET, route }).settings
		// Sonnet 4.5 is called through profiles only: there is no in-region route, in Roo Code neither.
		expect(taken).toEqual(ours({ modelId: SONNET, route: route === "auto" ? "geo" : route }))
	})

	it.each([
		["in-region", false, false],
		["geo", true, false],
		["global", false, true],
	] as const)("the route %s sets Roo Code's two switches to %s and %s", (route, geo, global) => {
		expect(written({ modelId: SONNET, route }).roo).toMatchObject({
			awsUseCrossRegionInference: geo,
			awsUseGlobalInference: global,
		})
	})

	it.each([
		"foundation-model",
		"inference-profile",
		"application-inference-profile",
		"provisioned-model",
		"imported-model",
		"custom-model-deployment",
		"prompt-router",
		"default-prompt-router",
	])("an ARN of a %s", (resource) => {
		const name = { "foundation-model": SONNET, "inference-profile": `us.${SONNET}` }[resource] ?? "a1b2c3d4e5f6"
		const owner = resource === "foundation-model" ? "us-east-1:" : ACCOUNT
		const modelId = `arn:aws:bedrock:${owner}:${resource}/${name}`
		const { roo, untaken } = written({ modelId })
		expect(roo).toMatchObject({ apiModelId: "custom-arn", awsCustomArn: modelId })
		expect(untaken).toEqual([])
		expect(read(roo)).toMatchObject({ settings: ours({ modelId }), untaken: [] })
	})

	it.each([
		"arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:imported-model/a1b2c3d4e5f6",
		"arn:aws-cn:bedrock:cn-north-1:123456789012:provisioned-model/a1b2c3d4e5f6",
		"arn:aws:sagemaker:us-east-1:123456789012:endpoint/mine",
	])("an ARN of another partition or service: %s", (modelId) => {
		expect(back({ modelId }).settings.modelId).toBe(modelId)
	})

	it("region, endpoint, caching, thinking, limits and temperature", () => {
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
		expect(written(part).roo).toEqual({
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
		expect(back(part).settings).toEqual(ours(part))
	})
})
