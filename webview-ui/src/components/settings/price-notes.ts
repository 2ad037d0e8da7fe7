import {
	sourceTitle,
	TIER_FACTORS,
	type EffectivePrice,
	type PriceField,
	type SelectableTier,
	type TierChoice,
} from "@bedrock-tiers/core"
import type { RefreshedPrices } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"

/** Token kinds whose prices are shown and can be set. */
export const SHOWN_KINDS = ["input", "output", "cacheRead", "cacheWrite"] as const satisfies readonly PriceField[]

/** Caption of a price table: unit and discount, and which model, region and route the prices apply to. */
export function priceCaption(choice: TierChoice, modelId: string, region: string, { t, percent }: Locale): string {
	const { model, route, options } = choice
	const name = model?.name ?? modelId
	const hasListPrices = options.some(({ price }) => price !== null && price.origin !== "own")
	// An own price applies in every region and on every route.
	if (route === null || (!hasListPrices && options.some(({ price }) => price !== null)))
		return t("prices.captionOwn", { model: name })
	const discount = options.find(({ price }) => price !== null && price.discountPercent > 0)?.price?.discountPercent
	const unit = discount === undefined ? t("prices.unit") : t("prices.unitDiscounted", { percent: percent(discount) })
	return t("prices.captionFor", { unit, model: name, region, route: t(`route.${route}`) })
}

/** Notes on the origin of the prices: computed prices, context bands, sources. */
export function priceNotes({ options }: TierChoice, refreshed: RefreshedPrices | null, locale: Locale): string[] {
	const { t, tier, list, count, number } = locale
	const cards = options.flatMap(({ price }) => (price?.card ? [price.card] : []))
	const computed = options.filter(({ price }) =>
		price?.card?.derived.some((field) => field === "input" || field === "output"),
	)
	const hasComputedCache = cards.some((card) => card.derived.some((field) => field.startsWith("cache")))
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
		...computed.map((option) =>
			t("prices.computed", { tier: tier(option.tier), factor: number(TIER_FACTORS[option.tier]) }),
		),
		...(hasComputedCache ? [t("prices.computedCache")] : []),
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

/** Description of the price list that refreshed prices come from. */
export function refreshedSource({ publishedOn, refreshedAt }: RefreshedPrices, { t, date }: Locale): string {
	return t("priceSource.refreshed", { published: date(publishedOn), date: date(refreshedAt) })
}
