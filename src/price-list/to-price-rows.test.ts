import { describe, expect, it } from "vitest"
import { readPriceList } from "./read-price-list"
import { asChunks, priceListText, type MadeProduct } from "@bedrock-tiers/test-kit/samples/price-list-text"
import type { PriceListOffer } from "./price-list"
import { GPT_OSS, SMALL_CATALOG } from "./testing/small-catalog"
import { toPriceRows } from "./to-price-rows"

async function rows(products: readonly MadeProduct[], offer: PriceListOffer = "AmazonBedrock") {
	const list = await readPriceList(asChunks(priceListText({ offer, products })), { offer })
	return toPriceRows(list, "us-east-1", (id) => SMALL_CATALOG.models.has(id))
}

const INPUT = "USE1-gpt-oss-120b-input-tokens"

describe("toPriceRows", () => {
	it.each([
		["1K tokens", "0.00015"],
		["1k tokens", "0.00015"],
		["1M tokens", "0.15"],
		["tokens", "0.00000015"],
	])("converts the unit %s to USD per million tokens", async (unit, usd) => {
		const { prices } = await rows([{ usageType: INPUT, unit, usd }])
		expect(prices).toMatchObject([
			{ modelId: GPT_OSS, field: "input", usdPerMTok: 0.15, publishedOn: "2026-11-20", region: "us-east-1" },
		])
	})

	it("converts the unit Units of the marketplace when the description contains Million", async () => {
		const haiku = { usageType: "USE1-MP:USE1_InputTokenCount_Global-Units", unit: "Units", usd: "1.0000000000" }
		const serviceName = "Claude Haiku 4.5 (Amazon Bedrock Edition)"
		const description = "AWS Marketplace software usage|us-east-1|Million Input Tokens Global"
		const { prices } = await rows([{ ...haiku, serviceName, description }], "AmazonBedrockFoundationModels")
		expect(prices).toMatchObject([{ meter: "global", usdPerMTok: 1 }])
	})

	it.each(["Units", "1K TPM Hour", "image", "constructor"])(
		"skips the unit %s, which is not a unit of tokens",
		async (unit) => {
			const { prices, skipped } = await rows([{ usageType: INPUT, unit, usd: "1" }])
			expect(prices).toEqual([])
			expect(skipped).toMatchObject([{ reason: "unknown-unit", detail: unit }])
		},
	)
})

describe("A price that the list prints twice", () => {
	const mantle = "USE1-openai.gpt-oss-120b-mantle-input-tokens-standard"

	it("is read once when both prices agree, even in different units", async () => {
		const { prices, skipped } = await rows([
			{ usageType: INPUT, usd: "0.00015" },
			{ usageType: mantle, unit: "1M tokens", usd: "0.1500" },
		])
		expect([prices.length, skipped]).toEqual([1, []])
	})

	it("is skipped with both prices in the detail when they disagree", async () => {
		const { prices, skipped } = await rows([
			{ usageType: INPUT, usd: "0.00015" },
			{ usageType: mantle, usd: "0.00014" },
		])
		expect(prices).toEqual([])
		expect(skipped).toEqual([
			{ reason: "disagreeing", region: "us-east-1", usageType: INPUT, detail: `${INPUT} 0.15, ${mantle} 0.14` },
		])
	})
})

describe("toPriceRows skips a product with a reason", () => {
	it.each([
		["when only its feature names batch", { usageType: INPUT, usd: "0.1", feature: "Batch Inference" }, "batch"],
		["when its price is zero", { usageType: INPUT, usd: "0.0000000000" }, "free"],
		[
			"when it is for another region",
			{ usageType: INPUT, usd: "0.1", regionCode: "us-gov-west-1" },
			"other-region",
		],
		[
			"when MODEL_NAMES does not have its model",
			{ usageType: "USE1-Llama4-Scout-17B-input-tokens", usd: "1" },
			"unknown-model",
		],
		["when its model is not in the catalog", { usageType: "USE1-NovaPro-input-tokens", usd: "1" }, "unknown-model"],
		[
			"when its two model names contradict each other",
			{ usageType: INPUT, usd: "0.1", model: "Qwen3 32B" },
			"two-names",
		],
		["when its price is not a number", { usageType: INPUT, usd: "free" }, "unreadable-price"],
		["when its usage type has an unknown form", { usageType: `${INPUT}-ultrafast`, usd: "0.1" }, "unknown-form"],
	] as const)("%s", async (_, product, reason) => {
		const { prices, skipped } = await rows([product])
		expect(prices).toEqual([])
		expect(skipped).toMatchObject([{ reason, usageType: product.usageType, region: "us-east-1" }])
	})
})
