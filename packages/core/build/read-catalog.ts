import { readdirSync, readFileSync } from "node:fs"
import { dirname, join, relative, sep } from "node:path"
import { fileURLToPath } from "node:url"
import * as z from "zod"
import {
	modelSchema,
	pricesSchema,
	sourcesSchema,
	type AuthoredModel,
	type AuthoredPrices,
	type AuthoredSources,
} from "./catalog-schema"

export const DATA_FOLDER = join(dirname(fileURLToPath(import.meta.url)), "..", "data")

export type AuthoredCatalog = {
	readonly sources: AuthoredSources
	/** Models by file path, relative to `data/`, with forward slashes. */
	readonly models: ReadonlyMap<string, AuthoredModel>
	/** Prices by file path, relative to `data/`, with forward slashes. */
	readonly prices: ReadonlyMap<string, AuthoredPrices>
}

/** Reads and parses every file of the catalog. Throws an `Error` that names the file and the invalid field. */
export function readCatalog(folder = DATA_FOLDER): AuthoredCatalog {
	return {
		sources: parseFile(folder, "sources.json", sourcesSchema),
		models: parseFolder(folder, "models", modelSchema),
		prices: parseFolder(folder, "prices", pricesSchema),
	}
}

/** Path of a model's file: `vendor/rest.json` with ":" replaced by "_", which Windows can check out. */
export function fileOf(kind: "models" | "prices", modelId: string): string {
	const dot = modelId.indexOf(".")
	return `${kind}/${modelId.slice(0, dot)}/${modelId.slice(dot + 1).replaceAll(":", "_")}.json`
}

function parseFolder<T>(folder: string, kind: string, schema: z.ZodType<T>): Map<string, T> {
	const files = readdirSync(join(folder, kind), { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
		.sort()
	return new Map(files.map((file) => [file, parseFile(folder, file, schema)]))
}

function parseFile<T>(folder: string, file: string, schema: z.ZodType<T>): T {
	const parsed = schema.safeParse(JSON.parse(readFileSync(join(folder, file), "utf8")))
	if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
	return parsed.data
}
