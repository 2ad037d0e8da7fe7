import { describe, expect, it } from "vitest"
import { findModel } from "./catalog"
import { takenParameters, thinkingBudget, thinkingRequest, type ReasoningLevel } from "./thinking"

const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"
const NOVA_2 = "amazon.nova-2-lite-v1:0"

function model(id: string) {
	const found = findModel(id)
	if (!found) throw new Error(`no model ${id}`)
	return found
}

describe("How a model is asked to think", () => {
	it.each([
		[SONNET_4_5, "budget"],
		["anthropic.claude-sonnet-4-6", "adaptive"],
		["anthropic.claude-fable-5", "adaptive"],
		["openai.gpt-oss-120b-1:0", "openai-effort"],
		[NOVA_2, "nova-effort"],
	])("%s: %s", (id, request) => {
		expect(thinkingRequest(model(id))).toBe(request)
	})

	it.each([
		["it does not think", "amazon.nova-pro-v1:0"],
		["it always thinks, and nobody can say how hard", "deepseek.r1-v1:0"],
		["nothing is documented", "qwen.qwen3-32b-v1:0"],
		["it is not documented how", "xai.grok-4.6"],
	])("not at all where %s", (_, id) => {
		expect(thinkingRequest(model(id))).toBeNull()
	})
})

describe("A budget for thoughts", () => {
	it("is a fifth, half or four fifths of the answer's limit, but never below the least", () => {
		expect(thinkingBudget(model(SONNET_4_5), "low", {})).toEqual({ budget: 12_800, limit: 64_000 })
		expect(thinkingBudget(model(SONNET_4_5), "medium", { maxTokens: 10_000 }).budget).toBe(5_000)
		expect(thinkingBudget(model(SONNET_4_5), "high", { maxTokens: 10_000 }).budget).toBe(8_000)
		expect(thinkingBudget(model(SONNET_4_5), "low", { maxTokens: 2_000 }).budget).toBe(1_024)
	})

	it("is the person's own where there is one", () => {
		expect(thinkingBudget(model(SONNET_4_5), "low", { thinkingBudgetTokens: 3_000 }).budget).toBe(3_000)
	})
})

describe("Temperature and limit", () => {
	const taken = (id: string, level: ReasoningLevel) => takenParameters(findModel(id), level)
	const both = { temperature: true, maxTokens: true }
	const limitOnly = { temperature: false, maxTokens: true }

	it("are taken by a model that the catalog does not know, for all that is known", () => {
		expect(taken("acme.brand-new-v1:0", "high")).toEqual(both)
	})

	it("Claude takes no temperature while it thinks, and some Claude none at all", () => {
		expect(taken(SONNET_4_5, "off")).toEqual(both)
		expect(taken(SONNET_4_5, "low")).toEqual(limitOnly)
		expect(taken("anthropic.claude-sonnet-4-6", "low")).toEqual(limitOnly)
		expect(taken("anthropic.claude-opus-4-6-v1", "off")).toEqual(both)
		expect(taken("anthropic.claude-opus-4-7", "off")).toEqual(limitOnly)
	})

	it("Nova 2 takes neither at high effort", () => {
		expect(taken(NOVA_2, "medium")).toEqual(both)
		expect(taken(NOVA_2, "high")).toEqual({ temperature: false, maxTokens: false })
	})

	it("a level that is not sent changes nothing", () => {
		expect(taken("amazon.nova-pro-v1:0", "high")).toEqual(both)
		expect(taken("openai.gpt-oss-120b-1:0", "high")).toEqual(both)
	})
})
