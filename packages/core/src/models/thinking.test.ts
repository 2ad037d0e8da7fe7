import { describe, expect, it } from "vitest"
import { findModel } from "./catalog"
import { thinkingBudget, thinkingRequest } from "./thinking"

const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"
const NOVA_2 = "amazon.nova-2-lite-v1:0"

function model(id: string) {
	const found = findModel(id)
	if (!found) throw new Error(`no model ${id}`)
	return found
}

describe("thinkingRequest", () => {
	it.each([
		[SONNET_4_5, "budget"],
		["anthropic.claude-sonnet-4-6", "adaptive"],
		["anthropic.claude-fable-5", "adaptive"],
		["openai.gpt-oss-120b-1:0", "openai-effort"],
		[NOVA_2, "nova-effort"],
	])("maps %s to %s", (id, request) => {
		expect(thinkingRequest(model(id))).toBe(request)
	})

	it.each([
		["the model does not think", "amazon.nova-pro-v1:0"],
		["the model always thinks and has no effort setting", "deepseek.r1-v1:0"],
		["thinking is not documented", "qwen.qwen3-32b-v1:0"],
		["the request format is not documented", "xai.grok-4.6"],
	])("returns `null` when %s: %s", (_, id) => {
		expect(thinkingRequest(model(id))).toBeNull()
	})
})

describe("thinkingBudget", () => {
	it("is a fifth, half or four fifths of the answer's token limit, but never below the minimum budget", () => {
		expect(thinkingBudget(model(SONNET_4_5), "low", {})).toEqual({ budget: 12_800, limit: 64_000 })
		expect(thinkingBudget(model(SONNET_4_5), "medium", { maxTokens: 10_000 }).budget).toBe(5_000)
		expect(thinkingBudget(model(SONNET_4_5), "high", { maxTokens: 10_000 }).budget).toBe(8_000)
		expect(thinkingBudget(model(SONNET_4_5), "low", { maxTokens: 2_000 }).budget).toBe(1_024)
	})

	it("is the user-set budget when there is one", () => {
		expect(thinkingBudget(model(SONNET_4_5), "low", { thinkingBudgetTokens: 3_000 }).budget).toBe(3_000)
	})
})
