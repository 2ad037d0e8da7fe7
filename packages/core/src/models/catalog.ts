import { MODELS, SOURCES } from "../generated/catalog"
import type { RequestApi } from "../tiers/service-tier"
import type { CatalogModel } from "./catalog-model"
import { KNOWN_PROFILE_PREFIXES } from "./profile-prefixes"

const modelsById = new Map(MODELS.map((model) => [model.id, model]))

/** Every model of the catalog, including retired ones, ordered by provider and name. */
export function allModels(): readonly CatalogModel[] {
	return MODELS
}

/** Models that the user can select: they can be called through the API, and AWS still serves them to every account. */
export function offeredModels(api: RequestApi = "converse"): CatalogModel[] {
	return MODELS.filter((model) => isOffered(model, api))
}

/** Whether the model is offered for requests through the API: neither retired nor in preview. */
export function isOffered(
	{ apis, lifecycle: { status } }: Pick<CatalogModel, "apis" | "lifecycle">,
	api: RequestApi = "converse",
): boolean {
	return apis.includes(api) && status !== "retired" && status !== "preview"
}

/** The model with this base model id; `undefined` when it is not in the catalog. Never returns a similar model. */
export function findModel(baseModelId: string): CatalogModel | undefined {
	return modelsById.get(baseModelId)
}

/** Title of a source, for display; the key itself when unknown (an old record may name a removed source). */
export function sourceTitle(key: string): string {
	return SOURCES[key] ?? key
}

/**
 * Splits a profile id into prefix and base model id; the prefix is `null` for a base model id. The catalog takes
 * precedence over the known prefixes, because a base model id may contain dots too (`openai.gpt-5.6-sol`).
 */
export function splitProfilePrefix(modelId: string): { prefix: string | null; baseModelId: string } {
	const dot = modelId.indexOf(".")
	const head = modelId.slice(0, dot)
	const rest = modelId.slice(dot + 1)
	const hasPrefix =
		dot > 0 && !modelsById.has(modelId) && (modelsById.has(rest) || KNOWN_PROFILE_PREFIXES.includes(head))
	return hasPrefix ? { prefix: head, baseModelId: rest } : { prefix: null, baseModelId: modelId }
}

/** Every region code from which a model of the catalog can be called, sorted. */
export function knownRegions(): string[] {
	const regions = MODELS.flatMap(({ routes }) => [
		...routes.inRegion,
		...routes.geo.flatMap((geo) => geo.sourceRegions),
		...routes.global,
	])
	return [...new Set(regions)].sort()
}
