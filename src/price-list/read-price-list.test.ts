import { setTimeout as delay } from "node:timers/promises"
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { describe, expect, it } from "vitest"
import type { PriceListFailure } from "./price-list-failure"
import { readPriceList, type ReadOptions } from "./read-price-list"
import {
	asChunks,
	largePriceList,
	priceListText,
	type MadeProduct,
} from "@bedrock-tiers/test-kit/samples/price-list-text"

const AMAZON_BEDROCK: ReadOptions = { offer: "AmazonBedrock" }
const PRODUCTS: readonly MadeProduct[] = [
	{
		usageType: "USE1-Qwen3-32B-input-tokens",
		usd: "0.00015",
		regionCode: "us-east-1",
		feature: "On-demand Inference",
	},
	{ usageType: "USE1-xai.grok-4.3-mantle-input-tokens-priority", usd: "2.1875", unit: "1M tokens" },
]
const TEXT = priceListText({ offer: "AmazonBedrock", products: PRODUCTS })

function read(text: string, options: Partial<ReadOptions> = {}, chunkBytes?: number) {
	return readPriceList(asChunks(text, chunkBytes), { ...AMAZON_BEDROCK, ...options })
}

async function failure(work: Promise<unknown>): Promise<string> {
	const error = (await work.then(
		() => null,
		(thrown: unknown) => thrown,
	)) as PriceListFailure | null
	return error ? `${error.reason}: ${error.message}` : "no failure"
}

describe("readPriceList", () => {
	const expected = {
		offer: "AmazonBedrock",
		publishedOn: "2026-11-20",
		entries: [
			{
				product: {
					usageType: "USE1-Qwen3-32B-input-tokens",
					regionCode: "us-east-1",
					serviceName: "Amazon Bedrock",
					model: null,
					feature: "On-demand Inference",
				},
				prices: [{ unit: "1K tokens", usd: "0.00015", description: "made up" }],
			},
			{
				product: {
					usageType: "USE1-xai.grok-4.3-mantle-input-tokens-priority",
					regionCode: null,
					serviceName: "Amazon Bedrock",
					model: null,
					feature: null,
				},
				prices: [{ unit: "1M tokens", usd: "2.1875", description: "made up" }],
			},
		],
	}

	it("returns the required members of products and terms without unknown members", async () => {
		expect(await read(TEXT)).toEqual(expected)
	})

	it("returns the same result when the terms come before the products", async () => {
		expect(await read(priceListText({ offer: "AmazonBedrock", products: PRODUCTS, termsFirst: true }))).toEqual(
			expected,
		)
	})

	it.each([1, 7, 64_000])("returns the same result for chunks of %d bytes", async (bytes) => {
		expect(await read(`${TEXT}\n`, {}, bytes)).toEqual(expected)
	})

	it("returns only the products that `keep` accepts", async () => {
		const { entries } = await read(TEXT, { keep: ({ usageType }) => usageType.includes("grok") })
		expect(entries).toHaveLength(1)
	})

	it("treats a member named __proto__ like any other member", async () => {
		const text = TEXT.replace('"formatVersion":"v1.0"', '"__proto__":{"polluted":true},"formatVersion":"v1.0"')
		expect(await read(text)).toEqual(expected)
		expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
	})
})

describe("readPriceList rejects a file", () => {
	const body = '"products":{"A":{"attributes":{"usagetype":"X"}}},"terms":{"OnDemand":{}}'

	it.each([
		["is empty", "", "cut: The price list AmazonBedrock is empty."],
		[
			"is truncated",
			TEXT.slice(0, -200),
			"cut: The price list AmazonBedrock ends in the middle: it was cut on its way.",
		],
		[
			"is truncated by one byte",
			TEXT.slice(0, -1),
			"cut: The price list AmazonBedrock ends in the middle: it was cut on its way.",
		],
		[
			"is a web page",
			"<!doctype html><p>Sorry",
			"not-json: What came as the price list AmazonBedrock is not JSON.",
		],
		[
			"has a syntax error",
			TEXT.replace('":"v1.0"', '"; "v1.0"'),
			"not-json: What came as the price list AmazonBedrock is not JSON.",
		],
		["has content after its end", `${TEXT}{}`, "not-json: What came as the price list AmazonBedrock is not JSON."],
		["is a JSON array", "[1, 2]", "wrong-shape: The price list AmazonBedrock is not what it was (offerCode)."],
		[
			"is for another offer",
			priceListText({ offer: "AmazonBedrockFoundationModels", products: PRODUCTS }),
			"wrong-shape: The price list AmazonBedrock is not what it was (offerCode=AmazonBedrockFoundationModels).",
		],
		[
			"has no products",
			'{"offerCode":"AmazonBedrock","products":{},"terms":{"OnDemand":{}}}',
			"wrong-shape: The price list AmazonBedrock is not what it was (products).",
		],
		[
			"has no terms",
			`{"offerCode":"AmazonBedrock",${body}}`,
			"wrong-shape: The price list AmazonBedrock is not what it was (terms.OnDemand).",
		],
		[
			"has no date",
			TEXT.replace("publicationDate", "date"),
			"wrong-shape: The price list AmazonBedrock is not what it was (publicationDate).",
		],
	])("that %s", async (_, text, expected) => {
		expect(await failure(read(text))).toBe(expected)
	})

	it("that is larger than `maxBytes`", async () => {
		expect(await failure(read(TEXT, { maxBytes: 500 }, 100))).toBe(
			"too-big: The price list AmazonBedrock has more than 500 bytes.",
		)
	})

	it("whose download stalls", async () => {
		const stalling = (async function* () {
			yield new TextEncoder().encode("{")
			await delay(60_000, undefined, { ref: false })
		})()
		expect(await failure(readPriceList(stalling, { ...AMAZON_BEDROCK, idleMs: 50 }))).toBe(
			"stalled: AWS's price list sent nothing for 0.05 seconds.",
		)
	})

	it("whose download the user cancels", async () => {
		const stop = new AbortController()
		const endless = (async function* () {
			yield new TextEncoder().encode("{")
			stop.abort()
			await delay(60_000, undefined, { ref: false })
		})()
		expect(await failure(readPriceList(endless, { ...AMAZON_BEDROCK, signal: stop.signal }))).toBe(
			"cancelled: Reading AWS's price list was stopped.",
		)
	})
})

/** Forces a garbage collection, so that the heap size counts only reachable objects. */
const collectGarbage = (() => {
	setFlagsFromString("--expose-gc")
	return runInNewContext("gc") as () => void
})()

describe("Memory use of readPriceList", () => {
	it("grows by less than 5 MB for a list of 10 MB from which no product is kept", async () => {
		const step = 1_000_000
		let bytes = 0
		let highest = 0
		collectGarbage()
		const before = process.memoryUsage().heapUsed
		const watched = (async function* () {
			for await (const chunk of largePriceList("AmazonBedrock", 10_000)) {
				if (Math.floor((bytes + chunk.byteLength) / step) > Math.floor(bytes / step)) {
					collectGarbage()
					highest = Math.max(highest, process.memoryUsage().heapUsed - before)
				}
				bytes += chunk.byteLength
				yield chunk
			}
		})()
		const { entries } = await readPriceList(watched, { ...AMAZON_BEDROCK, keep: () => false })
		expect(entries).toEqual([])
		expect(bytes).toBeGreaterThan(10_000_000)
		expect(highest).toBeLessThan(5_000_000)
	})
})
