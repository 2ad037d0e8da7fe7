import { MODELS, SOURCES } from "../generated/catalog"
import type { RequestApi } from "../tiers/service-tier"
import type { CatalogModel } from "./catalog-model"
import { KNOWN_PROFILE_PREFIXES } from "./profile-prefixes"

const modelsById = new Map(MODELS.map((model) => [model.id, model]))

/** Every model of the catalog, retired ones too, ordered by provider and name. */
export function allModels(): readonly CatalogModel[] {
	return MODELS
}

/** The models a person can choose: those that the API can call and that AWS still serves to everyone. */
export function offeredModels(api: RequestApi = "converse"): CatalogModel[] {
	return MODELS.filter(
		({ apis, lifecycle: { status } }) => apis.includes(api) && status !== "retired" && status !== "preview",
	)
}

/** The model with this base id; undefined when the catalog does not know it. Never a similar one. */
export function findModel(baseModelId: string): CatalogModel | undefined {
	return modelsById.get(baseModelId)
}

/** A source's title, for people; the key itself when it is unknown (an old record may name one that is gone). */
export function sourceTitle(key: string): string {
	return SOURCES[key] ?? key
}

/**
 * Splits a profile id into prefix and base id: the catalog decides first, then the known prefixes, since a base id
 * may hold dots too (`openai.gpt-5.6-sol`).
 */
export function splitProfilePrefix(modelId: string): { prefix: string | null; baseModelId: string } {
	const dot = modelId.indexOf(".")
	const head = modelId.slice(0, dot)
	const rest = modelId.slice(dot + 1)
	const hasPrefix =
		dot > 0 && !modelsById.has(modelId) && (modelsById.has(rest) || KNOWN_PROFILE_PREFIXES.includes(head))
	return hasPrefix ? { prefix: head, baseModelId: rest } : { prefix: null, baseModelId: modelId }
}

/** Every region code that a model of the catalog can be called from, sorted. */
export function knownRegions(): string[] {
	const regions = MODELS.flatMap(({ routes }) => [
		...routes.inRegion,
		...routes.geo.flatMap((geo) => geo.sourceRegions),
		...routes.global,
	])
	return [...new Set(regions)].sort()
}
