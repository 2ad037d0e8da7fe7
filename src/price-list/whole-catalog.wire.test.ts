import { cpSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { PRICE_FIELDS, type PriceCard, UNIT_PRICE_MEMBERS } from "@bedrock-tiers/core"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { pricedRegions } from "./catalog-prices"
import { readDataFolder } from "./data-folder"
import { MODEL_NAMES } from "./model-names"
import { writePriceFiles } from "./price-file"
import { fetchPriceUpdate } from "./price-list-update"
import { fileKey, servePriceLists, type PriceListServer } from "@bedrock-tiers/test-kit/servers/price-list-server"
import { priceListText, type MadeProduct } from "@bedrock-tiers/test-kit/samples/price-list-text"

/**
 * Serves the whole catalog as price lists, with the prices of some models increased by 10 %, then reads and writes
 * them. These tests do not check the catalog's rules afterwards; `npm run catalog` does.
 */

const REAL = join(import.meta.dirname, "../../packages/core/data")
const MORE_EXPENSIVE = ["openai.gpt-oss-120b-1:0", "anthropic.claude-sonnet-4-6", "amazon.nova-2-lite-v1:0"]
const TOKEN_WORDS = {
	input: "input-tokens",
	output: "output-tokens",
	cacheRead: "cache-read-tokens",
	cacheWrite: "cache-write-tokens",
	cacheWrite1h: "cache-write-tokens-1h",
} as const

let server: PriceListServer
let folder: string
beforeEach(async () => {
	server = await servePriceLists()
	folder = mkdtempSync(join(tmpdir(), "whole-catalog-"))
	cpSync(REAL, folder, { recursive: true })
})
afterEach(async () => {
	rmSync(folder, { recursive: true })
	await server.close()
})

/** Converts the prices of a card to products of the region's file. In-region and geo share one meter. */
function toProducts(card: PriceCard, factor: number): MadeProduct[] {
	const name = Object.keys(MODEL_NAMES).find((known) => MODEL_NAMES[known] === card.modelId) ?? card.modelId
	return PRICE_FIELDS.flatMap((field): MadeProduct[] => {
		const price = card[UNIT_PRICE_MEMBERS[field]]
		if (price === null || price === 0 || (card.tier !== "default" && card.derived.includes(field))) return []
		const tail = [
			...(card.fromPromptTokens > 0 ? ["long-ctx"] : []),
			...(card.route === "global" ? ["global"] : []),
			card.tier === "default" ? "standard" : card.tier,
		]
		const usageType = `USE1-${name}-mantle-${[TOKEN_WORDS[field], ...tail].join("-")}`
		return [{ usageType, unit: "1M tokens", usd: String(Number((price * factor).toPrecision(12))) }]
	})
}

function serveCatalog(cards: readonly PriceCard[], regions: readonly string[], factorOf: (card: PriceCard) => number) {
	for (const region of regions) {
		const regionCards = cards.filter((card) => card.region === region || card.region === "*")
		const products = new Map(
			regionCards
				.flatMap((card) => toProducts(card, factorOf(card)))
				.map((product) => [product.usageType, product]),
		)
		const text = priceListText({ offer: "AmazonBedrock", products: [...products.values()] })
		server.files.set(fileKey("AmazonBedrock", region), text)
	}
}

describe("fetchPriceUpdate with price lists of the whole catalog", () => {
	it("finds no changed price when the lists equal the catalog", async () => {
		const data = readDataFolder(folder)
		const regions = pricedRegions(data)
		serveCatalog(data.cards, regions, () => 1)
		const report = await fetchPriceUpdate({ catalog: data, regions, baseUrl: server.url })
		expect(report.changes.filter(({ kind }) => kind !== "now-printed")).toEqual([])
		expect(report.notUnderstood).toEqual([])
		// The only model whose prices do not follow the rule.
		expect([...new Set(report.offRule.map(({ modelId }) => modelId))]).toEqual(["amazon.nova-2-lite-omni-v1"])
	})

	it("finds the models with increased prices, and no changes after these were written", async () => {
		const data = readDataFolder(folder)
		const regions = pricedRegions(data)
		serveCatalog(data.cards, regions, ({ modelId }) => (MORE_EXPENSIVE.includes(modelId) ? 1.1 : 1))
		const report = await fetchPriceUpdate({ catalog: data, regions, baseUrl: server.url })
		expect(
			[...new Set(report.changes.filter(({ kind }) => kind === "changed").map(({ modelId }) => modelId))].sort(),
		).toEqual([...MORE_EXPENSIVE].sort())
		writePriceFiles(data, report, "127.0.0.1")
		const again = readDataFolder(folder)
		const second = await fetchPriceUpdate({ catalog: again, regions, baseUrl: server.url })
		expect([second.changes, second.newRows]).toEqual([[], []])
	})
})
