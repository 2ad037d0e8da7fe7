import { describe, expect, it } from "vitest"
import {
	comparedTiers,
	LIST_PRICES,
	onOneTier,
	timesStandardCost,
	type OwnPrice,
	type Pricing,
	type UsageRecord,
} from "../index"
import { usageRecord } from "../testing/usage-record"

/**
 * A request to gpt-oss-120b in us-east-1 on Flex. List prices per million tokens: $0.15 input and $0.60 output on
 * Standard, half of that on Flex, 1.75 times that on Priority. 4,000 input and 3,000 output tokens cost
 * $0.0006 + $0.0018 = $0.0024 on Standard, $0.0012 on Flex, $0.0042 on Priority.
 */
const gpt = usageRecord

/** Standard only: 4,000 × $3 + 3,000 × $15 per million tokens = $0.057. The recorded cost is one cent higher. */
const claude = gpt({
	baseModelId: "anthropic.claude-sonnet-4-6",
	modelId: "global.anthropic.claude-sonnet-4-6",
	route: "global",
	billedTier: "default",
	totalUsd: 0.067,
	knownUsd: 0.067,
})

/** A request to a model without a list price, recorded at a user-set price: $0.01. */
const own = gpt({
	modelId: "acme.new",
	baseModelId: null,
	totalUsd: 0.01,
	knownUsd: 0.01,
	card: { origin: "own", source: "", checkedOn: "2026-11-01" },
})

const ownPrice = (tier: OwnPrice["tier"], inputUsdPerMTok: number): OwnPrice => ({
	modelId: "acme.new",
	tier,
	inputUsdPerMTok,
	outputUsdPerMTok: 0,
	cacheReadUsdPerMTok: null,
	cacheWriteUsdPerMTok: null,
	cacheWrite1hUsdPerMTok: null,
	setOn: "2026-11-22",
})

const rows = (requests: UsageRecord[], prices?: Pricing) =>
	onOneTier(requests, prices).map(({ tier, knownUsd, unpricedRequests }) => [
		tier,
		Number(knownUsd.toFixed(9)),
		unpricedRequests,
	])

describe("onOneTier", () => {
	it("sums what the tokens of each request cost on the tier", () => {
		expect(rows([gpt(), gpt()])).toEqual([
			["default", 0.0048, 0],
			["flex", 0.0024, 0],
			["priority", 0.0084, 0],
		])
	})

	it("prices a request on Standard, at list prices, when its model does not support the tier", () => {
		expect(rows([gpt(), claude])).toEqual([
			["default", 0.0594, 0],
			["flex", 0.0582, 0],
			["priority", 0.0612, 0],
		])
	})

	it("uses the recorded cost of a request that cannot be compared", () => {
		expect(rows([gpt(), own])).toEqual([
			["default", 0.0124, 0],
			["flex", 0.0112, 0],
			["priority", 0.0142, 0],
		])
	})

	it("sums the known cost and counts a request without usage as unpriced", () => {
		const cut = gpt({ usage: null, totalUsd: null, knownUsd: 0 })
		expect(rows([gpt(), cut])).toEqual([
			["default", 0.0024, 1],
			["flex", 0.0012, 1],
			["priority", 0.0042, 1],
		])
	})

	it("returns no rows when no request could have used another tier", () => {
		expect(rows([])).toEqual([])
		expect(rows([claude, own])).toEqual([])
	})
})

describe("Prices of a comparison", () => {
	it("default to list prices minus the discount recorded with each request", () => {
		expect(rows([gpt({ discountPercent: 50 }), gpt()])[0]).toEqual(["default", 0.0036, 0])
	})

	it("do not exist by default for a request with a user-set price, even when its model has a list price", () => {
		expect(comparedTiers(gpt({ card: own.card }))).toEqual([])
		expect(comparedTiers(gpt())).toHaveLength(3)
	})

	it("replace the recorded discounts of all requests when they are passed explicitly", () => {
		const half = { ...LIST_PRICES, discountPercent: 50 }
		expect(rows([gpt({ discountPercent: 10 }), gpt()], half)[0]).toEqual(["default", 0.0024, 0])
	})

	it("give the same rows for explicit list prices as by default when no request has a discount", () => {
		const requests = [gpt(), claude, gpt({ usage: null, totalUsd: null, knownUsd: 0 })]
		expect(rows(requests, LIST_PRICES)).toEqual(rows(requests))
	})

	it("are the user-set prices, on the tiers that have one, for a model without list prices", () => {
		// 4,000 input tokens at $1 and at $2 per million.
		const pricing = { ...LIST_PRICES, ownPrices: [ownPrice("default", 1), ownPrice("flex", 2)] }
		expect(rows([own], pricing)).toEqual([
			["default", 0.004, 0],
			["flex", 0.008, 0],
			["priority", 0, 1],
		])
		expect(comparedTiers(own, LIST_PRICES)).toEqual([])
	})
})

describe("timesStandardCost", () => {
	it("compares the billed tier with Standard, whatever the requested tier", () => {
		expect(timesStandardCost(gpt())).toBeCloseTo(0.5, 9)
		expect(timesStandardCost(gpt({ billedTier: "priority" }))).toBeCloseTo(1.75, 9)
		expect(timesStandardCost(gpt({ requestedTier: "priority", billedTier: "default" }))).toBe(1)
	})

	it("returns `null` without usage, without a list price, and for a tier that has no list price", () => {
		expect(timesStandardCost(gpt({ usage: null }))).toBeNull()
		expect(timesStandardCost(own)).toBeNull()
		expect(timesStandardCost(gpt({ billedTier: "reserved" }))).toBeNull()
	})
})
