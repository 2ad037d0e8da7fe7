import { sourceTitle, type EffectivePrice, type SelectableTier, type TierChoice } from "@bedrock-tiers/core"
import type { RefreshedPrices } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"

/** What the numbers of a price table are: unit and discount, and what they are for. */
export function priceCaption(choice: TierChoice, modelId: string, region: string, { t, percent }: Locale): string {
	const { model, route, options } = choice
	const name = model?.name ?? modelId
	const fromLists = options.some(({ price }) => price !== null && price.origin !== "own")
	// A person's own price holds wherever the model is called.
	if (route === null || (!fromLists && options.some(({ price }) => price !== null)))
		return t("prices.captionOwn", { model: name })
	const off = options.find(({ price }) => price !== null && price.discountPercent > 0)?.price?.discountPercent
	const unit = off === undefined ? t("prices.unit") : t("prices.unitDiscounted", { percent: percent(off) })
	return t("prices.captionFor", { unit, model: name, region, route: t(`route.${route}`) })
}

/** Where the numbers come from: what is computed, context bands, sources. */
export function priceNotes({ options }: TierChoice, refreshed: RefreshedPrices | null, locale: Locale): string[] {
	const { t, tier, list, count } = locale
	const cards = options.flatMap(({ price }) => (price?.card ? [price.card] : []))
	const computed = (tierName: SelectableTier) =>
		cards.some(
			(card) => card.tier === tierName && card.derived.some((field) => field === "input" || field === "output"),
		)
	const computedCache = cards.some((card) => card.derived.some((field) => field.startsWith("cache")))
	const band = cards.find((card) => card.belowPromptTokens !== null)?.belowPromptTokens
	const tiersBySource = new Map<string, SelectableTier[]>()
	for (const { tier: priced, price } of options) {
		if (!price) continue
		const source = priceSource(price, refreshed, locale)
		tiersBySource.set(source, [...(tiersBySource.get(source) ?? []), priced])
	}
	const sources = [...tiersBySource].map(([source, tiers]) =>
		tiersBySource.size === 1 && tiers.length === options.length
			? t("prices.source", { source })
			: t("prices.sourceFor", { source, tiers: list(tiers.map(tier)) }),
	)
	return [
		...(computed("flex") ? [t("prices.computedFlex")] : []),
		...(computed("priority") ? [t("prices.computedPriority")] : []),
		...(computedCache ? [t("prices.computedCache")] : []),
		...(band ? [t("prices.band", { tokens: count(band) })] : []),
		...sources,
	]
}

function priceSource(price: EffectivePrice, refreshed: RefreshedPrices | null, locale: Locale): string {
	const { t, date } = locale
	if (price.card === null) return t("priceSource.own", { date: date(price.checkedOn) })
	if (price.origin === "refreshed" && refreshed) return refreshedSource(refreshed, locale)
	return t("priceSource.list", { source: sourceTitle(price.card.source), date: date(price.checkedOn) })
}

/** Which list refreshed prices come from. */
export function refreshedSource({ publishedOn, refreshedAt }: RefreshedPrices, { t, date }: Locale): string {
	return t("priceSource.refreshed", { published: date(publishedOn), date: date(refreshedAt) })
}
