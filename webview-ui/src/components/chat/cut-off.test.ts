import { describe, expect, test } from "vitest"
import { answer } from "@bedrock-tiers/test-kit/samples/view-state"
import { canGoOn, cutOffBy } from "./cut-off"

describe("An answer that ended too early", () => {
	test.each([
		["max_tokens", "limit"],
		["length", "limit"],
		["model_context_window_exceeded", "window"],
		["end_turn", null],
		["stop", null],
		["a word of tomorrow", null],
	] as const)("by the model's own word: %s", (stopReason, by) => {
		expect(cutOffBy(answer({ stopReason }))).toBe(by)
	})

	test("can go on where the limit or the person ended it", () => {
		expect(canGoOn(answer({ stopReason: "max_tokens" }))).toBe(true)
		expect(canGoOn(answer({ status: "stopped" }))).toBe(true)
		expect(canGoOn(answer({ status: "interrupted" }))).toBe(true)
	})

	test("cannot where it was whole, failed, has no room left, or never began", () => {
		expect(canGoOn(answer())).toBe(false)
		expect(canGoOn(answer({ status: "failed", stopReason: "max_tokens" }))).toBe(false)
		expect(canGoOn(answer({ stopReason: "model_context_window_exceeded" }))).toBe(false)
		expect(canGoOn(answer({ status: "stopped", text: "", reasoning: "Only thought." }))).toBe(false)
	})
})
