import { findModel, offeredModels, parseModelRef, type CatalogModel } from "@bedrock-tiers/core"
import { profileTierChoice, type ProfileSettings, type RefreshedPrices } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import type { ComboboxOption } from "../ui/Combobox"

/** Option value for typing a model id. It differs from every model id, because model ids contain a dot. */
export const OTHER_MODEL = "other"

/**
 * Options of the model list: the models of `shownModelIds` that the API does not offer, then the offered models by
 * provider, with their context window, price and tiers for these settings, then the option for typing a model id.
 */
export function modelOptions(
	settings: ProfileSettings,
	shownModelIds: readonly string[],
	refreshed: RefreshedPrices | null,
	locale: Locale,
): ComboboxOption[] {
	const { t } = locale
	const offered = offeredModels(settings.api)
	const notOffered = [...new Set(shownModelIds)].filter((id) => !offered.some((model) => model.id === id))
	return [
		...notOffered.map((id) => ({
			value: id,
			text: modelText(id, settings, locale),
			group: t("settings.storedModel"),
			keywords: `${id} ${modelText(id, settings, locale)}`,
		})),
		...offered.map((model) => {
			const text = modelText(model.id, settings, locale)
			const { price, tiers, context } = modelFacts(model, settings, refreshed, locale)
			const { id, provider } = model
			return {
				value: id,
				text,
				detail: [...context, price, tiers].join(" · "),
				group: provider,
				keywords: [text, id, provider, tiers].join(" "),
			}
		}),
		{ value: OTHER_MODEL, text: t("settings.otherModel"), keywords: "", always: true },
	]
}

/** Display name of a model. The name says when it is not offered (retired, typed in full, not in the catalog). */
export function modelText(modelId: string, { api }: Pick<ProfileSettings, "api">, { t }: Locale): string {
	const model = namedModel(modelId)
	if (!model) return t("settings.modelUnknown", { modelId })
	if (model.lifecycle.status === "retired") return t("settings.modelRetired", { model: model.name })
	if (model.id !== modelId || !offeredModels(api).includes(model))
		return t("settings.modelTyped", { model: model.name, modelId })
	return model.lifecycle.status === "legacy" ? t("settings.modelLegacy", { model: model.name }) : model.name
}

/** Model that an id or ARN names; `undefined` when the catalog does not have it. */
export function namedModel(modelId: string): CatalogModel | undefined {
	const baseModelId = parseModelRef(modelId)?.baseModelId
	return baseModelId ? findModel(baseModelId) : undefined
}

/** Context window, price on Standard in the region, and supported tiers, as text. */
function modelFacts(
	{ id, contextWindow }: CatalogModel,
	settings: ProfileSettings,
	refreshed: RefreshedPrices | null,
	locale: Locale,
) {
	const { t, unitPrice, compact, tier, list } = locale
	const { region } = settings
	const choice = profileTierChoice({ ...settings, modelId: id }, refreshed)
	const { inputUsdPerMTok: input = null, outputUsdPerMTok: output = null } = choice.options[0]?.price?.prices ?? {}
	const price =
		choice.route === null
			? t("modelPicker.notFrom", { region })
			: input !== null && output !== null
				? t("modelPicker.price", { input: unitPrice(input), output: unitPrice(output) })
				: t("modelPicker.notPriced")
	const tiers = choice.options.flatMap((option) => (option.tier === "default" ? [] : [tier(option.tier)]))
	return {
		context: contextWindow === null ? [] : [t("modelPicker.context", { tokens: compact(contextWindow) })],
		price,
		tiers: tiers.length > 0 ? list(tiers) : t("modelPicker.standardOnly"),
	}
}
