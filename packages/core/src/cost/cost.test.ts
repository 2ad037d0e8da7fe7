import * as fc from "fast-check"
import { describe, expect, it } from "vitest"
import {
	cacheWriteTokens,
	calculateCost,
	formatUsd,
	formatUnitPrice,
	isEstimated,
	priceRequest,
	unitPrices,
	UsageLedger,
	type FailureRecord,
	type UsageRecord,
	type TokenUsage,
	type UnitPrices,
} from "../index"
import { usageRecord } from "../testing/usage-record"

const PRICES: UnitPrices = {
	inputUsdPerMTok: 2,
	outputUsdPerMTok: 8,
	cacheReadUsdPerMTok: 0.5,
	cacheWriteUsdPerMTok: 2.5,
	cacheWrite1hUsdPerMTok: null,
}
const USAGE: TokenUsage = {
	inputTokens: 1_000_000,
	outputTokens: 250_000,
	cacheReadTokens: 2_000_000,
	cacheWriteTokens: 400_000,
}

describe("calculateCost", () => {
	it("returns one line per token kind (tokens × unit price) and their sum as the total", () => {
		// 1 M × $2 + 0.25 M × $8 + 2 M × $0.50 + 0.4 M × $2.50
		expect(calculateCost(USAGE, PRICES)).toEqual({
			lines: [
				{ kind: "input", tokens: 1_000_000, usdPerMTok: 2, usd: 2 },
				{ kind: "output", tokens: 250_000, usdPerMTok: 8, usd: 2 },
				{ kind: "cacheRead", tokens: 2_000_000, usdPerMTok: 0.5, usd: 1 },
				{ kind: "cacheWrite", tokens: 400_000, usdPerMTok: 2.5, usd: 1 },
			],
			totalUsd: 6,
			knownUsd: 6,
			unpricedReason: null,
		})
	})

	it("returns `totalUsd: null` and the sum of the priced lines when a required price is missing", () => {
		expect(calculateCost(USAGE, { ...PRICES, cacheWriteUsdPerMTok: null })).toMatchObject({
			totalUsd: null,
			knownUsd: 5,
			unpricedReason: "cache-write-price-unknown",
		})
	})

	it("returns a total when the missing price belongs to a kind without tokens", () => {
		const usage = { ...USAGE, cacheWriteTokens: 0 }
		expect(calculateCost(usage, { ...PRICES, cacheWriteUsdPerMTok: null })).toMatchObject({ totalUsd: 5 })
	})

	it("returns a separate line for 1-hour cache writes, at their own unit price", () => {
		// 0.3 M × $2.50 for five minutes, 0.1 M × $4 for an hour
		const usage = { ...USAGE, cacheWrite1hTokens: 100_000 }
		const { lines } = calculateCost(usage, { ...PRICES, cacheWrite1hUsdPerMTok: 4 })
		expect(lines.slice(3)).toEqual([
			{ kind: "cacheWrite", tokens: 300_000, usdPerMTok: 2.5, usd: 0.75 },
			{ kind: "cacheWrite1h", tokens: 100_000, usdPerMTok: 4, usd: 0.4 },
		])
	})
})

describe("calculateCost, for any usage and any unit prices", () => {
	const tokens = fc.integer({ min: 0, max: 10_000_000 })
	const price = fc.option(fc.double({ min: 0, max: 1_000, noNaN: true }))
	const usages: fc.Arbitrary<TokenUsage> = fc
		.tuple(tokens, tokens, tokens, tokens, fc.double({ min: 0, max: 1, noNaN: true }))
		.map(([inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, share]) => ({
			inputTokens,
			outputTokens,
			cacheReadTokens,
			cacheWriteTokens,
			cacheWrite1hTokens: Math.floor(cacheWriteTokens * share),
		}))
	const unitPrices: fc.Arbitrary<UnitPrices> = fc.record({
		inputUsdPerMTok: price,
		outputUsdPerMTok: price,
		cacheReadUsdPerMTok: price,
		cacheWriteUsdPerMTok: price,
		cacheWrite1hUsdPerMTok: price,
	})
	const TOKEN_KINDS = ["inputTokens", "outputTokens", "cacheReadTokens", "cacheWriteTokens"] as const
	/** The last digits of a floating-point sum depend on the order of addition. */
	const closeTo = (usd: number) => expect.closeTo(usd, Math.max(0, 9 - Math.ceil(Math.log10(usd + 1))))

	it("returns no negative or NaN amount, and `knownUsd` is the sum of the lines", () => {
		fc.assert(
			fc.property(usages, unitPrices, (usage, prices) => {
				const { lines, totalUsd, knownUsd } = calculateCost(usage, prices)
				expect(knownUsd).toBeGreaterThanOrEqual(0)
				expect(lines.reduce((sum, line) => sum + (line.usd ?? 0), 0)).toBe(knownUsd)
				expect(totalUsd).toBe(lines.some((line) => line.usd === null) ? null : knownUsd)
			}),
		)
	})

	it("counts every token in exactly one line", () => {
		fc.assert(
			fc.property(usages, unitPrices, (usage, prices) => {
				const counted = calculateCost(usage, prices).lines.reduce((sum, line) => sum + line.tokens, 0)
				expect(counted).toBe(TOKEN_KINDS.reduce((sum, kind) => sum + usage[kind], 0))
			}),
		)
	})

	it("is additive over requests", () => {
		fc.assert(
			fc.property(usages, usages, unitPrices, (one, other, prices) => {
				const both = Object.fromEntries(
					[...TOKEN_KINDS, "cacheWrite1hTokens" as const].map((kind) => [
						kind,
						(one[kind] ?? 0) + (other[kind] ?? 0),
					]),
				) as TokenUsage
				const separateUsd = calculateCost(one, prices).knownUsd + calculateCost(other, prices).knownUsd
				expect(calculateCost(both, prices).knownUsd).toEqual(closeTo(separateUsd))
			}),
		)
	})

	it("does not decrease `knownUsd` when tokens are added", () => {
		fc.assert(
			fc.property(usages, unitPrices, fc.constantFrom(...TOKEN_KINDS), tokens, (usage, prices, kind, more) => {
				const withMoreTokens = { ...usage, [kind]: usage[kind] + more }
				expect(calculateCost(withMoreTokens, prices).knownUsd).toBeGreaterThanOrEqual(
					calculateCost(usage, prices).knownUsd,
				)
			}),
		)
	})

	it("returns a cost that a JSON round trip does not change", () => {
		fc.assert(
			fc.property(usages, unitPrices, (usage, prices) => {
				const cost = calculateCost(usage, prices)
				expect(JSON.parse(JSON.stringify(cost))).toEqual(cost)
			}),
		)
	})
})

describe("priceRequest", () => {
	const request = {
		modelId: "openai.gpt-oss-120b-1:0",
		baseModelId: "openai.gpt-oss-120b-1:0",
		region: "us-east-1",
		route: "in-region",
		sentTier: "flex",
		usage: { inputTokens: 1000, outputTokens: 100, cacheReadTokens: 0, cacheWriteTokens: 0 },
	} as const

	it("prices 1,000 input and 100 output tokens by the served tier: flex $0.000105, default $0.00021", () => {
		expect(priceRequest({ ...request, servedTier: "flex" }).totalUsd).toBeCloseTo(0.000105, 12)
		expect(priceRequest({ ...request, servedTier: "default" }).totalUsd).toBeCloseTo(0.00021, 12)
	})

	it("returns the source and the date of the prices", () => {
		expect(priceRequest({ ...request, servedTier: "default" }).card).toEqual({
			origin: "catalog",
			source: "AWS Price List (AmazonBedrock, AmazonBedrockFoundationModels), published 2026-10-06",
			checkedOn: "2026-10-06",
		})
	})

	it("returns no cost and `usage-not-reported` when usage was not reported", () => {
		expect(priceRequest({ ...request, servedTier: "flex", usage: null })).toMatchObject({
			totalUsd: null,
			knownUsd: 0,
			lines: [],
			unpricedReason: "usage-not-reported",
			billedTier: "flex",
		})
	})
})

describe("UsageLedger", () => {
	const record = (overrides: Partial<UsageRecord> = {}) =>
		usageRecord({
			usage: { inputTokens: 10, outputTokens: 5, cacheReadTokens: 3, cacheWriteTokens: 1 },
			lines: [],
			totalUsd: 0.25,
			knownUsd: 0.25,
			card: null,
			...overrides,
		})

	it("sums token counts and known cost, overall and by billed tier", () => {
		const ledger = new UsageLedger()
		ledger.append(record())
		ledger.append(record({ billedTier: "default", totalUsd: 0.5, knownUsd: 0.5 }))
		ledger.append(record({ totalUsd: null, knownUsd: 0.125, unpricedReason: "cache-write-price-unknown" }))
		expect(ledger.total).toEqual({
			requests: 3,
			tokens: { inputTokens: 30, outputTokens: 15, cacheReadTokens: 9, cacheWriteTokens: 3 },
			uncountedRequests: 0,
			knownUsd: 0.875,
			unpricedRequests: 1,
			estimatedRequests: 0,
		})
		expect([...ledger.byTier].map(([tier, totals]) => [tier, totals.requests, totals.knownUsd])).toEqual([
			["flex", 2, 0.375],
			["default", 1, 0.5],
		])
	})

	it("sums 100,000 requests", () => {
		const request = record()
		const ledger = new UsageLedger()
		for (let count = 0; count < 100_000; count++) ledger.append(request)
		expect(ledger.total).toMatchObject({ requests: 100_000, knownUsd: 25_000 })
	})

	it("counts a request without usage as uncounted and unpriced", () => {
		const ledger = new UsageLedger()
		ledger.append(record({ usage: null, totalUsd: null, knownUsd: 0, unpricedReason: "usage-not-reported" }))
		expect(ledger.total).toMatchObject({
			requests: 1,
			uncountedRequests: 1,
			knownUsd: 0,
			unpricedRequests: 1,
			estimatedRequests: 0,
		})
	})

	it("contains earlier records with their cost, and failed attempts", () => {
		const ledger = new UsageLedger(
			[record({ totalUsd: 42, knownUsd: 42 })],
			[{ outcome: "refused", sentTier: null }],
		)
		expect([ledger.total.knownUsd, ledger.failed]).toEqual([42, { refused: 1, unanswered: 0 }])
	})

	describe("failed attempts", () => {
		const failure = (overrides: Partial<FailureRecord> = {}): FailureRecord => ({
			outcome: "refused",
			sentTier: "flex",
			...overrides,
		})

		it("counts refused and unanswered attempts separately, overall and by sent tier", () => {
			const ledger = new UsageLedger()
			ledger.appendFailure(failure())
			ledger.appendFailure(failure({ sentTier: null, outcome: "unanswered" }))
			ledger.appendFailure(failure())
			expect(ledger.failed).toEqual({ refused: 2, unanswered: 1 })
			expect([...ledger.failedByTier]).toEqual([
				["flex", { refused: 2, unanswered: 0 }],
				["default", { refused: 0, unanswered: 1 }],
			])
		})

		it("excludes failed attempts from the request count and the cost", () => {
			const ledger = new UsageLedger()
			ledger.append(record())
			ledger.appendFailure(failure())
			expect(ledger.total).toMatchObject({
				requests: 1,
				knownUsd: 0.25,
				unpricedRequests: 0,
				estimatedRequests: 0,
			})
			expect(ledger.requests).toHaveLength(1)
		})

		it("counts 100,000 failed attempts", () => {
			const ledger = new UsageLedger()
			for (let count = 0; count < 100_000; count++) ledger.appendFailure(failure())
			expect(ledger.failed.refused).toBe(100_000)
		})
	})
})

describe("USD formatting", () => {
	it.each([
		[0, "$0.00"],
		[0.0000123, "$0.000012"],
		[0.000225, "$0.00023"],
		[0.0012, "$0.0012"],
		[0.74, "$0.7400"],
		[3.5, "$3.50"],
		[1234.567, "$1,234.57"],
	])("formatUsd formats %d as %s", (usd, text) => {
		expect(formatUsd(usd)).toBe(text)
	})

	it("formatUnitPrice keeps all digits of a unit price", () => {
		expect(formatUnitPrice(0.270375)).toBe("$0.270375")
		expect(formatUnitPrice(3)).toBe("$3.00")
	})
})

describe("An estimated unit price", () => {
	const prices = unitPrices([0.03, 0.1, 0.01])
	const usage = { inputTokens: 1_000, outputTokens: 500, cacheReadTokens: 0, cacheWriteTokens: 0 }

	it("marks its line, and the cost when there are tokens of its kind", () => {
		const cost = calculateCost(usage, prices, ["input", "cacheRead"])
		expect(cost.lines.map(({ kind, estimated }) => [kind, estimated])).toEqual([
			["input", true],
			["output", undefined],
			["cacheRead", true],
			["cacheWrite", undefined],
		])
		expect(isEstimated(cost)).toBe(true)
		expect(isEstimated(calculateCost(usage, prices, ["cacheRead"]))).toBe(false)
	})

	it("comes from the fields that the price card marks as derived", () => {
		const request = {
			modelId: "mistral.magistral-small-2509",
			baseModelId: "mistral.magistral-small-2509",
			route: "in-region",
			sentTier: "flex",
			servedTier: "flex",
			usage,
		} as const
		expect(isEstimated(priceRequest({ ...request, region: "us-east-1" }))).toBe(false)
		expect(isEstimated(priceRequest({ ...request, region: "ap-south-1" }))).toBe(true)
	})

	it("is counted by request in the totals of a task", () => {
		const estimated = usageRecord({
			lines: [{ kind: "input", tokens: 1, usdPerMTok: 1, usd: 0.000001, estimated: true }],
		})
		expect(new UsageLedger([usageRecord(), estimated]).total.estimatedRequests).toBe(1)
	})
})

describe("Cache writes by TTL", () => {
	it.each([
		// reported total, 5 minutes, 1 hour → total
		[1_000, 600, 400, 1_000],
		[undefined, 600, 400, 1_000],
		[0, 0, 400, 400],
		[1_000, 0, 0, 1_000],
	])(
		"with a reported total of %s and parts of %i and %i tokens are %i tokens",
		(total, shortTtl, oneHour, expected) => {
			expect(cacheWriteTokens(total, { shortTtl, oneHour })).toEqual({
				cacheWriteTokens: expected,
				cacheWrite1hTokens: oneHour,
			})
		},
	)

	it("never give a negative cost line: 1-hour writes above the total are priced, the rest is 0", () => {
		const usage = {
			inputTokens: 0,
			outputTokens: 0,
			cacheReadTokens: 0,
			cacheWriteTokens: 0,
			cacheWrite1hTokens: 500,
		}
		const { lines, totalUsd } = calculateCost(usage, unitPrices([1, 2, 0.1, 1.25, 2]))
		expect(lines.slice(3)).toEqual([
			{ kind: "cacheWrite", tokens: 0, usdPerMTok: 1.25, usd: 0 },
			{ kind: "cacheWrite1h", tokens: 500, usdPerMTok: 2, usd: 0.001 },
		])
		expect(totalUsd).toBe(0.001)
	})
})
