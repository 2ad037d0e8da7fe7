import { describe, expect, it } from "vitest"
import { parseModelRef, readModelRef, resolveRoute } from "../index"

const ACCOUNT = "123456789012"

describe("parseModelRef, for each resource type", () => {
	it.each([
		["bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", "foundation-model", "amazon.nova-pro-v1:0"],
		[
			`bedrock:us-east-1:${ACCOUNT}:inference-profile/eu.amazon.nova-pro-v1:0`,
			"inference-profile",
			"amazon.nova-pro-v1:0",
		],
		[
			`bedrock:us-east-1:${ACCOUNT}:application-inference-profile/a1b2c3d4e5f6`,
			"application-inference-profile",
			null,
		],
		[`bedrock:us-east-1:${ACCOUNT}:provisioned-model/a1b2c3d4e5f6`, "provisioned-model", null],
		[`bedrock:us-east-1:${ACCOUNT}:imported-model/a1b2c3d4e5f6`, "imported-model", null],
		[`bedrock:us-east-1:${ACCOUNT}:custom-model/amazon.nova-pro-v1:0:300k/a1b2c3d4e5f6`, "custom-model", null],
		[`bedrock:us-east-1:${ACCOUNT}:custom-model-deployment/a1b2c3d4e5f6`, "custom-model-deployment", null],
		[`bedrock:us-east-1:${ACCOUNT}:prompt-router/a1b2c3d4e5f6`, "prompt-router", null],
		[`bedrock:us-east-1:${ACCOUNT}:default-prompt-router/anthropic.claude:1`, "default-prompt-router", null],
		[`sagemaker:us-east-1:${ACCOUNT}:endpoint/my-endpoint`, "endpoint", null],
	])("reads the resource type, base model id and region of arn:aws:%s", (rest, resource, baseModelId) => {
		expect(parseModelRef(`arn:aws:${rest}`)).toMatchObject({
			kind: "arn",
			resource,
			baseModelId,
			region: "us-east-1",
		})
	})
})

describe("parseModelRef, for each partition", () => {
	it.each([
		["aws", "eu-central-2"],
		["aws-cn", "cn-north-1"],
		["aws-us-gov", "us-gov-west-1"],
		["aws-iso", "us-iso-east-1"],
		["aws-iso-b", "us-isob-east-1"],
		["aws-iso-e", "eu-isoe-west-1"],
		["aws-iso-f", "us-isof-south-1"],
		["aws-eusc", "eusc-de-east-1"],
		["aws-brand-new", "us-east-1"],
	])("reads an ARN of the partition %s with its region %s", (partition, region) => {
		const arn = `arn:${partition}:bedrock:${region}:${ACCOUNT}:imported-model/a1b2c3d4e5f6`
		expect(parseModelRef(arn)).toMatchObject({ kind: "arn", region })
	})
})

describe("readModelRef, for an invalid text", () => {
	it.each([
		["arn:aws:bedrock:us-east-1", "arn-incomplete", ""],
		[`arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile`, "arn-incomplete", ""],
		[`arn:azure:bedrock:us-east-1:${ACCOUNT}:imported-model/x`, "arn-partition", "azure"],
		["arn:aws:s3:::bucket/key", "arn-service", "s3"],
		["arn:aws:bedrock:virginia::foundation-model/a.b", "arn-region", "virginia"],
		["arn:aws:bedrock:cn-north-1::foundation-model/a.b", "arn-region-elsewhere", "cn-north-1"],
		["arn:aws-cn:bedrock:us-east-1::foundation-model/a.b", "arn-region-elsewhere", "us-east-1"],
		["arn:aws:bedrock:us-east-1:12345:imported-model/x", "arn-account", "12345"],
		["arn:aws:bedrock:us-east-1::imported-model/x", "arn-account", ""],
		[`arn:aws:bedrock:us-east-1:${ACCOUNT}:foundation-model/a.b`, "arn-account", ACCOUNT],
		[`arn:aws:bedrock:us-east-1:${ACCOUNT}:guardrail/x`, "arn-resource", "guardrail"],
		[`arn:aws:bedrock:us-east-1:${ACCOUNT}:prompt/ABCDE`, "arn-resource", "prompt"],
		[`arn:aws:bedrock:us-east-1:${ACCOUNT}:endpoint/x`, "arn-resource", "endpoint"],
		[`arn:aws:bedrock:us-east-1:${ACCOUNT}:imported-model/`, "arn-name", ""],
		[`arn:aws:bedrock:us-east-1:${ACCOUNT}:imported-model/a/../b`, "arn-name", "a/../b"],
		["arn:aws:bedrock:us-east-1::foundation-model/us.amazon.nova-pro-v1:0", "arn-name", "us.amazon.nova-pro-v1:0"],
		[
			`arn:aws:bedrock:us-east-1:${ACCOUNT}:inference-profile/amazon.nova-pro-v1:0`,
			"arn-name",
			"amazon.nova-pro-v1:0",
		],
		["gpt", "not-an-id", "gpt"],
		[`a.${"b".repeat(2048)}`, "too-long", ""],
	])("returns for %s the problem %s and the invalid part", (text, problem, detail) => {
		expect(readModelRef(text)).toEqual({ problem, detail })
		expect(parseModelRef(text)).toBeNull()
	})
})

describe("resolveRoute, for a profile id or an ARN entered in full", () => {
	const route = (modelId: string, region: string) => {
		const ref = parseModelRef(modelId)
		if (!ref) throw new Error(`${modelId} cannot be parsed`)
		return resolveRoute(ref, region, "auto")
	}

	it("rejects a profile that the model does not have, and names the available ids", () => {
		expect(route("us.openai.gpt-oss-120b-1:0", "us-east-1")).toMatchObject({
			ok: false,
			reason: "no-such-profile",
			model: "gpt-oss-120b",
			requested: "us",
			available: [{ route: "in-region", bedrockModelId: "openai.gpt-oss-120b-1:0" }],
		})
		expect(route("global.amazon.nova-pro-v1:0", "us-east-1")).toMatchObject({
			ok: false,
			reason: "no-such-profile",
		})
	})

	it("rejects a foundation-model ARN of a model that requires a profile in every region", () => {
		const arn = "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-2-lite-v1:0"
		expect(route(arn, "eu-west-1")).toMatchObject({
			ok: false,
			reason: "needs-profile",
			region: "us-east-1",
			available: [
				{ route: "geo", bedrockModelId: "us.amazon.nova-2-lite-v1:0" },
				{ route: "global", bedrockModelId: "global.amazon.nova-2-lite-v1:0" },
			],
		})
	})

	it("accepts a profile that the catalog may not know, marked as not verified", () => {
		expect(route("us.amazon.nova-pro-v1:0", "eu-west-1")).toMatchObject({ route: "geo", verified: false })
		expect(route("mx.amazon.nova-pro-v1:0", "mx-central-1")).toMatchObject({ route: "geo", verified: false })
		expect(route("us.acme.new-v1:0", "us-east-1")).toMatchObject({ route: "geo", verified: false })
	})
})

describe("resolveRoute, for a base model id that requires a profile", () => {
	it("rejects the in-region route and names the profiles to use", () => {
		const ref = parseModelRef("anthropic.claude-sonnet-4-6")
		expect(ref && resolveRoute(ref, "us-east-1", "in-region")).toMatchObject({
			ok: false,
			reason: "no-such-route",
			requested: "in-region",
			available: [
				{ route: "geo", bedrockModelId: "us.anthropic.claude-sonnet-4-6" },
				{ route: "global", bedrockModelId: "global.anthropic.claude-sonnet-4-6" },
			],
		})
	})
})
