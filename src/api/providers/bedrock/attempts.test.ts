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
		new ProviderFailure(code, []),
		{ attempt: 1, sentTier: "flex", fallback: null, mayResend: false, ...state },
		{ whenTierCannotServe: "standard", ...policy },
		() => random,
	)

describe("nextAttempt after a throttled request", () => {
	it("retries the same tier with exponential backoff and up to 100 % random jitter", () => {
		expect(after("quota-throttled")).toEqual({ fallback: null, waitMs: 1_000 })
		expect(after("quota-throttled", {}, { attempt: 2 })).toEqual({ fallback: null, waitMs: 2_000 })
		expect(after("quota-throttled", {}, { attempt: 2 }, 0.5)).toEqual({ fallback: null, waitMs: 3_000 })
	})

	it("returns null after three attempts", () => {
		expect(after("quota-throttled", {}, { attempt: 3 })).toBeNull()
	})

	it("stays on Standard after a fallback to Standard", () => {
		const state = { attempt: 2, sentTier: null, fallback: "capacity-refused" } as const
		expect(after("quota-throttled", {}, state)).toEqual({ fallback: "capacity-refused", waitMs: 2_000 })
	})
})

describe.each(["tier-refused", "capacity-refused"] as const)("nextAttempt after %s", (code) => {
	it("falls back to Standard at once when whenTierCannotServe is standard", () => {
		expect(after(code)).toEqual({ fallback: code, waitMs: 0 })
	})

	it("returns null when whenTierCannotServe is ask or stop", () => {
		expect(after(code, { whenTierCannotServe: "ask" })).toBeNull()
		expect(after(code, { whenTierCannotServe: "stop" })).toBeNull()
	})

	it("returns null when no tier was sent", () => {
		expect(after(code, {}, { sentTier: null })).toBeNull()
	})

	it("returns null after three attempts", () => {
		expect(after(code, {}, { attempt: 3 })).toBeNull()
	})
})

describe("nextAttempt after any other failure", () => {
	it.each([
		"access-denied",
		"credentials-expired",
		"bad-input",
		"model-not-found",
		"network",
		"timeout",
		"cancelled",
	] as const)("returns null for %s", (code) => {
		expect(after(code)).toBeNull()
	})
})

it("nextAttempt after a connection that failed before the server read the request is at once, on the same tier", () => {
	expect(after("network", {}, { mayResend: true })).toEqual({ fallback: null, waitMs: 0 })
	expect(after("network", { maxAttempts: 1 }, { mayResend: true })).toBeNull()
	expect(after("network")).toBeNull()
})
