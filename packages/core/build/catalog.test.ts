import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { allModels, findModel, offeredModels, offeredTiers, priceCardsOf } from "../src/index"
import { brokenRules } from "./catalog-rules"
import {
	modelSchema,
	priceRowSchema,
	pricesSchema,
	type AuthoredModel,
	type AuthoredPriceRow,
	type AuthoredPrices,
} from "./catalog-schema"
import { joinCatalog } from "./join-catalog"
import { DATA_FOLDER, readCatalog, type AuthoredCatalog } from "./read-catalog"

const catalog = readCatalog()
const MODEL = "models/openai/gpt-oss-120b-1_0.json"
const FILE = "prices/openai/gpt-oss-120b-1_0.json"
const OMNI = "prices/amazon/nova-2-lite-omni-v1.json"
const ASTRA = "prices/openai/gpt-6-astra.json"

function at<T>(files: ReadonlyMap<string, T>, file: string): T {
	const found = files.get(file)
	if (!found) throw new Error(`${file} is not there`)
	return found
}

/** The catalog with one price file changed. */
function withPrices(change: (prices: AuthoredPrices) => AuthoredPrices, file = FILE): AuthoredCatalog {
	return { ...catalog, prices: new Map(catalog.prices).set(file, change(at(catalog.prices, file))) }
}

/** The catalog with the rows of one price file changed. */
function withRows(
	change: (rows: readonly AuthoredPriceRow[]) => readonly AuthoredPriceRow[],
	file = FILE,
): AuthoredCatalog {
	return withPrices((prices) => ({ ...prices, rows: [...change(prices.rows)] }), file)
}

/** The catalog with one model file changed. */
function withModel(change: (model: AuthoredModel) => AuthoredModel, file = MODEL): AuthoredCatalog {
	return { ...catalog, models: new Map(catalog.models).set(file, change(at(catalog.models, file))) }
}

describe("The catalog's files", () => {
	it("break no rule", () => {
		expect(brokenRules(catalog)).toEqual([])
	})

	it("are what the generated module says", () => {
		const generated = readFileSync(join(DATA_FOLDER, "..", "src", "generated", "catalog.ts"), "utf8")
		expect(generated).toBe(joinCatalog(catalog))
	})

	it.each([...catalog.prices.values()].map(({ modelId, rows }) => [modelId, rows] as const))(
		"come out of the generated module as they went in: %s",
		(modelId, rows) => {
			const authored = rows.map(({ note: _note, offRule: _offRule, ...row }) => ({
				...row,
				modelId,
				fromPromptTokens: row.fromPromptTokens ?? 0,
				belowPromptTokens: row.belowPromptTokens ?? null,
			}))
			const inOrder = (cards: readonly object[]) => cards.map((card) => JSON.stringify(sorted(card))).sort()
			expect(inOrder(priceCardsOf(modelId))).toEqual(inOrder(authored))
		},
	)

	it("hold every model that AWS lists with a tier, each with prices or with the reason why not", () => {
		expect(catalog.models.size).toBeGreaterThanOrEqual(73)
		for (const { modelId, rows, unpriced } of catalog.prices.values())
			expect([modelId, rows.length > 0 || unpriced !== undefined]).toEqual([modelId, true])
	})
})

function sorted(card: object): object {
	return Object.fromEntries(Object.entries(card).sort(([a], [b]) => a.localeCompare(b, "en")))
}

describe("What the catalog says of APIs", () => {
	const mantleOnly = [
		"google.gemma-4-26b-a4b",
		"google.gemma-4-31b",
		"google.gemma-4-e2b",
		"openai.gpt-5.4",
		"openai.gpt-5.5",
		"xai.grok-4.3",
	]

	it("these live on bedrock-mantle alone, are not offered and take no tier through Converse", () => {
		const withoutConverse = allModels().filter(({ apis }) => !apis.includes("converse"))
		expect(withoutConverse.map(({ id }) => id).sort()).toEqual(mantleOnly)
		const offered = offeredModels().map(({ id }) => id)
		for (const model of withoutConverse) {
			expect(offered).not.toContain(model.id)
			expect(offeredTiers(model, "converse")).toEqual(["default"])
			expect(offeredTiers(model, "invoke-model")).toEqual(["default"])
		}
	})

	it("previews and retired models are not offered", () => {
		const offered = new Set(offeredModels().map(({ lifecycle }) => lifecycle.status))
		expect([...offered].sort()).toEqual(["active", "legacy"])
	})

	it("the frontier models of OpenAI cannot be called through InvokeModel", () => {
		expect(findModel("openai.gpt-6-sol")?.apis).toEqual(["converse", "chat-completions"])
		expect(findModel("openai.gpt-oss-20b-1:0")?.apis).toEqual(["converse", "invoke-model", "chat-completions"])
	})

	it("these tiers are contested", () => {
		const contested = allModels().filter(({ tiers }) => tiers.converse.flex === "contested")
		expect(contested.map(({ id }) => id).sort()).toEqual([
			"deepseek.v3-v1:0",
			"mistral.pixtral-large-2502-v1:0",
			"qwen.qwen3-coder-next",
		])
	})
})

describe("The rules see what they are for", () => {
	it("a price that is not its factor times the base", () => {
		const broken = brokenRules(
			withRows((rows) => rows.map((row) => (row.tier === "flex" ? { ...row, inputUsdPerMTok: 0.1 } : row))),
		)
		expect(broken).toContain(
			`${FILE}: in-region us-east-1 from 0 tokens flex: inputUsdPerMTok is not 0.5 times its base`,
		)
	})

	it("a price that was rounded as the page prints it", () => {
		const broken = brokenRules(
			withRows((rows) =>
				rows.map((row) => (row.inputUsdPerMTok === 0.270375 ? { ...row, inputUsdPerMTok: 0.2704 } : row)),
			),
		)
		expect(broken).toEqual([
			`${FILE}: in-region ap-southeast-2 from 0 tokens priority: inputUsdPerMTok is not 1.75 times its base`,
		])
	})

	it("a row off the rule that does not say why", () => {
		const broken = brokenRules(withRows((rows) => rows.map(({ offRule: _offRule, ...row }) => row), OMNI))
		expect(broken).toContain(
			`${OMNI}: global us-east-1 from 0 tokens priority: outputUsdPerMTok is not 1.75 times its base`,
		)
	})

	it("a row that claims to be off the rule and is not", () => {
		const broken = brokenRules(
			withRows((rows) => rows.map((row) => (row.tier === "flex" ? { ...row, offRule: "so it is said" } : row))),
		)
		expect(broken).toContain(
			`${FILE}: in-region us-east-1 from 0 tokens flex: is marked as off the rule, but keeps it`,
		)
	})

	it("a row off the rule on the wrong side of its base", () => {
		const broken = brokenRules(
			withRows(
				(rows) => rows.map((row) => (row.tier === "flex" ? { ...row, inputUsdPerMTok: 0.31 } : row)),
				OMNI,
			),
		)
		expect(broken).toEqual([
			`${OMNI}: global us-east-1 from 0 tokens flex: inputUsdPerMTok is on the wrong side of its base`,
		])
	})

	it("two rows of one tier", () => {
		expect(brokenRules(withRows((rows) => [...rows, ...rows.slice(0, 1)]))).toContainEqual(
			expect.stringContaining("two rows of one tier"),
		)
	})

	it("a tier that the model takes but that has no price", () => {
		const broken = brokenRules(withRows((rows) => rows.filter((row) => row.tier !== "priority")))
		expect(broken[0]).toContain("has no price for priority, which the model takes")
	})

	it("a tier that is priced but not taken, or said to be unpriced", () => {
		const unpriced = [{ tiers: ["flex" as const], reason: "so it is said" }]
		expect(brokenRules(withPrices((prices) => ({ ...prices, unpriced })))[0]).toContain("prices flex, which")
		const none = { flex: "no", priority: "no", reserved: "no" } as const
		const tiers = { converse: none, "invoke-model": none, "chat-completions": none }
		expect(brokenRules(withModel((model) => ({ ...model, tiers })))[0]).toContain("prices flex, which")
	})

	it("a model without a price that does not say why", () => {
		expect(brokenRules(withRows(() => []))).toEqual([`${FILE}: has no price and does not say why`])
	})

	it("bands that overlap, leave a gap, or end", () => {
		const band = (change: (row: AuthoredPriceRow) => AuthoredPriceRow) =>
			brokenRules(withRows((rows) => rows.map(change), ASTRA))
		expect(band((row) => (row.fromPromptTokens ? { ...row, fromPromptTokens: 200_000 } : row))).toContain(
			`${ASTRA}: global * default: two bands overlap`,
		)
		expect(band((row) => (row.fromPromptTokens ? { ...row, fromPromptTokens: 300_000 } : row))).toContain(
			`${ASTRA}: global * default: no band from 272001 tokens`,
		)
		expect(band((row) => (row.fromPromptTokens ? { ...row, belowPromptTokens: 900_000 } : row))).toContain(
			`${ASTRA}: global * default: no band from 900000 tokens`,
		)
	})

	it("a source that nobody knows, and one that nobody uses", () => {
		const broken = brokenRules(withRows((rows) => rows.map((row) => ({ ...row, source: "hearsay" }))))
		expect(broken[0]).toContain("source hearsay is not in sources.json")
		const sources = { ...catalog.sources, hearsay: { title: "Hearsay", readThrough: "nobody" } }
		expect(brokenRules({ ...catalog, sources })).toEqual(["sources.json: nothing comes from hearsay"])
	})

	it("a field that is said to be derived and is not there", () => {
		const broken = brokenRules(withRows((rows) => rows.map((row) => ({ ...row, derived: ["cacheRead" as const] }))))
		expect(broken[0]).toContain("cacheRead is derived, but there is none")
	})

	it("a price of zero that does not say who printed it", () => {
		const broken = brokenRules(withRows((rows) => rows.map((row) => ({ ...row, cacheWriteUsdPerMTok: 0 }))))
		expect(broken[0]).toContain("has a price of zero without a note")
	})

	it("a tier or a cache of an API that the model does not have", () => {
		const apis = ["converse" as const]
		expect(brokenRules(withModel((model) => ({ ...model, apis })))).toContain(
			`${MODEL}: takes flex through invoke-model, which it does not have`,
		)
		const automaticCaching = { minTokens: null, lifetimeMinutes: 30, apis: ["invoke-model" as const] }
		expect(brokenRules(withModel((model) => ({ ...model, apis, automaticCaching })))).toContain(
			`${MODEL}: caches through invoke-model, which it does not have`,
		)
	})

	it.each<[string, (model: AuthoredModel) => AuthoredModel]>([
		["holds openai.other", (model) => ({ ...model, id: "openai.other" })],
		["has the name of", (model) => ({ ...model, name: "GPT-oss-20B" })],
		["can answer more than its context holds", (model) => ({ ...model, maxOutputTokens: 1_000_000 })],
		["is retired without a date", (model) => ({ ...model, lifecycle: { status: "retired", endOfLife: null } })],
		[
			"has two geographic profiles for one region",
			(model) => ({
				...model,
				routes: {
					...model.routes,
					geo: [...model.routes.geo, { prefix: "us", sourceRegions: ["us-gov-east-1"] }],
				},
			}),
		],
		[
			"lists something twice",
			(model) => ({ ...model, routes: { ...model.routes, global: ["us-east-1", "us-east-1"] } }),
		],
	])("a model that %s", (sentence, change) => {
		expect(brokenRules(withModel(change))).toContainEqual(expect.stringContaining(sentence))
	})

	it("a file name that Windows cannot check out", () => {
		const models = new Map(catalog.models).set("models/openai/gpt:oss.json", at(catalog.models, MODEL))
		expect(brokenRules({ ...catalog, models })).toContainEqual(expect.stringContaining("Windows may not check out"))
	})
})

describe("The schemas are strict", () => {
	const row = catalog.prices.get(FILE)?.rows[0]
	const model = [...catalog.models.values()][0]

	it("a misspelt key is an error", () => {
		expect(priceRowSchema.safeParse({ ...row, inputUsdPerMtok: 1 }).success).toBe(false)
		expect(modelSchema.safeParse({ ...model, contextwindow: 1 }).success).toBe(false)
	})

	it("an unknown API, an unknown caching field and a stray key beside the rows are errors", () => {
		expect(modelSchema.safeParse({ ...model, apis: ["telegraph"] }).success).toBe(false)
		expect(modelSchema.safeParse({ ...model, apis: [] }).success).toBe(false)
		expect(modelSchema.safeParse({ ...model, automaticCaching: { lifetime: "30m" } }).success).toBe(false)
		expect(pricesSchema.safeParse({ modelId: "a.b", rows: [], note: "so" }).success).toBe(false)
	})

	it("a price of zero, below zero or beyond all bounds is an error; only a cache write may cost nothing", () => {
		for (const price of [0, -1, 3_000_000])
			expect(priceRowSchema.safeParse({ ...row, inputUsdPerMTok: price }).success).toBe(false)
		expect(priceRowSchema.safeParse({ ...row, cacheWriteUsdPerMTok: 0 }).success).toBe(true)
		expect(priceRowSchema.safeParse({ ...row, cacheWriteUsdPerMTok: -1 }).success).toBe(false)
	})
})
