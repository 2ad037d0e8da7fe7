import { findModel } from "@bedrock-tiers/core"
import { describe, expect, it } from "vitest"
import type { InferenceOptions } from "../handler-options"
import { planReasoning } from "./reasoning"

const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"
const plan = (modelId: string, options: InferenceOptions, choice?: Parameters<typeof planReasoning>[3]) =>
	planReasoning(findModel(modelId), "converse", options, choice)

describe("Reasoning with a token budget (Claude up to 4.5)", () => {
	it("uses a share of the answer's limit, which is sent too, and supports no temperature", () => {
		expect(plan(SONNET_4_5, { reasoning: "low", maxTokens: 10_000 })).toEqual({
			fields: { thinking: { type: "enabled", budget_tokens: 2_000 } },
			maxTokens: 10_000,
			takesSampling: false,
			takesMaxTokens: true,
		})
		expect(plan(SONNET_4_5, { reasoning: "high", maxTokens: 10_000 }).fields).toEqual({
			thinking: { type: "enabled", budget_tokens: 8_000 },
		})
	})

	it("uses the given budget, and the catalog's limit when none is set", () => {
		expect(plan(SONNET_4_5, { reasoning: "medium", thinkingBudgetTokens: 5_000 })).toMatchObject({
			fields: { thinking: { type: "enabled", budget_tokens: 5_000 } },
			maxTokens: 64_000,
		})
	})

	it("is rejected when the budget is too small or fills the answer", () => {
		expect(() => plan(SONNET_4_5, { reasoning: "low", thinkingBudgetTokens: 1_000 })).toThrow(
			"below the least, 1,024",
		)
		expect(() => plan(SONNET_4_5, { reasoning: "low", maxTokens: 1_024 })).toThrow("leaves no room")
	})
})

describe("Adaptive reasoning (newer Claude)", () => {
	it("is requested as an effort", () => {
		expect(plan("anthropic.claude-opus-4-7", { reasoning: "medium" })).toEqual({
			fields: { thinking: { type: "adaptive" }, output_config: { effort: "medium" } },
			takesSampling: false,
			takesMaxTokens: true,
		})
	})

	it("supports sampling parameters, when it is off, only for models that accept them", () => {
		expect(plan("anthropic.claude-sonnet-4-6", {}).takesSampling).toBe(true)
		expect(plan("anthropic.claude-opus-4-7", {}).takesSampling).toBe(false)
		expect(plan("anthropic.claude-fable-5", { reasoning: "off" })).toMatchObject({
			fields: {},
			takesSampling: false,
		})
	})

	it("is not requested when a tool must be called", () => {
		expect(plan("anthropic.claude-sonnet-4-6", { reasoning: "high" }, { tool_choice: "required" }).fields).toEqual(
			{},
		)
	})
})

describe("Reasoning by effort", () => {
	it("uses OpenAI's reasoning_effort", () => {
		expect(plan("openai.gpt-oss-120b-1:0", { reasoning: "high" })).toEqual({
			fields: { reasoning_effort: "high" },
			takesSampling: true,
			takesMaxTokens: true,
		})
	})

	it("uses Nova 2's reasoningConfig, which at high effort supports neither limit nor temperature", () => {
		expect(plan("amazon.nova-2-lite-v1:0", { reasoning: "low" })).toEqual({
			fields: { reasoningConfig: { type: "enabled", maxReasoningEffort: "low" } },
			takesSampling: true,
			takesMaxTokens: true,
		})
		expect(plan("amazon.nova-2-lite-v1:0", { reasoning: "high" })).toMatchObject({
			takesSampling: false,
			takesMaxTokens: false,
		})
	})
})

describe("A request has no reasoning fields", () => {
	it.each(["amazon.nova-pro-v1:0", "deepseek.r1-v1:0", "qwen.qwen3-32b-v1:0", "unknown.model-v1:0"])(
		"for %s, which does not reason, reasons by itself, or has no documented field for it",
		(modelId) => {
			expect(plan(modelId, { reasoning: "high" }).fields).toEqual({})
		},
	)

	it("when reasoning is off", () => {
		for (const modelId of [
			SONNET_4_5,
			"anthropic.claude-opus-4-7",
			"openai.gpt-oss-120b-1:0",
			"amazon.nova-2-lite-v1:0",
		])
			expect(plan(modelId, {}).fields).toEqual({})
	})
})
