import { describe, expect, it } from "vitest"
import { AwsFailure } from "./failures"
import { EMULATED_MODELS, resolveModel } from "./models"
import { checkTier } from "./tiers"

function refusal(act: () => unknown): string {
	try {
		act()
	} catch (error) {
		if (error instanceof AwsFailure) return `${error.status} ${error.name}: ${error.message}`
	}
	return "accepted"
}

const INVALID_ID = "400 ValidationException: The provided model identifier is invalid."
const onDemand = (id: string) =>
	`400 ValidationException: Invocation of model ID ${id} with on-demand throughput isn\u2019t supported. ` +
	"Retry your request with the ID or ARN of an inference profile that contains this model."

describe("resolveModel", () => {
	it.each([
		["a bare model id", "openai.gpt-oss-20b-1:0", "openai.gpt-oss-20b-1:0"],
		["a geo profile id", "us.amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0"],
		["a global profile id", "global.anthropic.claude-sonnet-4-6", "anthropic.claude-sonnet-4-6"],
		[
			"a foundation model ARN",
			"arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
			"amazon.nova-pro-v1:0",
		],
		[
			"an inference profile ARN",
			"arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-2-lite-v1:0",
			"amazon.nova-2-lite-v1:0",
		],
	])("accepts %s", (_, modelId, expected) => {
		expect(resolveModel(modelId, "us-east-1").id).toBe(expected)
	})

	it.each([
		["an unknown model id", "acme.parrot-v1:0"],
		["a profile prefix that the model does not have", "eu.moonshotai.kimi-k3"],
		["a profile prefix of a model without profiles", "us.qwen.qwen3-32b-v1:0"],
		["an id that only ends with a known id", "not-openai.gpt-oss-20b-1:0"],
		[
			"an inference profile ARN with a bare model id",
			"arn:aws:bedrock:us-east-1:1:inference-profile/amazon.nova-pro-v1:0",
		],
		[
			"a foundation model ARN with a profile id",
			"arn:aws:bedrock:us-east-1::foundation-model/us.amazon.nova-pro-v1:0",
		],
		[
			"the ARN of an unknown application inference profile",
			"arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123",
		],
	])("rejects %s as an invalid model identifier", (_, modelId) => {
		expect(refusal(() => resolveModel(modelId, "us-east-1"))).toBe(INVALID_ID)
	})

	it.each(["anthropic.claude-haiku-4-5-20251001-v1:0", "amazon.nova-2-lite-v1:0", "moonshotai.kimi-k3"])(
		"rejects the bare id of a model that can be called only through a profile: %s",
		(modelId) => {
			expect(refusal(() => resolveModel(modelId, "us-east-1"))).toBe(onDemand(modelId))
		},
	)

	it("accepts a bare id only in the Regions where the model runs on demand", () => {
		expect(refusal(() => resolveModel("anthropic.claude-sonnet-4-6", "eu-west-2"))).toBe("accepted")
		expect(refusal(() => resolveModel("anthropic.claude-sonnet-4-6", "us-east-1"))).toBe(
			onDemand("anthropic.claude-sonnet-4-6"),
		)
		expect(refusal(() => resolveModel("amazon.nova-pro-v1:0", "us-west-2"))).toBe(onDemand("amazon.nova-pro-v1:0"))
	})

	it("throws ResourceNotFoundException for a retired model", () => {
		expect(refusal(() => resolveModel("us.amazon.nova-premier-v1:0", "us-east-1"))).toBe(
			"404 ResourceNotFoundException: This model version has reached the end of its life. Please refer to the " +
				"AWS documentation for more details.",
		)
	})
})

describe("checkTier", () => {
	const nova = resolveModel("amazon.nova-pro-v1:0", "us-east-1")
	const claude = resolveModel("us.anthropic.claude-sonnet-4-6", "us-east-1")
	const kimi = resolveModel("us.moonshotai.kimi-k3", "us-east-1")
	const NOT_SUPPORTED = "400 ValidationException: The provided service tier is not supported for this model."

	it("accepts no tier and the tier default for every model", () => {
		for (const model of EMULATED_MODELS) {
			expect(refusal(() => checkTier(model, null))).toBe("accepted")
			expect(refusal(() => checkTier(model, "default"))).toBe("accepted")
		}
	})

	it.each(["flex", "priority"])("accepts %s for Nova Pro and refuses it for Claude and Kimi K3", (tier) => {
		expect(refusal(() => checkTier(nova, tier))).toBe("accepted")
		expect(refusal(() => checkTier(claude, tier))).toBe(NOT_SUPPORTED)
		expect(refusal(() => checkTier(kimi, tier))).toBe(NOT_SUPPORTED)
	})

	it("refuses reserved because no reservation exists", () => {
		expect(refusal(() => checkTier(nova, "reserved"))).toBe("400 ValidationException: Reservation not found.")
	})

	it.each(["standard", "Flex", ""])('refuses the unknown tier "%s"', (tier) => {
		expect(refusal(() => checkTier(nova, tier))).toBe("400 ValidationException: service tier provided is invalid")
	})
})
