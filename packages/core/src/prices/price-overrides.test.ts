import { describe, expect, it } from "vitest"
import { compareTiers, effectivePrice, LIST_PRICES, priceRequest, type OwnPrice, type PriceCard } from "../index"

const GPT_OSS = "openai.gpt-oss-120b-1:0"
const ARN = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123"
const USAGE = { inputTokens: 1_000_000, outputTokens: 1_000_000, cacheReadTokens: 0, cacheWriteTokens: 0 }

const ownPrice: OwnPrice = {
	modelId: ARN,
	tier: "default",
	inputUsdPerMTok: 1,
	outputUsdPerMTok: 4,
	cacheReadUsdPerMTok: null,
	cacheWriteUsdPerMTok: null,
	cacheWrite1hUsdPerMTok: null,
	setOn: "2026-11-22",
}

const refreshedRow: PriceCard = {
	modelId: GPT_OSS,
	region: "us-east-1",
	route: "in-region",
	tier: "flex",
	inputUsdPerMTok: 0.08,
	outputUsdPerMTok: 0.32,
	cacheReadUsdPerMTok: null,
	cacheWriteUsdPerMTok: null,
	cacheWrite1hUsdPerMTok: null,
	fromPromptTokens: 0,
	belowPromptTokens: null,
	source: "aws-price-list-2026-11-20",
	checkedOn: "2026-11-20",
	derived: [],
}

function query(modelId: string, tier: string, baseModelId: string | null = modelId) {
	return { modelId, baseModelId, region: "us-east-1", route: "in-region", tier, promptTokens: 0 } as const
}

describe("A user-set price", () => {
	const pricing = { ...LIST_PRICES, ownPrices: [ownPrice], discountPercent: 10 }

	it("prices a model without a list price, with the origin `own` and without the discount", () => {
		expect(effectivePrice(query(ARN, "default", null), pricing)).toMatchObject({
			price: {
				origin: "own",
				prices: { inputUsdPerMTok: 1 },
				card: null,
				checkedOn: "2026-11-22",
				discountPercent: 0,
			},
		})
	})

	it("applies to its tier only", () => {
		expect(effectivePrice(query(ARN, "flex", null), pricing)).toEqual({ price: null, reason: "model-unknown" })
	})

	it("applies only to the model id exactly as entered", () => {
		expect(effectivePrice(query(`${ARN}4`, "default", null), pricing).price).toBeNull()
	})

	it("takes precedence over the catalog", () => {
		const own = { ...LIST_PRICES, ownPrices: [{ ...ownPrice, modelId: GPT_OSS }] }
		expect(effectivePrice(query(GPT_OSS, "default"), own).price?.origin).toBe("own")
	})

	it("leaves the cost of a token kind without a price unknown", () => {
		const request = { modelId: ARN, baseModelId: null, region: "us-east-1", route: "in-region" } as const
		const usage = { ...USAGE, cacheReadTokens: 1 }
		expect(priceRequest({ ...request, sentTier: null, servedTier: "default", usage }, pricing)).toMatchObject({
			totalUsd: null,
			knownUsd: 5,
			unpricedReason: "cache-read-price-unknown",
			card: { origin: "own", source: "", checkedOn: "2026-11-22" },
		})
	})
})

describe("A refreshed price card", () => {
	const pricing = { ...LIST_PRICES, refreshed: [refreshedRow] }

	it("replaces the catalog's price card and has its own date", () => {
		expect(effectivePrice(query(GPT_OSS, "flex"), pricing).price).toMatchObject({
			origin: "refreshed",
			prices: { inputUsdPerMTok: 0.08 },
			checkedOn: "2026-11-20",
		})
	})

	it("does not apply to other tiers and regions", () => {
		expect(effectivePrice(query(GPT_OSS, "priority"), pricing).price?.origin).toBe("catalog")
		expect(effectivePrice({ ...query(GPT_OSS, "flex"), region: "us-west-2" }, pricing).price?.origin).toBe(
			"catalog",
		)
	})
})

describe("A negotiated discount", () => {
	it("is deducted from every unit price and recorded with the cost", () => {
		// $0.15 and $0.60 minus 10 % = $0.135 and $0.54
		const request = { modelId: GPT_OSS, baseModelId: GPT_OSS, region: "us-east-1", route: "in-region" } as const
		const cost = priceRequest(
			{ ...request, sentTier: null, servedTier: "default", usage: USAGE },
			{ ...LIST_PRICES, discountPercent: 10 },
		)
		expect(cost.discountPercent).toBe(10)
		expect(cost.lines.map(({ usdPerMTok }) => usdPerMTok)).toEqual([0.135, 0.54, null, null])
		expect(cost.totalUsd).toBeCloseTo(0.675, 12)
	})
})

describe("compareTiers", () => {
	const request = { api: "converse", region: "us-east-1", route: "in-region", usage: USAGE } as const

	it("prices 1 M input and 1 M output tokens of gpt-oss-120b on every tier that it supports", () => {
		const compared = compareTiers({ ...request, modelId: GPT_OSS, baseModelId: GPT_OSS })
		expect(compared.map(({ tier, cost }) => [tier, cost.totalUsd])).toEqual([
			["default", 0.75],
			["flex", 0.375],
			["priority", 1.3125],
		])
	})

	it("returns only Standard for a model that supports no other tier", () => {
		const modelId = "anthropic.claude-sonnet-4-6"
		expect(compareTiers({ ...request, modelId, baseModelId: modelId }).map(({ tier }) => tier)).toEqual(["default"])
	})

	it("prices a model without list prices only on the tiers for which the user set a price", () => {
		const pricing = { ...LIST_PRICES, ownPrices: [ownPrice] }
		const compared = compareTiers({ ...request, modelId: ARN, baseModelId: null }, pricing)
		expect(compared.map(({ tier, cost }) => [tier, cost.totalUsd])).toEqual([
			["default", 5],
			["flex", null],
			["priority", null],
		])
	})
})
