import { describe, expect, it } from "vitest"
import { isRegionCode, offeredModels, parseModelRef, resolveRoute, type RouteSetting } from "../index"

function route(modelId: string, region: string, setting: RouteSetting = "auto") {
	const ref = parseModelRef(modelId)
	if (!ref) throw new Error(`${modelId} cannot be parsed`)
	return resolveRoute(ref, region, setting)
}

describe("parseModelRef", () => {
	it.each([
		["openai.gpt-oss-120b-1:0", { kind: "base", baseModelId: "openai.gpt-oss-120b-1:0" }],
		["us.amazon.nova-pro-v1:0", { kind: "profile", prefix: "us", baseModelId: "amazon.nova-pro-v1:0" }],
		["us-gov.openai.gpt-oss-20b-1:0", { kind: "profile", prefix: "us-gov", baseModelId: "openai.gpt-oss-20b-1:0" }],
		["global.moonshotai.kimi-k3", { kind: "profile", prefix: "global", baseModelId: "moonshotai.kimi-k3" }],
		["openai.gpt-5.6-sol", { kind: "base", baseModelId: "openai.gpt-5.6-sol" }],
		["xx.amazon.nova-pro-v1:0", { kind: "profile", prefix: "xx", baseModelId: "amazon.nova-pro-v1:0" }],
	])("reads the id %s", (text, expected) => {
		expect(parseModelRef(text)).toMatchObject(expected)
	})

	it.each([
		[
			"arn:aws:bedrock:us-west-2::foundation-model/amazon.nova-pro-v1:0",
			{ baseModelId: "amazon.nova-pro-v1:0", region: "us-west-2", prefix: null },
		],
		[
			"arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0",
			{ baseModelId: "amazon.nova-pro-v1:0", region: "us-east-1", prefix: "us" },
		],
		[
			"arn:aws-us-gov:bedrock:us-gov-west-1:123456789012:application-inference-profile/abc123",
			{ baseModelId: null, region: "us-gov-west-1" },
		],
	])("reads the ARN %s", (text, expected) => {
		expect(parseModelRef(text)).toMatchObject({ kind: "arn", modelId: text, ...expected })
	})

	it.each([[""], ["gpt"], ["two words.x"], ["a..b"], ["arn:aws:s3:::bucket/x"], ["x.y/../z"], ["a.b\nc"]])(
		"returns `null` for %j",
		(text) => {
			expect(parseModelRef(text)).toBeNull()
		},
	)
})

describe("isRegionCode", () => {
	it.each([["us-east-1"], ["ap-southeast-7"], ["us-gov-west-1"], ["eu-central-2"]])("accepts %s", (text) => {
		expect(isRegionCode(text)).toBe(true)
	})

	it.each([[""], ["us-east"], ["US-EAST-1"], ["us-east-1a"], ["virginia"], ["us-east-1 "]])("rejects %j", (text) => {
		expect(isRegionCode(text)).toBe(false)
	})
})

describe("resolveRoute", () => {
	it("resolves `auto` to in-region when the model can be called in the region", () => {
		expect(route("amazon.nova-pro-v1:0", "us-east-1")).toMatchObject({
			route: "in-region",
			bedrockModelId: "amazon.nova-pro-v1:0",
			verified: true,
		})
	})

	it("resolves `auto` to geo when in-region is not available", () => {
		expect(route("amazon.nova-pro-v1:0", "us-west-2")).toMatchObject({
			route: "geo",
			bedrockModelId: "us.amazon.nova-pro-v1:0",
		})
		expect(route("amazon.nova-2-lite-v1:0", "ap-northeast-1")).toMatchObject({
			route: "geo",
			bedrockModelId: "jp.amazon.nova-2-lite-v1:0",
		})
	})

	it("does not resolve `auto` to global and reports `only-global` when no other route exists", () => {
		expect(route("anthropic.claude-sonnet-4-6", "sa-east-1")).toMatchObject({ ok: false, reason: "only-global" })
		expect(route("anthropic.claude-sonnet-4-6", "sa-east-1", "global")).toMatchObject({
			bedrockModelId: "global.anthropic.claude-sonnet-4-6",
		})
	})

	it("rejects a route that does not exist and returns the available ones", () => {
		expect(route("openai.gpt-oss-120b-1:0", "us-east-1", "global")).toMatchObject({
			ok: false,
			reason: "no-such-route",
			available: [{ route: "in-region", bedrockModelId: "openai.gpt-oss-120b-1:0" }],
		})
	})

	it("rejects a model that requires a profile from a region without one", () => {
		expect(route("amazon.nova-2-lite-v1:0", "sa-east-1")).toMatchObject({ ok: false, reason: "not-callable-here" })
	})

	it("accepts a region or a model that the catalog does not list, marked as not verified", () => {
		expect(route("deepseek.v3-v1:0", "eu-central-1")).toMatchObject({ route: "in-region", verified: false })
		expect(route("acme.new-model-1:0", "us-east-1")).toMatchObject({ route: "in-region", verified: false })
	})

	it("leaves an id that was entered in full unchanged, whatever the route setting", () => {
		expect(route("us.amazon.nova-pro-v1:0", "eu-west-1", "in-region")).toMatchObject({
			route: "geo",
			bedrockModelId: "us.amazon.nova-pro-v1:0",
		})
		expect(route("global.amazon.nova-2-lite-v1:0", "us-east-1")).toMatchObject({ route: "global" })
	})
})

describe("offeredModels", () => {
	it("excludes retired models", () => {
		const ids = offeredModels().map(({ id }) => id)
		expect(ids).toContain("amazon.nova-pro-v1:0")
		expect(ids).not.toContain("amazon.nova-premier-v1:0")
	})
})
