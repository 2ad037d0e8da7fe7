import { describe, expect, it } from "vitest"
import { ERROR_CODES, FAILURE_TABLE, isTierFailure, offeredActions, type ErrorCode, type FailureAction } from "./index"

const flexWithAsk = { serviceTier: "flex", whenTierCannotServe: "ask" } as const
const codesWith = (predicate: (code: ErrorCode) => boolean) => ERROR_CODES.filter(predicate)

describe("FAILURE_TABLE", () => {
	it("has exactly one row for every error code", () => {
		expect(Object.keys(FAILURE_TABLE).sort()).toEqual([...ERROR_CODES].sort())
	})

	it("retries automatically only after throttling", () => {
		expect(codesWith((code) => FAILURE_TABLE[code].retriesAutomatically)).toEqual(["quota-throttled"])
	})

	it("marks another tier as helpful only for failures of the tier, not for the quota, which all tiers share", () => {
		expect(codesWith(isTierFailure)).toEqual(["tier-refused", "capacity-refused"])
	})

	it("offers Standard exactly when another tier may help, and a retry according to `retry`", () => {
		for (const code of ERROR_CODES) {
			const { retry, tierMayHelp, actions } = FAILURE_TABLE[code]
			const has = (action: FailureAction) => (actions as readonly FailureAction[]).includes(action)
			expect([code, has("retry-on-standard")]).toEqual([code, tierMayHelp])
			if (retry === "after-a-wait") expect([code, has("retry")]).toEqual([code, true])
			if (retry === "no") expect([code, has("retry")]).toEqual([code, false])
		}
	})

	it("offers an action for every failure except a cancellation by the user", () => {
		expect(codesWith((code) => FAILURE_TABLE[code].actions.length === 0)).toEqual(["cancelled"])
	})
})

describe("offeredActions", () => {
	it.each([
		["tier-refused", ["retry-on-standard", "choose-tier"]],
		["capacity-refused", ["retry-on-standard", "retry"]],
		["quota-throttled", ["retry"]],
		["credentials-missing", ["open-settings", "retry"]],
		["network", ["retry", "open-settings"]],
	] as const)("for %s on Flex with the setting `ask` returns %j", (code, actions) => {
		expect(offeredActions(code, flexWithAsk)).toEqual(actions)
	})

	it("excludes Standard when the requested tier is Standard, or the setting is `standard` or `stop`", () => {
		expect(offeredActions("capacity-refused", { ...flexWithAsk, serviceTier: "default" })).toEqual(["retry"])
		expect(offeredActions("capacity-refused", { ...flexWithAsk, whenTierCannotServe: "standard" })).toEqual([
			"retry",
		])
		expect(offeredActions("tier-refused", { ...flexWithAsk, whenTierCannotServe: "stop" })).toEqual(["choose-tier"])
	})
})
