import { BEDROCK_APIS, SELECTABLE_TIERS } from "../src/tiers/service-tier"
import { UNIT_PRICE_KEYS } from "../src/prices/unit-price"
import { validatePlaces, validatePrices } from "./price-rules"
import { isOffered } from "../src/models/catalog"
import type { AuthoredModel } from "./catalog-schema"
import { fileOf, type AuthoredCatalog } from "./read-catalog"

/** Checks what the schema of a single file cannot express. Returns one message per violation. */
export function validateCatalog(catalog: AuthoredCatalog): string[] {
	const violations: string[] = []
	const models = [...catalog.models.values()]
	const modelsById = new Map(models.map((model) => [model.id, model]))
	const names = new Map<string, string>()
	for (const [file, model] of catalog.models) {
		if (file !== fileOf("models", model.id)) violations.push(`${file}: holds ${model.id}`)
		if (!/^[a-z0-9./_-]+$/.test(file)) violations.push(`${file}: Windows may not check out a file of this name`)
		for (const source of model.sources)
			if (!catalog.sources[source]) violations.push(`${file}: source ${source} is not in sources.json`)
		if (!catalog.prices.has(fileOf("prices", model.id))) violations.push(`${file}: has no price file`)
		const other = names.get(model.name.toLowerCase())
		if (other) violations.push(`${file}: has the name of ${other}`)
		names.set(model.name.toLowerCase(), model.id)
		violations.push(...validateModel(file, model))
	}
	for (const [file, prices] of catalog.prices) {
		const { modelId, rows } = prices
		if (file !== fileOf("prices", modelId)) violations.push(`${file}: holds ${modelId}`)
		const model = modelsById.get(modelId)
		if (!model) violations.push(`${file}: there is no model ${modelId}`)
		for (const row of rows) {
			if (!catalog.sources[row.source]) violations.push(`${file}: source ${row.source} is not in sources.json`)
			if (UNIT_PRICE_KEYS.some((key) => row[key] === 0) && !row.note)
				violations.push(`${file}: ${row.route} ${row.region} ${row.tier} has a price of zero without a note`)
		}
		if (!model) continue
		violations.push(...validatePrices(file, model, prices))
		if (isOffered(model)) violations.push(...validatePlaces(file, model, prices))
	}
	const used = new Set([
		...models.flatMap(({ sources }) => sources),
		...[...catalog.prices.values()].flatMap(({ rows }) => rows.map(({ source }) => source)),
	])
	for (const source of Object.keys(catalog.sources))
		if (!used.has(source)) violations.push(`sources.json: nothing comes from ${source}`)
	return violations
}

function validateModel(file: string, model: AuthoredModel): string[] {
	const violations: string[] = []
	const { apis, tiers, automaticCaching, promptCaching, contextWindow, maxOutputTokens, routes, lifecycle } = model
	for (const api of BEDROCK_APIS)
		for (const tier of [...SELECTABLE_TIERS, "reserved"] as const)
			if (tier !== "default" && tiers[api][tier] !== "no" && !apis.includes(api))
				violations.push(`${file}: takes ${tier} through ${api}, which it does not have`)
	for (const api of automaticCaching?.apis ?? [])
		if (!apis.includes(api)) violations.push(`${file}: caches through ${api}, which it does not have`)
	if (promptCaching && !apis.includes("converse")) violations.push(`${file}: takes cache points without Converse`)
	if (contextWindow !== null && maxOutputTokens !== null && maxOutputTokens > contextWindow)
		violations.push(`${file}: can answer more than its context holds`)
	for (const list of [routes.inRegion, routes.global, ...routes.geo.map((geo) => geo.sourceRegions), apis])
		if (new Set(list).size !== list.length) violations.push(`${file}: lists something twice`)
	const sources = routes.geo.flatMap((geo) => geo.sourceRegions)
	if (new Set(sources).size !== sources.length) violations.push(`${file}: has two geographic profiles for one region`)
	if (lifecycle.status === "retired" && lifecycle.endOfLife === null)
		violations.push(`${file}: is retired without a date`)
	return violations
}
