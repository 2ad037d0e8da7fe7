import { describe, expect, it } from "vitest"
import { acceptedParameters, sendableParameters } from "./accepted-parameters"
import { BEDROCK_APIS } from "../tiers/service-tier"
import { allModels, findModel } from "./catalog"
import { PARAMETER_FACTS } from "./parameter-facts"
import type { ReasoningLevel } from "./thinking"

const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"
const NOVA_2 = "amazon.nova-2-lite-v1:0"

describe("acceptedParameters", () => {
	const temperature = (id: string, api: "converse" | "invoke-model" = "converse") =>
		acceptedParameters(findModel(id), api).temperature.support

	it.each([
		["openai.gpt-5.6-sol", "no"],
		["openai.gpt-6-luna", "no"],
		["openai.gpt-6.1-sol", "unknown"],
		["xai.grok-4.6", "no"],
		["xai.grok-4.7", "unknown"],
		["moonshotai.kimi-k3", "no"],
		["anthropic.claude-opus-4-7", "no"],
		[SONNET_4_5, "yes"],
		["acme.brand-new-v1:0", "unknown"],
	])("reports the temperature of %s on Converse as %s", (id, support) => {
		expect(temperature(id)).toBe(support)
	})

	it("does not extend a fact about Converse to another API", () => {
		expect(temperature("xai.grok-4.6", "invoke-model")).toBe("unknown")
	})

	it("reports images in tool results for Nova and Claude only", () => {
		const images = (id: string) => acceptedParameters(findModel(id), "converse").imagesInToolResults.support
		expect(images(NOVA_2)).toBe("yes")
		expect(images("openai.gpt-5.6-sol")).toBe("no")
	})

	it("reports tools, system prompt and documents of Claude and Nova, with the source", () => {
		const claude = acceptedParameters(findModel(SONNET_4_5), "converse")
		expect([claude.tools.support, claude.systemPrompt.support, claude.documents.support]).toEqual([
			"yes",
			"yes",
			"yes",
		])
		expect(claude.tools.source).toMatchObject({ checkedOn: "2026-12-01" })
		expect(acceptedParameters(findModel("amazon.nova-micro-v1:0"), "converse").documents.support).toBe("no")
		expect(acceptedParameters(findModel("qwen.qwen3-32b-v1:0"), "converse").tools.support).toBe("unknown")
	})

	it.each([
		["openai.gpt-5.6-luna", "stopSequences", "no"],
		["openai.gpt-5.6-luna", "topP", "no"],
		["openai.gpt-5.6-luna", "toolChoice", "yes"],
		["openai.gpt-6-sol", "stopSequences", "no"],
		["openai.gpt-oss-20b-1:0", "stopSequences", "no"],
		["openai.gpt-oss-20b-1:0", "temperature", "yes"],
		["openai.gpt-oss-safeguard-20b", "stopSequences", "unknown"],
		["xai.grok-4.7", "documents", "no"],
		["zai.glm-5", "documents", "no"],
		["zai.glm-4.7-flash", "stopSequences", "no"],
		["deepseek.r1-v1:0", "tools", "no"],
		["deepseek.v3-v1:0", "tools", "unknown"],
	] as const)("of %s on Converse: %s is %s", (id, parameter, support) => {
		expect(acceptedParameters(findModel(id), "converse")[parameter].support).toBe(support)
	})

	it.each(allModels())("of $id agree with the images of the catalog", (model) => {
		const expected = model.images === null ? "unknown" : model.images ? "yes" : "no"
		for (const api of BEDROCK_APIS) {
			const { images, imagesInToolResults } = acceptedParameters(model, api)
			expect(images.support).toBe(expected)
			if (imagesInToolResults.support === "yes") expect(images.support).toBe("yes")
		}
	})

	it("have facts about models of the catalog only, each with a document and a date", () => {
		for (const { models, source } of PARAMETER_FACTS) {
			for (const prefix of models) expect(allModels().some(({ id }) => id.startsWith(prefix))).toBe(true)
			expect(source.document).not.toBe("")
			expect(source.checkedOn).toMatch(/^2026-\d{2}-\d{2}$/)
		}
	})

	it("reports the range of the output limit", () => {
		expect(acceptedParameters(findModel("openai.gpt-5.6-sol"), "converse").outputTokens.min).toBe(16)
		expect(acceptedParameters(findModel(SONNET_4_5), "converse").outputTokens).toEqual({ min: 1, max: 64_000 })
	})
})

describe("sendableParameters", () => {
	const parameters = (id: string, level: ReasoningLevel) => sendableParameters(findModel(id), "converse", level)
	const both = { temperature: true, maxTokens: true }
	const limitOnly = { temperature: false, maxTokens: true }

	it("includes temperature and limit for a model that is not in the catalog", () => {
		expect(parameters("acme.brand-new-v1:0", "high")).toEqual(both)
	})

	it("excludes temperature for Claude while it thinks, and always for some Claude models", () => {
		expect(parameters(SONNET_4_5, "off")).toEqual(both)
		expect(parameters(SONNET_4_5, "low")).toEqual(limitOnly)
		expect(parameters("anthropic.claude-sonnet-4-6", "low")).toEqual(limitOnly)
		expect(parameters("anthropic.claude-opus-4-6-v1", "off")).toEqual(both)
		expect(parameters("anthropic.claude-opus-4-7", "off")).toEqual(limitOnly)
	})

	it("excludes temperature and limit for Nova 2 at high effort", () => {
		expect(parameters(NOVA_2, "medium")).toEqual(both)
		expect(parameters(NOVA_2, "high")).toEqual({ temperature: false, maxTokens: false })
	})

	it("includes temperature and limit when the reasoning level is not sent", () => {
		expect(parameters("amazon.nova-pro-v1:0", "high")).toEqual(both)
		expect(parameters("openai.gpt-oss-120b-1:0", "high")).toEqual(both)
	})
})
