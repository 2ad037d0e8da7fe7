import type { CompactPriceRow } from "../src/prices/compact-price-row"
import { PRICE_FIELDS } from "../src/prices/price-card"
import type { AuthoredPriceRow } from "./catalog-schema"
import type { AuthoredCatalog } from "./read-catalog"

/** The generated module's text: models, compact price rows (regions with equal prices share one) and source titles. */
export function joinCatalog(catalog: AuthoredCatalog): string {
	const models = [...catalog.models.values()].sort(
		(a, b) => a.provider.localeCompare(b.provider, "en") || a.name.localeCompare(b.name, "en", { numeric: true }),
	)
	const sourceKeys = Object.keys(catalog.sources).sort()
	const titles = Object.fromEntries(sourceKeys.map((key) => [key, catalog.sources[key]?.title]))
	const rows = [...catalog.prices.values()].map(
		({ modelId, rows }) => `\t${JSON.stringify(modelId)}: ${compactRows(rows, sourceKeys)},`,
	)
	return [
		"// Generated from packages/core/data by `npm run catalog`. Do not edit.",
		'import type { CatalogModel } from "../models/catalog-model"',
		'import type { CompactPriceRow } from "../prices/compact-price-row"',
		"",
		`export const SOURCES: Readonly<Record<string, string>> = ${JSON.stringify(titles)}`,
		`export const SOURCE_KEYS: readonly string[] = ${JSON.stringify(sourceKeys)}`,
		`export const MODELS: readonly CatalogModel[] = [`,
		...models.map((model) => `\t${JSON.stringify(model)},`),
		"]",
		"export const PRICE_ROWS: Readonly<Record<string, readonly CompactPriceRow[]>> = {",
		...rows,
		"}",
		"",
	].join("\n")
}

function compactRows(rows: readonly AuthoredPriceRow[], sourceKeys: readonly string[]): string {
	const merged = new Map<string, { row: AuthoredPriceRow; regions: string[] }>()
	for (const row of rows) {
		const key = JSON.stringify({ ...row, region: "" })
		const same = merged.get(key)
		if (same) same.regions.push(row.region)
		else merged.set(key, { row, regions: [row.region] })
	}
	const compact = [...merged.values()].map(({ row, regions }): CompactPriceRow => {
		const prices = [
			row.inputUsdPerMTok,
			row.outputUsdPerMTok,
			row.cacheReadUsdPerMTok,
			row.cacheWriteUsdPerMTok,
			row.cacheWrite1hUsdPerMTok,
		] as const
		const derivedMask = row.derived.reduce((mask, field) => mask | (1 << PRICE_FIELDS.indexOf(field)), 0)
		const source = sourceKeys.indexOf(row.source)
		const head = [row.route, row.tier, regions.join(" "), prices, source, row.checkedOn, derivedMask] as const
		const band = [row.fromPromptTokens ?? 0, row.belowPromptTokens ?? null] as const
		return band[0] === 0 && band[1] === null ? head : [...head, ...band]
	})
	return JSON.stringify(compact)
}
