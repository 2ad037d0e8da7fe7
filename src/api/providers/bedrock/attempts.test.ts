import { describe, expect, it } from "vitest"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import { ProviderFailure } from "../../provider-failure"
import { nextAttempt, type AttemptsPolicy } from "./attempts"

const after = (
	code: ErrorCode,
	policy: Partial<AttemptsPolicy> = {},
	state: Partial<Parameters<typeof nextAttempt>[1]> = {},
	random = 0,
) =>
	nextAttempt(
		new ProviderFailure(code, ""),
		{ attempt: 1, sentTier: "flex", fallback: null, ...state },
		{ whenTierCannotServe: "standard", ...policy },
		() => random,
	)

describe("a throttled request", () => {
	it("waits and asks for the same tier again, longer each time, with up to the same again by chance", () => {
		expect(after("quota-throttled")).toEqual({ fallback: null, waitMs: 1_000 })
		expect(after("quota-throttled", {}, { attempt: 2 })).toEqual({ fallback: null, waitMs: 2_000 })
		expect(after("quota-throttled", {}, { attempt: 2 }, 0.5)).toEqual({ fallback: null, waitMs: 3_000 })
	})

	it("is told after three attempts", () => {
		expect(after("quota-throttled", {}, { attempt: 3 })).toBeNull()
	})

	it("stays on Standard once it is there", () => {
		const state = { attempt: 2, sentTier: null, fallback: "capacity-refused" } as const
		expect(after("quota-throttled", {}, state)).toEqual({ fallback: "capacity-refused", waitMs: 2_000 })
	})
})

describe.each(["tier-refused", "capacity-refused"] as const)("a tier that cannot serve (%s)", (code) => {
	it("gives way to Standard at once where the person wants that", () => {
		expect(after(code)).toEqual({ fallback: code, waitMs: 0 })
	})

	it("is told where the person is to be asked, or wants it stopped", () => {
		expect(after(code, { whenTierCannotServe: "ask" })).toBeNull()
		expect(after(code, { whenTierCannotServe: "stop" })).toBeNull()
	})

	it("is told where no tier was asked for", () => {
		expect(after(code, {}, { sentTier: null })).toBeNull()
	})

	it("is told after three attempts", () => {
		expect(after(code, {}, { attempt: 3 })).toBeNull()
	})
})

describe("every other failure", () => {
	it.each([
		"access-denied",
		"credentials-expired",
		"bad-input",
		"model-not-found",
		"network",
		"timeout",
		"cancelled",
	] as const)("is told at once: %s", (code) => {
		expect(after(code)).toBeNull()
	})
})
