import { textDetail } from "@bedrock-tiers/error-details"
import { existsSync, readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { PRICE_FIELDS, ROUTES, SELECTABLE_TIERS, type CatalogModel, type PriceCard } from "@bedrock-tiers/core"
import * as z from "zod/mini"
import type { CatalogPrices } from "./catalog-prices"
import { PriceListFailure } from "./price-list-failure"
import { PRICE_ROWS, readLines, SOURCES, type LineFile, type LineForm } from "./price-file-text"

const price = z.nullable(z.number())
const rowSchema = z.looseObject({
	route: z.enum(ROUTES),
	region: z.string(),
	tier: z.enum(SELECTABLE_TIERS),
	fromPromptTokens: z.optional(z.number()),
	belowPromptTokens: z.optional(z.number()),
	inputUsdPerMTok: price,
	outputUsdPerMTok: price,
	cacheReadUsdPerMTok: price,
	cacheWriteUsdPerMTok: price,
	cacheWrite1hUsdPerMTok: price,
	source: z.string(),
	checkedOn: z.string(),
	derived: z.array(z.enum(PRICE_FIELDS)),
})
const fileSchema = z.looseObject({ modelId: z.string(), rows: z.array(rowSchema) })
const modelSchema = z.looseObject({
	id: z.string(),
	name: z.string(),
	tiers: z.looseObject({}),
	routes: z.looseObject({ inRegion: z.array(z.string()), global: z.array(z.string()) }),
	sources: z.array(z.string()),
})

/** A file below packages/core/data with its current content. */
export type DataFile = {
	readonly path: string
	readonly text: string
	readonly lines: LineFile
	readonly form: LineForm
}

/** The catalog's source files in a checkout. */
export type DataFolder = CatalogPrices & {
	readonly folder: string
	readonly sources: DataFile
	/** Keys of the sources that the model files name. */
	readonly sourcesOfModels: ReadonlySet<string>
	/** Keyed by model id. */
	readonly priceFiles: ReadonlyMap<string, DataFile>
}

/** Finds packages/core/data of the checkout that contains the folder; `null` when the folder is not in a checkout. */
export function findDataFolder(from: string): string | null {
	for (let folder = from; ; folder = dirname(folder)) {
		const data = join(folder, "packages", "core", "data")
		if (existsSync(join(data, "prices")) && existsSync(join(data, "sources.json"))) return data
		if (dirname(folder) === folder) return null
	}
}

/**
 * Reads the catalog's source files. Unknown members are preserved.
 * @throws PriceListFailure `wrong-shape` for a file that is not in the format that `writePriceFiles` writes
 */
export function readDataFolder(folder: string): DataFolder {
	const sources = readData(folder, "sources.json", SOURCES)
	const sourcesOfModels = new Set<string>()
	const priceFiles = new Map<string, DataFile>()
	const models = new Map<string, CatalogModel>()
	const cards: PriceCard[] = []
	for (const path of jsonFiles(folder, "models")) {
		const model = parse(modelSchema, path, JSON.parse(readFileSync(join(folder, path), "utf8")))
		// The catalog build validates the other members.
		models.set(model.id, model as unknown as CatalogModel)
		for (const source of model.sources) sourcesOfModels.add(source)
	}
	for (const path of jsonFiles(folder, "prices")) {
		const file = readData(folder, path, PRICE_ROWS)
		const { modelId, rows } = parse(fileSchema, path, JSON.parse(file.text))
		if (rows.length !== file.lines.lines.length) throw wrongFormat(path)
		priceFiles.set(modelId, file)
		for (const { fromPromptTokens = 0, belowPromptTokens = null, ...row } of rows)
			cards.push({ modelId, ...row, fromPromptTokens, belowPromptTokens })
	}
	return { folder, sources, sourcesOfModels, priceFiles, models, cards }
}

function readData(folder: string, path: string, form: LineForm): DataFile {
	const text = readFileSync(join(folder, path), "utf8")
	const lines = readLines(text, form)
	if (!lines) throw wrongFormat(path)
	return { path, text, lines, form }
}

function wrongFormat(path: string): PriceListFailure {
	return new PriceListFailure(
		"wrong-shape",
		textDetail(`${path} is not written with one row a line. Nothing was changed.`),
	)
}

function jsonFiles(folder: string, kind: string): string[] {
	return readdirSync(join(folder, kind), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name.endsWith(".json"))
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
		.sort()
}

function parse<T>(schema: z.ZodMiniType<T>, path: string, json: unknown): T {
	const parsed = schema.safeParse(json)
	if (parsed.success) return parsed.data
	const issue = parsed.error.issues[0]
	const where = issue ? ` (${issue.path.join(".")})` : ""
	throw new PriceListFailure("wrong-shape", textDetail(`${path} is not what the catalog's files are${where}.`))
}
