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

describe("a model id", () => {
	it.each([
		["the bare id", "openai.gpt-oss-20b-1:0", "openai.gpt-oss-20b-1:0"],
		["a geo profile", "us.amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0"],
		["a global profile", "global.anthropic.claude-sonnet-4-6", "anthropic.claude-sonnet-4-6"],
		["a model's ARN", "arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0", "amazon.nova-pro-v1:0"],
		[
			"a profile's ARN",
			"arn:aws:bedrock:eu-west-1:123456789012:inference-profile/eu.amazon.nova-2-lite-v1:0",
			"amazon.nova-2-lite-v1:0",
		],
	])("may be %s", (_, modelId, expected) => {
		expect(resolveModel(modelId, "us-east-1").id).toBe(expected)
	})

	it.each([
		["nobody knows", "acme.parrot-v1:0"],
		["has a prefix that the model has no profile for", "eu.moonshotai.kimi-k3"],
		["has a prefix, of a model without profiles", "us.qwen.qwen3-32b-v1:0"],
		["only ends like a known one", "not-openai.gpt-oss-20b-1:0"],
		["is a profile's ARN around a bare id", "arn:aws:bedrock:us-east-1:1:inference-profile/amazon.nova-pro-v1:0"],
		["is a model's ARN around a profile id", "arn:aws:bedrock:us-east-1::foundation-model/us.amazon.nova-pro-v1:0"],
		["is an application profile", "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123"],
	])("that %s is invalid", (_, modelId) => {
		expect(refusal(() => resolveModel(modelId, "us-east-1"))).toBe(INVALID_ID)
	})

	it.each(["anthropic.claude-haiku-4-5-20251001-v1:0", "amazon.nova-2-lite-v1:0", "moonshotai.kimi-k3"])(
		"must name a profile where the model has no other route: %s",
		(modelId) => {
			expect(refusal(() => resolveModel(modelId, "us-east-1"))).toBe(onDemand(modelId))
		},
	)

	it("may be bare only in the Regions where the model is at home", () => {
		expect(refusal(() => resolveModel("anthropic.claude-sonnet-4-6", "eu-west-2"))).toBe("accepted")
		expect(refusal(() => resolveModel("anthropic.claude-sonnet-4-6", "us-east-1"))).toBe(
			onDemand("anthropic.claude-sonnet-4-6"),
		)
		expect(refusal(() => resolveModel("amazon.nova-pro-v1:0", "us-west-2"))).toBe(onDemand("amazon.nova-pro-v1:0"))
	})

	it("of a retired model is not found", () => {
		expect(refusal(() => resolveModel("us.amazon.nova-premier-v1:0", "us-east-1"))).toBe(
			"404 ResourceNotFoundException: This model version has reached the end of its life. Please refer to the " +
				"AWS documentation for more details.",
		)
	})
})

describe("a requested tier", () => {
	const nova = resolveModel("amazon.nova-pro-v1:0", "us-east-1")
	const claude = resolveModel("us.anthropic.claude-sonnet-4-6", "us-east-1")
	const kimi = resolveModel("us.moonshotai.kimi-k3", "us-east-1")
	const NOT_SUPPORTED = "400 ValidationException: The provided service tier is not supported for this model."

	it("may be left out, or be default, for every model", () => {
		for (const model of EMULATED_MODELS) {
			expect(refusal(() => checkTier(model, null))).toBe("accepted")
			expect(refusal(() => checkTier(model, "default"))).toBe("accepted")
		}
	})

	it.each(["flex", "priority"])("of %s is taken by Nova Pro, and refused by Claude and Kimi K3", (tier) => {
		expect(refusal(() => checkTier(nova, tier))).toBe("accepted")
		expect(refusal(() => checkTier(claude, tier))).toBe(NOT_SUPPORTED)
		expect(refusal(() => checkTier(kimi, tier))).toBe(NOT_SUPPORTED)
	})

	it("of reserved finds no reservation", () => {
		expect(refusal(() => checkTier(nova, "reserved"))).toBe("400 ValidationException: Reservation not found.")
	})

	it.each(["standard", "Flex", ""])('of "%s" is not one of AWS\'s words', (tier) => {
		expect(refusal(() => checkTier(nova, tier))).toBe("400 ValidationException: service tier provided is invalid")
	})
})
