import { describe, expect, it } from "vitest"
import { ERROR_CODES, FAILURE_TABLE, isTierFailure, offeredActions, type ErrorCode, type FailureAction } from "./index"

const ask = { serviceTier: "flex", whenTierCannotServe: "ask" } as const
const codesWith = (fits: (code: ErrorCode) => boolean) => ERROR_CODES.filter(fits)

describe("The failure table", () => {
	it("has a row for every code, and for nothing else", () => {
		expect(Object.keys(FAILURE_TABLE).sort()).toEqual([...ERROR_CODES].sort())
	})

	it("sends again without asking after a throttle only", () => {
		expect(codesWith((code) => FAILURE_TABLE[code].retriesAutomatically)).toEqual(["quota-throttled"])
	})

	it("sees help in another tier for the tier's own failures only, never for the quota that all tiers share", () => {
		expect(codesWith(isTierFailure)).toEqual(["tier-refused", "tier-not-offered", "capacity-refused"])
	})

	it("offers Standard exactly where another tier may help, and a retry wherever the same request may go again", () => {
		for (const code of ERROR_CODES) {
			const { retry, tierMayHelp, actions } = FAILURE_TABLE[code]
			const has = (action: FailureAction) => (actions as readonly FailureAction[]).includes(action)
			expect([code, has("retry-on-standard")]).toEqual([code, tierMayHelp])
			if (retry === "after-a-wait") expect([code, has("retry")]).toEqual([code, true])
			if (retry === "no") expect([code, has("retry")]).toEqual([code, false])
		}
	})

	it("offers something for every failure but the person's own stop", () => {
		expect(codesWith((code) => FAILURE_TABLE[code].actions.length === 0)).toEqual(["cancelled"])
	})
})

describe("What is offered", () => {
	it.each([
		["tier-refused", ["retry-on-standard", "choose-tier"]],
		["capacity-refused", ["retry-on-standard", "retry"]],
		["quota-throttled", ["retry"]],
		["credentials-missing", ["open-settings", "retry"]],
		["network", ["retry", "open-settings"]],
	] as const)("%s on Flex, where the person is to be asked: %j", (code, actions) => {
		expect(offeredActions(code, ask)).toEqual(actions)
	})

	it("is not Standard where it was chosen, was tried by itself, or is not wanted", () => {
		expect(offeredActions("capacity-refused", { ...ask, serviceTier: "default" })).toEqual(["retry"])
		expect(offeredActions("capacity-refused", { ...ask, whenTierCannotServe: "standard" })).toEqual(["retry"])
		expect(offeredActions("tier-refused", { ...ask, whenTierCannotServe: "stop" })).toEqual(["choose-tier"])
	})
})
