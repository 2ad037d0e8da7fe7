import { englishText } from "@bedrock-tiers/error-details"
import { allModels } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { AWS_INFERENCE_PROFILE_MAPPING, BEDROCK_GLOBAL_INFERENCE_MODEL_IDS, bedrockModels } from "@roo-code/types"
import { describe, expect, it } from "vitest"
import { ROO_GLOBAL_MODEL_IDS, ROO_MODEL_IDS, rooPrefix } from "./roo-code-facts"
import { ACCOUNT, SONNET, writeForRoo } from "./testing/roo-schema"

describe("The facts about Roo Code match its types package", () => {
	it("in the models that Roo Code knows", () => {
		const known = allModels().flatMap(({ id }) => (id in bedrockModels ? [id] : []))
		expect([...ROO_MODEL_IDS]).toEqual(known.sort())
	})

	it("in the models that Roo Code calls through the global profile", () => {
		expect([...ROO_GLOBAL_MODEL_IDS]).toEqual([...BEDROCK_GLOBAL_INFERENCE_MODEL_IDS].sort())
	})

	it.each([
		"us-east-1",
		"ap-southeast-2",
		"ap-southeast-4",
		"ap-northeast-2",
		"us-gov-west-1",
		"ap-south-1",
		"me-south-1",
	])("in the geographic profile that Roo Code uses in %s", (region) => {
		const [, prefix] = AWS_INFERENCE_PROFILE_MAPPING.find(([regionPrefix]) => region.startsWith(regionPrefix)) ?? []
		expect(rooPrefix(region)).toBe(prefix ?? "")
	})
})

describe("toRooSettings", () => {
	const notes = (part: Partial<ProfileSettings>) =>
		writeForRoo({ route: "in-region", ...part }).skipped.map(({ detail }) => englishText([detail]))

	it("notes nothing when Roo Code has all settings of the profile", () => {
		expect(notes({})).toEqual([])
	})

	it.each([
		[
			"an unknown model",
			{ modelId: "zai.glm-5" },
			"Roo Code 3.52 does not know zai.glm-5 and would call Claude Sonnet 4.5 in its place.",
		],
		[
			"a geographic profile that Roo Code replaces",
			{ modelId: "amazon.nova-lite-v1:0", region: "ap-northeast-2", route: "geo" },
			"Roo Code would call jp.amazon.nova-lite-v1:0, not apac.amazon.nova-lite-v1:0.",
		],
		[
			"the global profile of a model that Roo Code does not call through it",
			{ modelId: "amazon.nova-2-lite-v1:0", route: "global" },
			"Roo Code would call amazon.nova-2-lite-v1:0, not global.amazon.nova-2-lite-v1:0.",
		],
		["the route auto", { route: "auto" }, "Roo Code does not choose a route by itself: it is set to in-region."],
		[
			"an ARN with a slash in its name",
			{ modelId: `arn:aws:bedrock:${ACCOUNT}:custom-model/amazon.nova-pro-v1:0/a1b2` },
			"Roo Code refuses an ARN whose name has a slash in it.",
		],
		[
			"a reasoning level",
			{ reasoning: "low" },
			"For Bedrock, Roo Code 3.52 asks for thinking by a budget only, whatever the level.",
		],
		["a cache TTL of one hour", { promptCaching: "1h" }, "Roo Code caches for 5 minutes, not for an hour."],
		["a temperature of 0", { temperature: 0 }, "Roo Code sends 0.3 where the temperature is set to 0."],
		["the API", { api: "invoke-model" }, "Roo Code has no setting for the API: it always calls Converse."],
		["the HTTP version", { http: "http1" }, "Roo Code has no setting for the HTTP version."],
		["a discount", { discountPercent: 5 }, "Roo Code has no setting for a negotiated discount."],
		["the idle limit", { idleLimitMinutes: 5 }, "Roo Code has no setting for the limit of silence."],
		[
			"the background tier",
			{ backgroundTier: "flex" },
			"Roo Code has no setting for the tier of background requests.",
		],
		["generated titles", { chatTitles: "written" }, "Roo Code has no setting for how chats get their titles."],
		[
			"the action when the tier cannot serve",
			{ whenTierCannotServe: "stop" },
			"Roo Code has no setting for what to do when the tier cannot serve.",
		],
	] satisfies [string, Partial<ProfileSettings>, string][])("notes %s", (_, part, message) => {
		expect(notes(part)).toEqual([message])
	})

	it("notes a route that does not exist", () => {
		const messages = notes({ modelId: "amazon.nova-pro-v1:0", route: "global" })
		expect(messages).toEqual([
			"From us-east-1 there is no such route to amazon.nova-pro-v1:0, in Roo Code neither.",
		])
	})

	it("notes an unknown model in a foundation-model ARN, but not in an inference-profile ARN", () => {
		const arn = (rest: string) => notes({ modelId: `arn:aws:bedrock:${rest}` })
		expect(arn("us-east-1::foundation-model/zai.glm-5")).toHaveLength(1)
		expect(arn(`${ACCOUNT}:inference-profile/us.anthropic.claude-opus-5`)).toEqual([])
	})

	it("writes a model id with a profile prefix as id and route, and notes it only if the profile differs", () => {
		const { roo, skipped } = writeForRoo({ modelId: `us.${SONNET}` })
		expect(roo).toMatchObject({
			apiModelId: SONNET,
			awsUseCrossRegionInference: true,
			awsUseGlobalInference: false,
		})
		expect(skipped).toEqual([])
		expect(writeForRoo({ modelId: `eu.${SONNET}` }).skipped.map(({ detail }) => englishText([detail]))).toEqual([
			`Roo Code would call us.${SONNET}, not eu.${SONNET}.`,
		])
	})
})
