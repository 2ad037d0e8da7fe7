import { parseModelRef, readModelRef, resolveRoute, type RouteSetting } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import { englishText } from "./english-text"
import { modelRefDetail, routeDetails } from "./model-details"

const ACCOUNT = "123456789012"

describe("modelRefDetail", () => {
	it.each([
		["arn:aws:bedrock:us-east-1", "The ARN is not complete: it reads arn:aws:bedrock:REGION:ACCOUNT:KIND/NAME."],
		["arn:aws:s3:::bucket/key", 'The ARN is one of "s3", not of bedrock.'],
		["arn:aws:bedrock:us-east-1::imported-model/x", "The ARN names no account: its fifth part is 12 digits."],
		[
			"arn:aws:bedrock:us-east-1:12345:imported-model/x",
			'The ARN\'s account "12345" cannot be: it has 12 digits, and none for a foundation model.',
		],
		[
			`arn:aws:bedrock:us-east-1:${ACCOUNT}:guardrail/x`,
			'The ARN names a "guardrail", which cannot be called as a model.',
		],
		["gpt", '"gpt" is not a Bedrock model id or ARN.'],
		[`a.${"b".repeat(2048)}`, "A model id or ARN has at most 2,048 characters."],
	])("names the invalid part of %s", (text, message) => {
		const result = readModelRef(text)
		expect("problem" in result && englishText([modelRefDetail(text, result)])).toBe(message)
	})
})

describe("routeDetails", () => {
	const why = (modelId: string, region: string, setting: RouteSetting = "auto") => {
		const ref = parseModelRef(modelId)
		const route = ref && resolveRoute(ref, region, setting)
		return route && !route.ok ? englishText(routeDetails(route)) : null
	}

	it.each([
		[
			why("us.openai.gpt-oss-120b-1:0", "us-east-1"),
			'gpt-oss-120b has no "us" profile. From us-east-1 it can be called as openai.gpt-oss-120b-1:0 (in-region).',
		],
		[
			why("arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-2-lite-v1:0", "eu-west-1"),
			"Nova 2 Lite can be called only through a profile. From us-east-1 it can be called as " +
				"us.amazon.nova-2-lite-v1:0 (geo) / global.amazon.nova-2-lite-v1:0 (global).",
		],
		[
			why("anthropic.claude-sonnet-4-6", "us-east-1", "in-region"),
			"Claude Sonnet 4.6 has no in-region route from us-east-1. From us-east-1 it can be called as " +
				"us.anthropic.claude-sonnet-4-6 (geo) / global.anthropic.claude-sonnet-4-6 (global).",
		],
		[
			why("anthropic.claude-sonnet-4-6", "sa-east-1"),
			"Claude Sonnet 4.6 can be called from sa-east-1 only by the global route " +
				"(global.anthropic.claude-sonnet-4-6), which lets data leave the geography. " +
				'Choose the route "global" to allow that.',
		],
		[why("amazon.nova-2-lite-v1:0", "sa-east-1"), "Nova 2 Lite cannot be called from sa-east-1."],
		[
			why("acme.new-model-1:0", "us-east-1", "geo"),
			"acme.new-model-1:0 is not in the catalog, so its geographic profile is not known.",
		],
	])("says why there is no route and names the ids that can be called: %s", (text, expected) => {
		expect(text).toBe(expected)
	})
})
