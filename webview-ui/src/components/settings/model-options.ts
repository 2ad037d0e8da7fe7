import { findModel, offeredModels, parseModelRef, tierChoice, type CatalogModel } from "@bedrock-tiers/core"
import { pricingOf, type ProfileSettings, type RefreshedPrices } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import type { ComboboxOption } from "../ui/Combobox"

/** Stands for a model that is typed. No model id: those have a dot. */
export const OTHER_MODEL = "other"

/**
 * What the list of models offers, by provider: before them those of `kept` that the API does not offer, after them the one to
 * be typed. Each with what decides about it in these settings.
 */
export function modelOptions(
	settings: ProfileSettings,
	kept: readonly string[],
	refreshed: RefreshedPrices | null,
	locale: Locale,
): ComboboxOption[] {
	const { t } = locale
	const offered = offeredModels(settings.api)
	const stored = [...new Set(kept)].filter((id) => !offered.some((model) => model.id === id))
	return [
		...stored.map((id) => ({
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

/** A model's name. One that is not offered (retired, typed in full, not in the catalog) is named so that it is known. */
export function modelText(modelId: string, { api }: Pick<ProfileSettings, "api">, { t }: Locale): string {
	const model = namedModel(modelId)
	if (!model) return t("settings.modelUnknown", { modelId })
	if (model.lifecycle.status === "retired") return t("settings.modelRetired", { model: model.name })
	if (model.id !== modelId || !offeredModels(api).includes(model))
		return t("settings.modelTyped", { model: model.name, modelId })
	return model.lifecycle.status === "legacy" ? t("settings.modelLegacy", { model: model.name }) : model.name
}

/** The model that an id or ARN names; undefined when the catalog does not know it. */
export function namedModel(modelId: string): CatalogModel | undefined {
	const baseModelId = parseModelRef(modelId)?.baseModelId
	return baseModelId ? findModel(baseModelId) : undefined
}

/** Context, the price of Standard from here, and the tiers that it takes. */
function modelFacts(
	{ id, contextWindow }: CatalogModel,
	settings: ProfileSettings,
	refreshed: RefreshedPrices | null,
	locale: Locale,
) {
	const { t, unitPrice, compact, tier, list } = locale
	const { api, region, route } = settings
	const choice = tierChoice({ modelId: id, api, region, route, pricing: pricingOf(settings, refreshed) })
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
