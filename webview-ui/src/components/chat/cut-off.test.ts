import { describe, expect, test } from "vitest"
import { answer } from "@bedrock-tiers/test-kit/samples/view-state"
import { canContinue, cutOffReason } from "./cut-off"

describe("Cut-off answers", () => {
	test.each([
		["max_tokens", "limit"],
		["length", "limit"],
		["model_context_window_exceeded", "window"],
		["guardrail_intervened", "guardrail"],
		["content_filtered", "filtered"],
		["content_filter", "filtered"],
		["refusal", "declined"],
		["malformed_model_output", "malformed"],
		["malformed_tool_use", "malformed"],
		["end_turn", null],
		["stop", null],
		["a_future_reason", null],
	] as const)("with the stop reason %s: cutOffReason is %s", (stopReason, reason) => {
		expect(cutOffReason(answer({ stopReason }))).toBe(reason)
	})

	test("can be continued when the limit, the user or an interruption ended them", () => {
		expect(canContinue(answer({ stopReason: "max_tokens" }))).toBe(true)
		expect(canContinue(answer({ status: "stopped" }))).toBe(true)
		expect(canContinue(answer({ status: "interrupted" }))).toBe(true)
	})

	test("cannot be continued when they are complete, failed, filled the context window, or have no text", () => {
		expect(canContinue(answer())).toBe(false)
		expect(canContinue(answer({ status: "failed", stopReason: "max_tokens" }))).toBe(false)
		expect(canContinue(answer({ stopReason: "model_context_window_exceeded" }))).toBe(false)
		expect(canContinue(answer({ status: "stopped", text: "", reasoning: "Only thought." }))).toBe(false)
	})
})
