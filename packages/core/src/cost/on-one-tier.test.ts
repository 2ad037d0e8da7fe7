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
 * gpt-oss-120b in us-east-1 on Flex: $0.15 in and $0.60 out a million on Standard, half on Flex, 1.75 times on Priority.
 * 4,000 in and 3,000 out are $0.0006 + $0.0018 = $0.0024 on Standard, $0.0012 on Flex, $0.0042 on Priority.
 */
const gpt = usageRecord

/** On Standard alone: 4,000 × $3 + 3,000 × $15 a million = $0.057. It was recorded when it cost a cent more. */
const claude = gpt({
	baseModelId: "anthropic.claude-sonnet-4-6",
	modelId: "global.anthropic.claude-sonnet-4-6",
	route: "global",
	billedTier: "default",
	totalUsd: 0.067,
	knownUsd: 0.067,
})

/** Of a model that no list knows, at a person's own price of then: $0.01. */
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

describe("A task with every request on one tier", () => {
	it("costs the sum of what each request's tokens cost there", () => {
		expect(rows([gpt(), gpt()])).toEqual([
			["default", 0.0048, 0],
			["flex", 0.0024, 0],
			["priority", 0.0084, 0],
		])
	})

	it("counts a request as Standard, at the prices that are compared by, where its model does not take the tier", () => {
		expect(rows([gpt(), claude])).toEqual([
			["default", 0.0594, 0],
			["flex", 0.0582, 0],
			["priority", 0.0612, 0],
		])
	})

	it("counts a request as it was where nothing can be compared", () => {
		expect(rows([gpt(), own])).toEqual([
			["default", 0.0124, 0],
			["flex", 0.0112, 0],
			["priority", 0.0142, 0],
		])
	})

	it("costs at least what is known where a request has no usage", () => {
		const cut = gpt({ usage: null, totalUsd: null, knownUsd: 0 })
		expect(rows([gpt(), cut])).toEqual([
			["default", 0.0024, 1],
			["flex", 0.0012, 1],
			["priority", 0.0042, 1],
		])
	})

	it("is nothing where no request could have gone on another tier", () => {
		expect(rows([])).toEqual([])
		expect(rows([claude, own])).toEqual([])
	})
})

describe("The prices that are compared by", () => {
	it("of then: the list's, less what was taken off the request", () => {
		expect(rows([gpt({ discountPercent: 50 }), gpt()])[0]).toEqual(["default", 0.0036, 0])
	})

	it("of then: none where it was the person's own price, also of a model that the list has", () => {
		expect(comparedTiers(gpt({ card: own.card }))).toEqual([])
		expect(comparedTiers(gpt())).toHaveLength(3)
	})

	it("others: for all requests alike, whatever was taken off them then", () => {
		const half = { ...LIST_PRICES, discountPercent: 50 }
		expect(rows([gpt({ discountPercent: 10 }), gpt()], half)[0]).toEqual(["default", 0.0024, 0])
	})

	it("give the same numbers where they are the same", () => {
		const requests = [gpt(), claude, gpt({ usage: null, totalUsd: null, knownUsd: 0 })]
		expect(rows(requests, LIST_PRICES)).toEqual(rows(requests))
	})

	it("of a model that no list knows are the person's own, for the tiers that have one", () => {
		// 4,000 in at $1, and at $2 a million.
		const pricing = { ...LIST_PRICES, ownPrices: [ownPrice("default", 1), ownPrice("flex", 2)] }
		expect(rows([own], pricing)).toEqual([
			["default", 0.004, 0],
			["flex", 0.008, 0],
			["priority", 0, 1],
		])
		expect(comparedTiers(own, LIST_PRICES)).toEqual([])
	})
})

describe("How many times Standard a request cost", () => {
	it("is told by the tier that was billed, whatever was asked for", () => {
		expect(timesStandardCost(gpt())).toBeCloseTo(0.5, 9)
		expect(timesStandardCost(gpt({ billedTier: "priority" }))).toBeCloseTo(1.75, 9)
		expect(timesStandardCost(gpt({ requestedTier: "priority", billedTier: "default" }))).toBe(1)
	})

	it("cannot be told without usage, without a list, and for a tier that the list does not have", () => {
		expect(timesStandardCost(gpt({ usage: null }))).toBeNull()
		expect(timesStandardCost(own)).toBeNull()
		expect(timesStandardCost(gpt({ billedTier: "reserved" }))).toBeNull()
	})
})
