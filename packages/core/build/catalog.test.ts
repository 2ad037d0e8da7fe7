import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { brokenRules } from "./catalog-rules"
import { modelSchema, priceRowSchema, type AuthoredPriceRow } from "./catalog-schema"
import { joinCatalog } from "./join-catalog"
import { DATA_FOLDER, readCatalog, type AuthoredCatalog } from "./read-catalog"

const catalog = readCatalog()
const FILE = "prices/openai/gpt-oss-120b-1_0.json"

/** The catalog with the rows of one price file changed. */
function withRows(change: (rows: readonly AuthoredPriceRow[]) => AuthoredPriceRow[]): AuthoredCatalog {
	const prices = new Map(catalog.prices)
	const file = prices.get(FILE)
	if (!file) throw new Error(`${FILE} is not there`)
	prices.set(FILE, { ...file, rows: change(file.rows) })
	return { ...catalog, prices }
}

describe("The catalog's files", () => {
	it("break no rule", () => {
		expect(brokenRules(catalog)).toEqual([])
	})

	it("are what the generated module says", () => {
		const generated = readFileSync(join(DATA_FOLDER, "..", "src", "generated", "catalog.ts"), "utf8")
		expect(generated).toBe(joinCatalog(catalog))
	})

	it("have names that Windows can check out", () => {
		for (const file of [...catalog.models.keys(), ...catalog.prices.keys()]) expect(file).toMatch(/^[a-z0-9./_-]+$/)
	})
})

describe("The rules see what they are for", () => {
	it("a price that is not its factor times the base", () => {
		const broken = brokenRules(
			withRows((rows) => rows.map((row) => (row.tier === "flex" ? { ...row, inputUsdPerMTok: 0.1 } : row))),
		)
		expect(broken).toContain(`${FILE}: in-region us-east-1 from 0 tokens flex: input is not 0.5 times its base`)
	})

	it("two rows of one tier", () => {
		expect(brokenRules(withRows((rows) => [...rows, ...rows.slice(0, 1)]))[0]).toContain("two rows of one tier")
	})

	it("a tier that the model takes but that has no price", () => {
		const broken = brokenRules(withRows((rows) => rows.filter((row) => row.tier !== "priority")))
		expect(broken[0]).toContain("has no price for priority, which the model takes")
	})

	it("a source that nobody knows", () => {
		const broken = brokenRules(withRows((rows) => rows.map((row) => ({ ...row, source: "hearsay" }))))
		expect(broken[0]).toContain("source hearsay is not in sources.json")
	})
})

describe("The schemas are strict", () => {
	const row = catalog.prices.get(FILE)?.rows[0]
	const model = [...catalog.models.values()][0]

	it("a misspelt key is an error", () => {
		expect(priceRowSchema.safeParse({ ...row, inputUsdPerMtok: 1 }).success).toBe(false)
		expect(modelSchema.safeParse({ ...model, contextwindow: 1 }).success).toBe(false)
	})

	it("a price of zero, below zero or beyond all bounds is an error", () => {
		for (const price of [0, -1, 3_000_000])
			expect(priceRowSchema.safeParse({ ...row, inputUsdPerMTok: price }).success).toBe(false)
	})
})
