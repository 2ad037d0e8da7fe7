import { groupBy } from "../src/group-by"
import type { CompactPriceRow } from "../src/prices/compact-price-row"
import { PRICE_FIELDS } from "../src/prices/price-card"
import { tierPriceRule, tierPrices } from "../src/prices/tier-price"
import { UNIT_PRICE_KEYS } from "../src/prices/unit-price"
import { SELECTABLE_TIERS } from "../src/tiers/service-tier"
import type { AuthoredModel, AuthoredPriceRow, AuthoredPrices } from "./catalog-schema"
import type { AuthoredCatalog } from "./read-catalog"

/** Text of the generated module: models, compact price rows and source titles. Repeated values are written once. */
export function joinCatalog(catalog: AuthoredCatalog): string {
	const models = [...catalog.models.values()].sort(
		(a, b) => a.provider.localeCompare(b.provider, "en") || a.name.localeCompare(b.name, "en", { numeric: true }),
	)
	const titles = Object.fromEntries(
		Object.keys(catalog.sources)
			.sort()
			.map((key) => [key, catalog.sources[key]?.title]),
	)
	const places = new ConstantPool()
	const priceSources = new ConstantPool()
	const rows = [...catalog.prices.values()].map(
		(prices) => `\t${JSON.stringify(prices.modelId)}: ${compactRows(prices, places, priceSources)},`,
	)
	const rounded = [...catalog.prices.values()].filter(({ roundedTierPrices }) => roundedTierPrices)
	const constants = new ConstantPool()
	const modelLines = models.map((model) => `\t${modelLiteral(model, constants)},`)
	return [
		"// Generated from packages/core/data by `npm run catalog`. Do not edit.",
		'import type { CatalogModel } from "../models/catalog-model"',
		'import type { CompactPlace, CompactPriceRow, CompactSource } from "../prices/compact-price-row"',
		"",
		...constants.texts.map((text, index) => `const _${index} = ${text} as const`),
		`export const SOURCES: Readonly<Record<string, string>> = ${JSON.stringify(titles)}`,
		`export const MODELS: readonly CatalogModel[] = [`,
		...modelLines,
		"]",
		`export const PRICE_PLACES: readonly CompactPlace[] = [${places.texts.join(",")}]`,
		`export const PRICE_SOURCES: readonly CompactSource[] = [${priceSources.texts.join(",")}]`,
		`export const ROUNDED_TIER_PRICES: readonly string[] = ${JSON.stringify(rounded.map(({ modelId }) => modelId))}`,
		"export const PRICE_ROWS: Readonly<Record<string, readonly CompactPriceRow[]>> = {",
		...rows,
		"}",
		"",
	].join("\n")
}

/** Pool of unique JSON texts, in the order of their first use. */
class ConstantPool {
	readonly texts: string[] = []
	readonly #indexes = new Map<string, number>()

	indexOf(value: unknown): number {
		const text = JSON.stringify(value)
		const known = this.#indexes.get(text)
		if (known !== undefined) return known
		this.#indexes.set(text, this.texts.length)
		return this.texts.push(text) - 1
	}
}

/** The model as an object literal. Lists and tables that several models share are references to constants. */
function modelLiteral(model: AuthoredModel, constants: ConstantPool): string {
	const { routes, tiers, apis, sources, promptCaching, automaticCaching } = model
	const constant = (value: unknown) => (value === null ? null : `@_${constants.indexOf(value)}@`)
	const text = JSON.stringify({
		...model,
		promptCaching: constant(promptCaching),
		automaticCaching: constant(automaticCaching),
		apis: constant(apis),
		tiers: constant(tiers),
		routes: {
			inRegion: constant(routes.inRegion),
			geo: routes.geo.map((geo) => constant(geo)),
			global: constant(routes.global),
		},
		sources: constant(sources),
	})
	return text.replace(/"@(_\d+)@"/g, "$1")
}

function compactRows(prices: AuthoredPrices, places: ConstantPool, priceSources: ConstantPool): string {
	const { rows } = prices
	const inTierOrder = SELECTABLE_TIERS.flatMap((tier) => rows.filter((row) => row.tier === tier))
	const merged = groupBy(inTierOrder, (row) => JSON.stringify({ ...row, region: "", note: "" }))
	const heads = [...merged.values()].map((group) => {
		const [row] = group
		const regions = group.map(({ region }) => region)
		const derivedMask = row.derived.reduce((mask, field) => mask | (1 << PRICE_FIELDS.indexOf(field)), 0)
		const head = [
			row.tier,
			0,
			matchesTierPrices(row, regions, prices) ? 0 : trimTrailingNulls(UNIT_PRICE_KEYS.map((key) => row[key])),
			priceSources.indexOf([row.source, row.checkedOn, derivedMask]),
			...bandMembers(row),
		] as const satisfies CompactPriceRow
		return { route: row.route, regions, head }
	})
	const compact = groupBy(heads, ({ route, head }) => JSON.stringify([route, head]))
	return JSON.stringify(
		[...compact.values()].map((group) => {
			const [{ route, head }] = group
			const [tier, , ...rest] = head
			return [tier, places.indexOf([route, group.flatMap(({ regions }) => regions).join(" ")]), ...rest]
		}),
	)
}

function matchesTierPrices(
	row: AuthoredPriceRow,
	regions: readonly string[],
	{ rows, roundedTierPrices }: AuthoredPrices,
): boolean {
	if (row.tier === "default") return false
	return regions.every((region) => {
		const base = rows.find(
			(other) =>
				other.tier === "default" &&
				other.route === row.route &&
				other.region === region &&
				other.fromPromptTokens === row.fromPromptTokens,
		)
		if (!base) return false
		const expected = tierPrices(base, row.tier, tierPriceRule(region, roundedTierPrices === true))
		return UNIT_PRICE_KEYS.every((key) => expected[key] === row[key])
	})
}

function trimTrailingNulls(prices: readonly (number | null)[]): readonly (number | null)[] {
	return prices.slice(0, prices.findLastIndex((price) => price !== null) + 1)
}

function bandMembers({
	fromPromptTokens,
	belowPromptTokens,
}: AuthoredPriceRow): readonly [] | readonly [number, number | null] {
	return fromPromptTokens === undefined && belowPromptTokens === undefined
		? []
		: [fromPromptTokens ?? 0, belowPromptTokens ?? null]
}
