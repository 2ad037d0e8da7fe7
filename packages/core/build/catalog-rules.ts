import { BEDROCK_APIS, SELECTABLE_TIERS } from "../src/tiers/service-tier"
import type { AuthoredModel, AuthoredPriceRow } from "./catalog-schema"
import { fileOf, type AuthoredCatalog } from "./read-catalog"

const FACTOR = { flex: 0.5, priority: 1.75 } as const
const UNIT_PRICES = {
	input: "inputUsdPerMTok",
	output: "outputUsdPerMTok",
	cacheRead: "cacheReadUsdPerMTok",
	cacheWrite: "cacheWriteUsdPerMTok",
	cacheWrite1h: "cacheWrite1hUsdPerMTok",
} as const
const FIELDS = Object.keys(UNIT_PRICES) as (keyof typeof UNIT_PRICES)[]

/** What the schema of a single file cannot say. Returns one sentence a broken rule; none = the catalog is sound. */
export function brokenRules(catalog: AuthoredCatalog): string[] {
	const broken: string[] = []
	const models = [...catalog.models.values()]
	const ids = new Set(models.map((model) => model.id))
	for (const [file, model] of catalog.models) {
		if (file !== fileOf("models", model.id)) broken.push(`${file}: holds ${model.id}`)
		for (const source of model.sources)
			if (!catalog.sources[source]) broken.push(`${file}: source ${source} is not in sources.json`)
		if (!catalog.prices.has(fileOf("prices", model.id))) broken.push(`${file}: has no price file`)
	}
	for (const [file, { modelId, rows }] of catalog.prices) {
		if (file !== fileOf("prices", modelId)) broken.push(`${file}: holds ${modelId}`)
		if (!ids.has(modelId)) broken.push(`${file}: there is no model ${modelId}`)
		for (const row of rows)
			if (!catalog.sources[row.source]) broken.push(`${file}: source ${row.source} is not in sources.json`)
		const model = models.find(({ id }) => id === modelId)
		if (model) broken.push(...brokenPriceRules(file, model, rows))
	}
	return broken
}

function brokenPriceRules(file: string, model: AuthoredModel, rows: readonly AuthoredPriceRow[]): string[] {
	const broken: string[] = []
	const groups = rows.reduce(
		(map, row) => map.set(place(row), [...(map.get(place(row)) ?? []), row]),
		new Map<string, AuthoredPriceRow[]>(),
	)
	for (const [where, group] of groups) {
		const tiers = group.map((row) => row.tier)
		if (new Set(tiers).size !== tiers.length) broken.push(`${file}: ${where} has two rows of one tier`)
		const base = group.find((row) => row.tier === "default")
		if (!base) {
			broken.push(`${file}: ${where} has no row of the default tier`)
			continue
		}
		for (const tier of SELECTABLE_TIERS) {
			const takes = tier === "default" || BEDROCK_APIS.some((api) => model.tiers[api][tier] !== "no")
			if (takes !== tiers.includes(tier))
				broken.push(
					`${file}: ${where} ${takes ? "has no price for" : "prices"} ${tier}, which the model ${takes ? "takes" : "does not take"}`,
				)
		}
		for (const row of group) broken.push(...brokenTierFactors(`${file}: ${where} ${row.tier}`, base, row))
	}
	return broken
}

/** Flex is half and Priority 1.75 times the row's own base, to the last digit. */
function brokenTierFactors(where: string, base: AuthoredPriceRow, row: AuthoredPriceRow): string[] {
	if (row.tier === "default") return []
	const factor = FACTOR[row.tier]
	return FIELDS.filter((field) => {
		const from = base[UNIT_PRICES[field]]
		const expected = from === null ? null : Number((from * factor).toPrecision(12))
		return row[UNIT_PRICES[field]] !== expected
	}).map((field) => `${where}: ${field} is not ${factor} times its base`)
}

function place(row: AuthoredPriceRow): string {
	return `${row.route} ${row.region} from ${row.fromPromptTokens ?? 0} tokens`
}
