import { describe, expect, it } from "vitest"
import { allModels } from "./catalog"
import { nearestModelId, normalizeModelId } from "./model-id-text"
import { parseModelRef } from "./model-ref"

const SONNET = "anthropic.claude-sonnet-4-6"
const PROFILE_ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123"
const CONSOLE = "https://us-east-1.console.aws.amazon.com/bedrock/home?region=us-east-1#"

describe("normalizeModelId", () => {
	it.each([
		[` ${SONNET}\n`, SONNET],
		[`\u00a0${SONNET}\u200b`, SONNET],
		[`"${SONNET}"`, SONNET],
		[`'us.${SONNET}',`, `us.${SONNET}`],
		[`\`${SONNET}\``, SONNET],
		[`“${SONNET}”`, SONNET],
		[`bedrock/${SONNET}`, SONNET],
		[`bedrock/converse/us.${SONNET}`, `us.${SONNET}`],
		[`bedrock/invoke/us-west-2/${SONNET}`, SONNET],
		[`amazon-bedrock/${SONNET}`, SONNET],
		[`bedrock_converse:us.${SONNET}`, `us.${SONNET}`],
		[`us.${SONNET}[1m]`, `us.${SONNET}`],
		[`bedrock/us.${SONNET}[1M] `, `us.${SONNET}`],
		["amazon.nova-pro-v1:0:24k", "amazon.nova-pro-v1:0"],
		["anthropic.claude-3-sonnet-20240229-v1:0:200k", "anthropic.claude-3-sonnet-20240229-v1:0"],
		[`bedrock/${PROFILE_ARN}`, PROFILE_ARN],
		[`"${PROFILE_ARN}"`, PROFILE_ARN],
		[`${CONSOLE}/model-catalog/serverless/${SONNET}`, SONNET],
		[`${CONSOLE}/text-generation-playground?mode=chat&modelId=amazon.nova-pro-v1%3A0`, "amazon.nova-pro-v1:0"],
		[`${CONSOLE}/inference-profiles/us.${SONNET}`, `us.${SONNET}`],
		[`${CONSOLE}/application-inference-profiles/${encodeURIComponent(PROFILE_ARN)}`, PROFILE_ARN],
	])("reads %j as %s", (text, id) => {
		expect(normalizeModelId(text)).toBe(id)
		expect(parseModelRef(text)).toMatchObject({ modelId: id })
	})

	it.each(["", "?", "https://example.com/#/anthropic.claude", `${CONSOLE}/overview`, "openrouter/anthropic/claude"])(
		"returns another text unchanged: %j",
		(text) => {
			expect(normalizeModelId(text)).toBe(text)
			expect(parseModelRef(text)).toBeNull()
		},
	)

	it("returns every id of the catalog, and every profile id, unchanged", () => {
		for (const { id } of allModels()) {
			expect(normalizeModelId(id)).toBe(id)
			expect(normalizeModelId(`us-gov.${id}`)).toBe(`us-gov.${id}`)
		}
	})
})

describe("nearestModelId", () => {
	it.each([
		["claude-sonnet-4-6", SONNET],
		["claude-sonnet-4.6", SONNET],
		["anthropic/claude-sonnet-4.6", SONNET],
		["anthropic.claude-sonet-4-6", SONNET],
		["gpt-oss-120b", "openai.gpt-oss-120b-1:0"],
	])("of %s is %s", (text, id) => {
		expect(nearestModelId(text)).toBe(id)
	})

	it("of a text that is similar to no id is null", () => {
		expect(nearestModelId("?")).toBeNull()
		expect(nearestModelId("my-own-model-of-last-summer")).toBeNull()
	})
})
