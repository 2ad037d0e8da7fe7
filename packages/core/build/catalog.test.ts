import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { allModels, findModel, findPriceCard, isOffered, offeredModels, offeredTiers, priceCardsOf } from "../src/index"
import { validateCatalog } from "./catalog-rules"
import {
	modelSchema,
	priceRowSchema,
	pricesSchema,
	type AuthoredModel,
	type AuthoredPriceRow,
	type AuthoredPrices,
} from "./catalog-schema"
import { callablePlaces } from "./price-rules"
import { joinCatalog } from "./join-catalog"
import { DATA_FOLDER, readCatalog, type AuthoredCatalog } from "./read-catalog"

const catalog = readCatalog()
const MODEL = "models/openai/gpt-oss-120b-1_0.json"
const FILE = "prices/openai/gpt-oss-120b-1_0.json"
const OMNI = "prices/amazon/nova-2-lite-omni-v1.json"
const SAFEGUARD = "prices/openai/gpt-oss-safeguard-20b.json"
const ASTRA = "prices/openai/gpt-6-astra.json"

function getFile<T>(files: ReadonlyMap<string, T>, file: string): T {
	const found = files.get(file)
	if (!found) throw new Error(`${file} is not there`)
	return found
}

/** The catalog with one price file changed. */
function withPrices(change: (prices: AuthoredPrices) => AuthoredPrices, file = FILE): AuthoredCatalog {
	return { ...catalog, prices: new Map(catalog.prices).set(file, change(getFile(catalog.prices, file))) }
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
	return { ...catalog, models: new Map(catalog.models).set(file, change(getFile(catalog.models, file))) }
}

describe("The catalog files", () => {
	it("violate no rule", () => {
		expect(validateCatalog(catalog)).toEqual([])
	})

	it("match the generated module", () => {
		const generated = readFileSync(join(DATA_FOLDER, "..", "src", "generated", "catalog.ts"), "utf8")
		expect(generated).toBe(joinCatalog(catalog))
	})

	it.each([...catalog.prices.values()].map(({ modelId, rows }) => [modelId, rows] as const))(
		"have the same price rows as the generated module for %s",
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

	it("contain every model that AWS lists with a tier, each with prices or with a reason for missing prices", () => {
		expect(catalog.models.size).toBeGreaterThanOrEqual(73)
		for (const { modelId, rows, unpriced } of catalog.prices.values())
			expect([modelId, rows.length > 0 || unpriced !== undefined]).toEqual([modelId, true])
	})
})

function sorted(card: object): object {
	return Object.fromEntries(Object.entries(card).sort(([a], [b]) => a.localeCompare(b, "en")))
}

describe("API support in the catalog", () => {
	const mantleOnly = [
		"google.gemma-4-26b-a4b",
		"google.gemma-4-31b",
		"google.gemma-4-e2b",
		"openai.gpt-5.4",
		"openai.gpt-5.5",
		"xai.grok-4.3",
	]

	it("does not offer models without Converse, nor tiers for them through Converse and InvokeModel", () => {
		const withoutConverse = allModels().filter(({ apis }) => !apis.includes("converse"))
		expect(withoutConverse.map(({ id }) => id).sort()).toEqual(mantleOnly)
		const offered = offeredModels().map(({ id }) => id)
		for (const model of withoutConverse) {
			expect(offered).not.toContain(model.id)
			expect(offeredTiers(model, "converse")).toEqual(["default"])
			expect(offeredTiers(model, "invoke-model")).toEqual(["default"])
		}
	})

	it("does not offer preview and retired models", () => {
		const offered = new Set(offeredModels().map(({ lifecycle }) => lifecycle.status))
		expect([...offered].sort()).toEqual(["active", "legacy"])
	})

	it("excludes OpenAI's frontier models from InvokeModel", () => {
		expect(findModel("openai.gpt-6-sol")?.apis).toEqual(["converse", "chat-completions"])
		expect(findModel("openai.gpt-oss-20b-1:0")?.apis).toEqual(["converse", "invoke-model", "chat-completions"])
	})

	it("lists three models whose Flex tier through Converse is disputed", () => {
		const contested = allModels().filter(({ tiers }) => tiers.converse.flex === "contested")
		expect(contested.map(({ id }) => id).sort()).toEqual([
			"deepseek.v3-v1:0",
			"mistral.pixtral-large-2502-v1:0",
			"qwen.qwen3-coder-next",
		])
	})
})

describe("validateCatalog", () => {
	it("reports a price that is not the tier's factor times the base", () => {
		const violations = validateCatalog(
			withRows((rows) => rows.map((row) => (row.tier === "flex" ? { ...row, inputUsdPerMTok: 0.1 } : row))),
		)
		expect(violations).toContain(
			`${FILE}: in-region us-east-1 from 0 tokens flex: inputUsdPerMTok is not 0.075, the exact price of the tier`,
		)
	})

	it("reports a price that is not rounded where AWS rounds", () => {
		const violations = validateCatalog(
			withRows(
				(rows) => rows.map((row) => (row.inputUsdPerMTok === 0.03 ? { ...row, inputUsdPerMTok: 0.035 } : row)),
				SAFEGUARD,
			),
		)
		expect(violations).toContain(
			`${SAFEGUARD}: in-region us-east-1 from 0 tokens flex: inputUsdPerMTok is not 0.03, the rounded price of the tier`,
		)
	})

	it("reports a price that was rounded as on the pricing page", () => {
		const violations = validateCatalog(
			withRows((rows) =>
				rows.map((row) => (row.inputUsdPerMTok === 0.270375 ? { ...row, inputUsdPerMTok: 0.2704 } : row)),
			),
		)
		expect(violations).toEqual([
			`${FILE}: in-region ap-southeast-2 from 0 tokens priority: inputUsdPerMTok is not 0.270375, the exact price of the tier`,
		])
	})

	it("reports a row that deviates from the factor without `offRule`", () => {
		const violations = validateCatalog(withRows((rows) => rows.map(({ offRule: _offRule, ...row }) => row), OMNI))
		expect(violations).toContain(
			`${OMNI}: global us-east-1 from 0 tokens priority: outputUsdPerMTok is not 4.375, the exact price of the tier`,
		)
	})

	it("reports a row with `offRule` that does not deviate from the factor", () => {
		const violations = validateCatalog(
			withRows((rows) => rows.map((row) => (row.tier === "flex" ? { ...row, offRule: "so it is said" } : row))),
		)
		expect(violations).toContain(
			`${FILE}: in-region us-east-1 from 0 tokens flex: is marked as off the rule, but keeps it`,
		)
	})

	it("reports a row with `offRule` whose price is on the wrong side of its base", () => {
		const violations = validateCatalog(
			withRows(
				(rows) => rows.map((row) => (row.tier === "flex" ? { ...row, inputUsdPerMTok: 0.31 } : row)),
				OMNI,
			),
		)
		expect(violations).toEqual([
			`${OMNI}: global us-east-1 from 0 tokens flex: inputUsdPerMTok is on the wrong side of its base`,
		])
	})

	it("reports two rows of one tier", () => {
		expect(validateCatalog(withRows((rows) => [...rows, ...rows.slice(0, 1)]))).toContainEqual(
			expect.stringContaining("two rows of one tier"),
		)
	})

	it("reports a supported tier without a price", () => {
		const violations = validateCatalog(withRows((rows) => rows.filter((row) => row.tier !== "priority")))
		expect(violations[0]).toContain("has no price for priority, which the model takes")
	})

	it("reports a price of a tier that is not supported, or that is declared as unpriced", () => {
		const unpriced = [{ tiers: ["flex" as const], reason: "so it is said" }]
		expect(validateCatalog(withPrices((prices) => ({ ...prices, unpriced })))[0]).toContain("prices flex, which")
		const noTiers = { flex: "no", priority: "no", reserved: "no" } as const
		const tiers = { converse: noTiers, "invoke-model": noTiers, "chat-completions": noTiers }
		expect(validateCatalog(withModel((model) => ({ ...model, tiers })))[0]).toContain("prices flex, which")
	})

	it("reports a model without a price and without a reason", () => {
		expect(validateCatalog(withRows(() => []))).toContain(`${FILE}: has no price and does not say why`)
	})

	it("reports context bands that overlap, leave a gap, or end", () => {
		const validateWithBand = (change: (row: AuthoredPriceRow) => AuthoredPriceRow) =>
			validateCatalog(withRows((rows) => rows.map(change), ASTRA))
		expect(
			validateWithBand((row) => (row.fromPromptTokens ? { ...row, fromPromptTokens: 200_000 } : row)),
		).toContain(`${ASTRA}: global * default: two bands overlap`)
		expect(
			validateWithBand((row) => (row.fromPromptTokens ? { ...row, fromPromptTokens: 300_000 } : row)),
		).toContain(`${ASTRA}: global * default: no band from 272001 tokens`)
		expect(
			validateWithBand((row) => (row.fromPromptTokens ? { ...row, belowPromptTokens: 900_000 } : row)),
		).toContain(`${ASTRA}: global * default: no band from 900000 tokens`)
	})

	it("reports a source that is not in sources.json, and a source that is not used", () => {
		const violations = validateCatalog(withRows((rows) => rows.map((row) => ({ ...row, source: "hearsay" }))))
		expect(violations[0]).toContain("source hearsay is not in sources.json")
		const sources = { ...catalog.sources, hearsay: { title: "Hearsay", readThrough: "nobody" } }
		expect(validateCatalog({ ...catalog, sources })).toEqual(["sources.json: nothing comes from hearsay"])
	})

	it("reports a derived field without a price", () => {
		const violations = validateCatalog(
			withRows((rows) => rows.map((row) => ({ ...row, derived: ["cacheRead" as const] }))),
		)
		expect(violations[0]).toContain("cacheRead is derived, but there is none")
	})

	it("reports a price of zero without a note", () => {
		const violations = validateCatalog(withRows((rows) => rows.map((row) => ({ ...row, cacheWriteUsdPerMTok: 0 }))))
		expect(violations[0]).toContain("has a price of zero without a note")
	})

	it("reports a tier or automatic caching of an API that the model does not support", () => {
		const apis = ["converse" as const]
		expect(validateCatalog(withModel((model) => ({ ...model, apis })))).toContain(
			`${MODEL}: takes flex through invoke-model, which it does not have`,
		)
		const automaticCaching = { minTokens: null, lifetimeMinutes: 30, apis: ["invoke-model" as const] }
		expect(validateCatalog(withModel((model) => ({ ...model, apis, automaticCaching })))).toContain(
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
	])("reports a model that %s", (message, change) => {
		expect(validateCatalog(withModel(change))).toContainEqual(expect.stringContaining(message))
	})

	it("reports a file name that Windows cannot check out", () => {
		const models = new Map(catalog.models).set("models/openai/gpt:oss.json", getFile(catalog.models, MODEL))
		expect(validateCatalog({ ...catalog, models })).toContainEqual(
			expect.stringContaining("Windows may not check out"),
		)
	})
})

describe("The catalog schemas", () => {
	const row = catalog.prices.get(FILE)?.rows[0]
	const model = [...catalog.models.values()][0]

	it("reject a misspelled key", () => {
		expect(priceRowSchema.safeParse({ ...row, inputUsdPerMtok: 1 }).success).toBe(false)
		expect(modelSchema.safeParse({ ...model, contextwindow: 1 }).success).toBe(false)
	})

	it("reject an unknown API, an unknown caching field and an unknown key next to the rows", () => {
		expect(modelSchema.safeParse({ ...model, apis: ["telegraph"] }).success).toBe(false)
		expect(modelSchema.safeParse({ ...model, apis: [] }).success).toBe(false)
		expect(modelSchema.safeParse({ ...model, automaticCaching: { lifetime: "30m" } }).success).toBe(false)
		expect(pricesSchema.safeParse({ modelId: "a.b", rows: [], note: "so" }).success).toBe(false)
	})

	it("reject a price that is zero, negative or above the maximum, but accept a cache write price of zero", () => {
		for (const price of [0, -1, 3_000_000])
			expect(priceRowSchema.safeParse({ ...row, inputUsdPerMTok: price }).success).toBe(false)
		expect(priceRowSchema.safeParse({ ...row, cacheWriteUsdPerMTok: 0 }).success).toBe(true)
		expect(priceRowSchema.safeParse({ ...row, cacheWriteUsdPerMTok: -1 }).success).toBe(false)
	})
})

describe("The places from which offered models can be called", () => {
	const offered = [...catalog.models.values()].filter((model) => isOffered(model))
	const pricesOf = (id: string) => [...catalog.prices.values()].find(({ modelId }) => modelId === id)

	it("have a Standard price in more than 95 % of all cases, and a reason in each other case", () => {
		const total = offered.flatMap(callablePlaces).length
		const unpriced = offered
			.flatMap(({ id }) => pricesOf(id)?.unpricedPlaces ?? [])
			.flatMap(({ regions }) => regions)
		// validateCatalog makes `unpricedPlaces` complete.
		expect([total, unpriced.length]).toEqual([1_582, 59])
		expect(unpriced.length / total).toBeLessThan(0.05)
	})

	it("have an estimated Standard price in 256 cases", () => {
		const estimated = offered.flatMap((model) =>
			callablePlaces(model).filter(([route, region]) => {
				const query = { baseModelId: model.id, region, route, tier: "default", promptTokens: 0 }
				const { card } = findPriceCard(query)
				const isPriced = card !== null && card.inputUsdPerMTok !== null && card.outputUsdPerMTok !== null
				return isPriced && (card.derived.includes("input") || card.derived.includes("output"))
			}),
		)
		expect(estimated).toHaveLength(256)
	})

	it("are reported when they have no price and are not listed, or are listed and have one", () => {
		const inOregon = (row: AuthoredPriceRow) => row.region === "us-west-2"
		expect(validateCatalog(withRows((rows) => rows.filter((row) => !inOregon(row))))).toContain(
			`${FILE}: in-region us-west-2 has no price`,
		)
		const unpricedPlaces = [{ route: "in-region" as const, regions: ["us-east-1"], reason: "so it is said" }]
		expect(validateCatalog(withPrices((prices) => ({ ...prices, unpricedPlaces })))).toContain(
			`${FILE}: in-region us-east-1 is listed as unpriced, but is priced or cannot be called`,
		)
	})
})
