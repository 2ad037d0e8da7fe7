import { BEDROCK_APIS, SELECTABLE_TIERS } from "../src/tiers/service-tier"
import { UNIT_PRICE_KEYS } from "../src/prices/unit-price"
import { brokenPriceRules } from "./price-rules"
import type { AuthoredModel } from "./catalog-schema"
import { fileOf, type AuthoredCatalog } from "./read-catalog"

/** What the schema of a single file cannot say. Returns one sentence a broken rule; none = the catalog is sound. */
export function brokenRules(catalog: AuthoredCatalog): string[] {
	const broken: string[] = []
	const models = [...catalog.models.values()]
	const ids = new Set(models.map((model) => model.id))
	const names = new Map<string, string>()
	for (const [file, model] of catalog.models) {
		if (file !== fileOf("models", model.id)) broken.push(`${file}: holds ${model.id}`)
		if (!/^[a-z0-9./_-]+$/.test(file)) broken.push(`${file}: Windows may not check out a file of this name`)
		for (const source of model.sources)
			if (!catalog.sources[source]) broken.push(`${file}: source ${source} is not in sources.json`)
		if (!catalog.prices.has(fileOf("prices", model.id))) broken.push(`${file}: has no price file`)
		const other = names.get(model.name.toLowerCase())
		if (other) broken.push(`${file}: has the name of ${other}`)
		names.set(model.name.toLowerCase(), model.id)
		broken.push(...brokenModelRules(file, model))
	}
	for (const [file, prices] of catalog.prices) {
		const { modelId, rows } = prices
		if (file !== fileOf("prices", modelId)) broken.push(`${file}: holds ${modelId}`)
		if (!ids.has(modelId)) broken.push(`${file}: there is no model ${modelId}`)
		for (const row of rows) {
			if (!catalog.sources[row.source]) broken.push(`${file}: source ${row.source} is not in sources.json`)
			if (UNIT_PRICE_KEYS.some((key) => row[key] === 0) && !row.note)
				broken.push(`${file}: ${row.route} ${row.region} ${row.tier} has a price of zero without a note`)
		}
		const model = models.find(({ id }) => id === modelId)
		if (model) broken.push(...brokenPriceRules(file, model, prices))
	}
	const used = new Set([
		...models.flatMap(({ sources }) => sources),
		...[...catalog.prices.values()].flatMap(({ rows }) => rows.map(({ source }) => source)),
	])
	for (const source of Object.keys(catalog.sources))
		if (!used.has(source)) broken.push(`sources.json: nothing comes from ${source}`)
	return broken
}

function brokenModelRules(file: string, model: AuthoredModel): string[] {
	const broken: string[] = []
	const { apis, tiers, automaticCaching, promptCaching, contextWindow, maxOutputTokens, routes, lifecycle } = model
	for (const api of BEDROCK_APIS)
		for (const tier of [...SELECTABLE_TIERS, "reserved"] as const)
			if (tier !== "default" && tiers[api][tier] !== "no" && !apis.includes(api))
				broken.push(`${file}: takes ${tier} through ${api}, which it does not have`)
	for (const api of automaticCaching?.apis ?? [])
		if (!apis.includes(api)) broken.push(`${file}: caches through ${api}, which it does not have`)
	if (promptCaching && !apis.includes("converse")) broken.push(`${file}: takes cache points without Converse`)
	if (contextWindow !== null && maxOutputTokens !== null && maxOutputTokens > contextWindow)
		broken.push(`${file}: can answer more than its context holds`)
	for (const list of [routes.inRegion, routes.global, ...routes.geo.map((geo) => geo.sourceRegions), apis])
		if (new Set(list).size !== list.length) broken.push(`${file}: lists something twice`)
	const sources = routes.geo.flatMap((geo) => geo.sourceRegions)
	if (new Set(sources).size !== sources.length) broken.push(`${file}: has two geographic profiles for one region`)
	if (lifecycle.status === "retired" && lifecycle.endOfLife === null)
		broken.push(`${file}: is retired without a date`)
	return broken
}
