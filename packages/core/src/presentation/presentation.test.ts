import { describe, expect, it } from "vitest"
import { usageRecord } from "../testing/usage-record"
import { markEstimate, shownCost, shownTokens, shownTotal, taskTotals } from "./shown-amount"
import { tierLine } from "./tier-line"
import { byTierOrder } from "./tier-order"
import { sharedUsdDigits, usdGroup } from "./usd-group"

describe("A cost", () => {
	it("is exact when it is fully known, a lower bound when a part is known, and unknown otherwise, never zero", () => {
		expect(shownCost({ totalUsd: 0.0012, knownUsd: 0.0012, lines: [] })).toEqual({
			kind: "exact",
			amount: 0.0012,
			isEstimated: false,
		})
		expect(shownCost({ totalUsd: null, knownUsd: 0.0003, lines: [] })).toMatchObject({
			kind: "at-least",
			amount: 0.0003,
		})
		expect(shownCost({ totalUsd: null, knownUsd: 0, lines: [] })).toEqual({ kind: "unknown" })
		expect(shownTotal({ knownUsd: 0, unpricedRequests: 0, estimatedRequests: 0 })).toMatchObject({
			kind: "exact",
			amount: 0,
		})
	})

	it("is an estimate when one of its lines has a unit price that AWS has not published", () => {
		const line = { kind: "input", tokens: 1_000, usdPerMTok: 0.03, usd: 0.00003 } as const
		const cost = { totalUsd: 0.00003, knownUsd: 0.00003 }
		expect(shownCost({ ...cost, lines: [line] })).toMatchObject({ isEstimated: false })
		expect(shownCost({ ...cost, lines: [{ ...line, estimated: true }] })).toMatchObject({ isEstimated: true })
		expect([markEstimate("$0.03", true), markEstimate("$0.03", false)]).toEqual(["≈$0.03", "$0.03"])
	})

	it("of a task stays open after an unanswered attempt, which may have been billed, but not after a refused one", () => {
		const total = { knownUsd: 0.0012, unpricedRequests: 0, estimatedRequests: 0 }
		expect(shownTotal(taskTotals(total, { refused: 3, unanswered: 1 })).kind).toBe("at-least")
		expect(shownTotal(taskTotals(total, { refused: 3, unanswered: 0 })).kind).toBe("exact")
	})
})

it("A token count is unknown when no request reported usage, and a lower bound when one did not", () => {
	const kind = (uncountedRequests: number, requests = 2) => shownTokens(4_000, { requests, uncountedRequests }).kind
	expect([kind(0), kind(1), kind(2), kind(0, 0)]).toEqual(["exact", "at-least", "unknown", "exact"])
})

describe("The tier line", () => {
	it.each([
		["as-requested", {}],
		[
			"as-requested",
			{ requestedTier: "default", servedTier: null, billedTier: "default", basis: "assumed-default" },
		],
		["served-otherwise", { servedTier: "default", billedTier: "default" }],
		["served-otherwise", { servedTier: "economy", billedTier: "economy" }],
		["not-confirmed", { servedTier: null, basis: "requested" }],
		["not-offered", { notSentReason: "tier-not-offered", servedTier: "default" }],
		["fallback", { notSentReason: "tier-refused", servedTier: "default" }],
		["fallback", { notSentReason: "capacity-refused", servedTier: null }],
	] as const)("is %s for a request on Flex with %j", (line, part) => {
		expect(tierLine(usageRecord(part))).toBe(line)
	})
})

it("Tiers are shown in one order, unknown ones last", () => {
	const tiers = ["turbo", "reserved", "priority", "economy", "default", "flex"]
	expect(tiers.sort(byTierOrder)).toEqual(["default", "flex", "priority", "reserved", "economy", "turbo"])
})

describe("Amounts that are shown together", () => {
	it("have as many decimals as the smallest one needs", () => {
		expect([sharedUsdDigits([3.5, 2]), sharedUsdDigits([3.5, 0.0012]), sharedUsdDigits([0, 0.000012])]).toEqual([
			2, 4, 6,
		])
	})

	it("add up: three thirds of a cent are 0.0033, 0.0033 and 0.0034", () => {
		const third = 0.01 / 3
		const { amounts, total, digits } = usdGroup([third, third, third])
		expect([digits, total]).toEqual([4, 0.01])
		expect([...amounts].sort()).toEqual([0.0033, 0.0033, 0.0034])
	})

	it("add up when they end in halves of the last decimal: the largest amount is rounded up", () => {
		const { amounts, total } = usdGroup([0.00825, 0.0264, 0.0231, 0.10725])
		expect([amounts, total]).toEqual([[0.0082, 0.0264, 0.0231, 0.1073], 0.165])
	})

	it("are not changed by binary fractions: $1.29 and $1.01 of $2.30", () => {
		expect(usdGroup([1.29, 1.01])).toEqual({ amounts: [1.29, 1.01], total: 2.3, digits: 2 })
	})

	it("are zero without requests", () => {
		expect(usdGroup([])).toEqual({ amounts: [], total: 0, digits: 2 })
		expect(usdGroup([0])).toEqual({ amounts: [0], total: 0, digits: 2 })
	})
})
