import { afterEach, beforeEach, describe, expect, it } from "vitest"
import type { PriceListFailure } from "./price-list-failure"
import { fetchPriceUpdate, isUpToDate, type PriceUpdateOptions } from "./price-list-update"
import {
	fileKey,
	servePriceLists,
	type PriceListServer,
	type ServedFile,
} from "@bedrock-tiers/test-kit/servers/price-list-server"
import { priceListText, type MadeProduct } from "@bedrock-tiers/test-kit/samples/price-list-text"
import { CLAUDE, SMALL_CATALOG } from "./testing/small-catalog"

/** Tests the use case with made-up price lists on a real socket. The behaviour of AWS's own server is not covered. */

const SERVICE = { serviceName: "Claude Haiku 4.5 (Amazon Bedrock Edition)", unit: "1M tokens" }
const OPEN: readonly MadeProduct[] = [
	{ usageType: "USE1-gpt-oss-120b-input-tokens", usd: "0.0001500000" },
	{ usageType: "USE1-gpt-oss-120b-output-tokens", usd: "0.0006000000" },
	{ usageType: "USE1-gpt-oss-120b-input-tokens-batch", usd: "0.0000750000" },
	{ usageType: "USE1-Llama4-Scout-17B-input-tokens", usd: "0.00017" },
]
const MARKETPLACE: readonly MadeProduct[] = [
	{ usageType: "USE1-MP:USE1_InputTokenCount-Units", usd: "1.2", ...SERVICE },
	{ usageType: "USE1-MP:USE1_OutputTokenCount-Units", usd: "5.5", ...SERVICE },
]

let server: PriceListServer
beforeEach(async () => {
	server = await servePriceLists()
	serve(priceListText({ offer: "AmazonBedrock", products: OPEN }))
	server.files.set(
		fileKey("AmazonBedrockFoundationModels", "us-east-1"),
		priceListText({ offer: "AmazonBedrockFoundationModels", products: MARKETPLACE, publishedOn: "2026-11-21" }),
	)
})
afterEach(() => server.close())

function serve(file: ServedFile): void {
	server.files.set(fileKey("AmazonBedrock", "us-east-1"), file)
}

function update(options: Partial<PriceUpdateOptions> = {}) {
	return fetchPriceUpdate({ catalog: SMALL_CATALOG, regions: ["us-east-1"], baseUrl: server.url, ...options })
}

async function failure(options: Partial<PriceUpdateOptions> = {}): Promise<string> {
	const error = await update(options).then(
		() => null,
		(thrown: unknown) => thrown as PriceListFailure,
	)
	return error ? `${error.reason}: ${error.message.replace(server.url, "<url>")}` : "no failure"
}

describe("fetchPriceUpdate", () => {
	it("reads both offers of the region and reports changes, unused prices and prices it could not interpret", async () => {
		const progress: number[] = []
		const report = await update({ onProgress: (read) => progress.push(read) })
		expect(server.asked.sort()).toEqual([
			"/offers/v1.0/aws/AmazonBedrock/current/us-east-1/index.json",
			"/offers/v1.0/aws/AmazonBedrockFoundationModels/current/us-east-1/index.json",
		])
		expect(progress).toEqual([1, 2])
		expect(report.files).toEqual([
			{ offer: "AmazonBedrock", region: "us-east-1", publishedOn: "2026-11-20" },
			{ offer: "AmazonBedrockFoundationModels", region: "us-east-1", publishedOn: "2026-11-21" },
		])
		expect(report.changes).toMatchObject([
			{ modelId: CLAUDE, route: "geo", oldUsdPerMTok: 1.1, newUsdPerMTok: 1.2 },
		])
		expect(report.updatedRows).toMatchObject([{ source: "aws-price-list-2026-11-21", checkedOn: "2026-11-21" }])
		expect(report.leftOut).toMatchObject([{ reason: "batch", count: 1 }])
		expect(report.notUnderstood).toMatchObject([
			{ reason: "unknown-model", count: 1, examples: [{ detail: "Llama4-Scout-17B" }] },
		])
		expect(isUpToDate(report)).toBe(false)
	})

	it("returns plain data that survives JSON serialization", async () => {
		const report = await update()
		expect(JSON.parse(JSON.stringify(report))).toEqual(report)
	})

	it("reports a file that AWS does not publish and reads the other one", async () => {
		serve(404)
		expect((await update()).files[0]).toMatchObject({ offer: "AmazonBedrock", publishedOn: null })
	})
})

describe("fetchPriceUpdate rejects with one error message", () => {
	const url = "<url>/offers/v1.0/aws/AmazonBedrock/current/us-east-1/index.json"

	it.each([
		[
			"the server responds with a redirect",
			302,
			`redirected: ${url} answers with a redirect, which is not followed.`,
		],
		["the server responds with an error", 500, `http-status: ${url} answers with status 500.`],
		[
			"the file is for another offer",
			priceListText({ offer: "AmazonBedrockFoundationModels", products: OPEN }),
			"wrong-shape: The price list AmazonBedrock is not what it was (offerCode=AmazonBedrockFoundationModels).",
		],
		[
			"the file is truncated",
			priceListText({ offer: "AmazonBedrock", products: OPEN }).slice(0, 300),
			"cut: The price list AmazonBedrock ends in the middle: it was cut on its way.",
		],
	])("when %s", async (_, file, message) => {
		serve(file)
		expect(await failure()).toBe(message)
	})

	it("when the connection breaks", async () => {
		serve((response) => {
			response.writeHead(200, { "content-length": "1000" }).write("{")
			setTimeout(() => response.destroy(), 20)
		})
		expect(await failure()).toMatch(/^offline: AWS's price list cannot be reached \(/)
	})

	it("when the server is unreachable", async () => {
		expect(await failure({ baseUrl: "http://127.0.0.1:1" })).toMatch(
			/^offline: AWS's price list cannot be reached \(/,
		)
	})

	it("when the server sends nothing, before or during its response", async () => {
		serve(() => undefined)
		expect(await failure({ idleMs: 100 })).toBe("stalled: AWS's price list sent nothing for 0.1 seconds.")
		serve((response) => void response.writeHead(200).write("{"))
		expect(await failure({ idleMs: 100 })).toBe("stalled: AWS's price list sent nothing for 0.1 seconds.")
	})

	it("when the user cancels it", async () => {
		const stop = new AbortController()
		serve((response) => {
			response.writeHead(200).write("{")
			setTimeout(() => stop.abort(), 20)
		})
		expect(await failure({ signal: stop.signal })).toBe("cancelled: Reading AWS's price list was stopped.")
		expect(await failure({ signal: AbortSignal.abort() })).toBe("cancelled: Reading AWS's price list was stopped.")
	})

	it("when a region has no price list", async () => {
		expect(await failure({ regions: ["us-east-1", "xx-nowhere-1"] })).toBe(
			"not-published: AWS publishes no Bedrock price list for xx-nowhere-1.",
		)
	})

	it("when a price is off by a factor of ten", async () => {
		const expensive = OPEN.map((product, index) => (index === 0 ? { ...product, usd: "0.0015" } : product))
		serve(priceListText({ offer: "AmazonBedrock", products: expensive }))
		expect(await failure()).toBe(
			"refused: The price list cannot be right: openai.gpt-oss-120b-1:0 input (in-region, us-east-1, default) would go from $0.15 to $1.5 per million tokens. Nothing was changed.",
		)
	})
})
