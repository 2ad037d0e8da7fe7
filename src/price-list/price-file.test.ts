import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, it } from "vitest"
import { comparePrices } from "./compare-prices"
import type { PriceComparison } from "./price-comparison"
import { findDataFolder, readDataFolder, type DataFolder } from "./data-folder"
import { writePriceFiles } from "./price-file"
import { formatLines, PRICE_ROWS, readLines, rowLine, sourceLine, SOURCES } from "./price-file-text"
import { GPT_OSS } from "./testing/small-catalog"
import type { ReadPrice } from "./to-price-rows"
import type { PriceUpdateReport } from "./price-list-update"

const REAL = join(import.meta.dirname, "../../packages/core/data")
const GPT_FILE = "prices/openai/gpt-oss-120b-1_0.json"
let folder: string
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "price-file-"))
	cpSync(REAL, folder, { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true }))

function texts(): Map<string, string> {
	const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
	return new Map(
		files.map((file) => {
			const path = join(file.parentPath, file.name)
			return [path.slice(folder.length + 1), readFileSync(path, "utf8")] as const
		}),
	)
}

function printed(tier: ReadPrice["tier"], field: ReadPrice["field"], usdPerMTok: number): ReadPrice {
	const facts = { modelId: GPT_OSS, region: "us-east-1", meter: "regional", longContext: false } as const
	const from = { usageType: "made up", offer: "AmazonBedrock", publishedOn: "2026-11-20" } as const
	return { ...facts, ...from, tier, field, usdPerMTok }
}

function compare(data: DataFolder, ...prices: ReadPrice[]): PriceUpdateReport {
	const comparison: PriceComparison = comparePrices(data, prices, ["us-east-1"])
	return { ...comparison, regions: ["us-east-1"], files: [], prices, leftOut: [], notUnderstood: [] }
}

describe("The catalog's source files", () => {
	it("have every row and every source in the exact format in which they are written", () => {
		const data = readDataFolder(REAL)
		for (const file of [data.sources, ...data.priceFiles.values()]) {
			const lines = readLines(file.text, file.form)
			if (!lines) throw new Error(file.path)
			const again = lines.lines.map(({ json }) => {
				const [key = "", value] = Object.entries(json)[0] ?? []
				return file.form === SOURCES ? sourceLine(key, value as { [name: string]: unknown }) : rowLine(json)
			})
			expect(formatLines({ ...lines, lines: again }, file.form)).toBe(file.text)
		}
		expect(data.priceFiles.size).toBeGreaterThan(70)
	})

	it("are found from any folder in a checkout, but not outside a checkout", () => {
		expect(findDataFolder(import.meta.dirname)).toBe(REAL)
		expect(findDataFolder(folder)).toBeNull()
	})
})

describe("writePriceFiles", () => {
	it("writes the changed rows and the new source, and preserves every other byte", () => {
		const before = texts()
		const data = readDataFolder(folder)
		const report = compare(data, printed("default", "input", 0.18), printed("default", "output", 0.6))
		expect(writePriceFiles(data, report, "127.0.0.1")).toEqual([GPT_FILE, "sources.json"])

		const changed = [...texts()].filter(([path, text]) => before.get(path) !== text)
		expect(changed.map(([path]) => path).sort()).toEqual([GPT_FILE, "sources.json"])
		const lines = changed.flatMap(([path, text]) => {
			const old = new Set((before.get(path) ?? "").split("\n"))
			return text.split("\n").filter((line) => !old.has(line))
		})
		expect(lines.map((line) => line.trim().replace(/,$/, ""))).toEqual(
			expect.arrayContaining([
				'{ "route": "in-region", "region": "us-east-1", "tier": "default", "inputUsdPerMTok": 0.18, "outputUsdPerMTok": 0.6, "cacheReadUsdPerMTok": null, "cacheWriteUsdPerMTok": null, "cacheWrite1hUsdPerMTok": null, "source": "aws-price-list-2026-11-20", "checkedOn": "2026-11-20", "derived": [] }',
				'"aws-price-list-2026-11-20": { "title": "AWS Price List (AmazonBedrock, AmazonBedrockFoundationModels), published 2026-11-20", "readThrough": "127.0.0.1" }',
			]),
		)
	})

	it("writes nothing when it runs again with the same list", () => {
		const prices = [printed("default", "input", 0.18), printed("default", "output", 0.6)]
		const first = readDataFolder(folder)
		writePriceFiles(first, compare(first, ...prices), "127.0.0.1")
		const after = texts()
		const second = readDataFolder(folder)
		const report = compare(second, ...prices)
		expect([report.changes, report.newRows]).toEqual([[], []])
		expect(writePriceFiles(second, report, "127.0.0.1")).toEqual([])
		expect(texts()).toEqual(after)
	})

	it("adds `offRule` to a row whose price does not follow the rule of its tier", () => {
		const data = readDataFolder(folder)
		writePriceFiles(data, compare(data, printed("flex", "input", 0.08)), "127.0.0.1")
		const row = readDataFolder(folder).cards.find(
			(card) => card.modelId === GPT_OSS && card.region === "us-east-1" && card.tier === "flex",
		)
		expect(row).toMatchObject({
			inputUsdPerMTok: 0.08,
			offRule: "AWS's price list of 2026-11-20 prints it so.",
		})
	})

	it("removes a source that is no longer used", () => {
		const sources = join(folder, "sources.json")
		const unusedSource = '{\n\t"aws-price-list-2020-01-01": { "title": "An old one", "readThrough": "nowhere" },'
		writeFileSync(sources, readFileSync(sources, "utf8").replace("{", unusedSource))
		const data = readDataFolder(folder)
		writePriceFiles(data, compare(data, printed("flex", "input", 0.08)), "127.0.0.1")
		expect(readFileSync(sources, "utf8")).not.toContain("2020-01-01")
	})
})

describe("Reading and writing of price files", () => {
	it("writes no file when one of them changed after it was read", () => {
		const data = readDataFolder(folder)
		const report = compare(data, printed("flex", "input", 0.08))
		writeFileSync(join(folder, GPT_FILE), readFileSync(join(folder, GPT_FILE), "utf8").replace("0.6,", "0.61,"))
		const before = texts()
		expect(() => writePriceFiles(data, report, "127.0.0.1")).toThrow(`${GPT_FILE} changed meanwhile.`)
		expect(texts()).toEqual(before)
	})

	it("refuses to read a file in another format", () => {
		const path = join(folder, GPT_FILE)
		writeFileSync(path, JSON.stringify(JSON.parse(readFileSync(path, "utf8")), null, "\t"))
		expect(() => readDataFolder(folder)).toThrow("is not written with one row a line")
	})

	it("adds the first row to a file without rows", () => {
		const empty = '{\n\t"modelId": "a.b",\n\t"rows": []\n}\n'
		const lines = readLines(empty, PRICE_ROWS)
		if (!lines) throw new Error("not read")
		expect(formatLines(lines, PRICE_ROWS)).toBe(empty)
		expect(formatLines({ ...lines, lines: [rowLine({ tier: "flex" })] }, PRICE_ROWS)).toBe(
			'{\n\t"modelId": "a.b",\n\t"rows": [\n\t\t{ "tier": "flex" }\n\t]\n}\n',
		)
	})
})
