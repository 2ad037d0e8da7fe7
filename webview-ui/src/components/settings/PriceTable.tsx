import type { CSSProperties } from "react"
import {
	sourceTitle,
	type PriceCard,
	type PriceField,
	type SelectableTier,
	type TierChoice,
	type UnitPrices,
} from "@bedrock-tiers/core"
import { useWords, type Words } from "../../words"

type PriceTableProps = {
	readonly choice: TierChoice
	readonly region: string
	readonly chosenTier: SelectableTier
}

const COLUMNS = [
	{ kind: "input", field: "input", price: "inputUsdPerMTok" },
	{ kind: "output", field: "output", price: "outputUsdPerMTok" },
	{ kind: "cacheRead", field: "cacheRead", price: "cacheReadUsdPerMTok" },
	{ kind: "cacheWrite", field: "cacheWrite", price: "cacheWriteUsdPerMTok" },
] as const satisfies readonly { kind: string; field: PriceField; price: keyof UnitPrices }[]

/** A model that caches nothing has no cache prices to miss. */
function columnsFor({ model, options }: TierChoice) {
	const caches =
		model?.promptCaching != null || options.some(({ price }) => price && price.prices.cacheReadUsdPerMTok !== null)
	return COLUMNS.filter(({ field }) => caches || !field.startsWith("cache"))
}

/** What each offered tier costs for this model, region and route. */
export function PriceTable({ choice, region, chosenTier }: PriceTableProps) {
	const words = useWords()
	const { t } = words
	const { model, route, options } = choice
	if (!model) return null
	if (route === null) return <p className="hint">{t("prices.noRoute")}</p>
	const columns = columnsFor(choice)
	return (
		<div className="prices">
			{/* The roles are written out, since a narrow view lays the rows out as grids, which takes them away. */}
			<table className="numbers" role="table" style={{ "--price-columns": columns.length } as CSSProperties}>
				<caption>{t("prices.captionFor", { model: model.name, region, route: t(`route.${route}`) })}</caption>
				<thead role="rowgroup">
					<tr role="row">
						<th scope="col" role="columnheader">
							{t("prices.tier")}
						</th>
						{columns.map(({ kind }) => (
							<th key={kind} scope="col" role="columnheader">
								{t(`tokenKind.${kind}`)}
							</th>
						))}
					</tr>
				</thead>
				<tbody role="rowgroup">
					{options.map(({ tier, price: effective }) => {
						const isChosen = tier === chosenTier && options.length > 1
						return (
							<tr
								key={tier}
								role="row"
								className={isChosen ? "chosen" : ""}
								aria-current={isChosen || undefined}>
								<th scope="row" role="rowheader">
									{words.tier(tier)}
									{isChosen && <span className="chosen-mark">{t("prices.chosen")}</span>}
								</th>
								{columns.map(({ kind, field, price }) => (
									<td key={kind} role="cell">
										{priceText(
											effective?.prices[price] ?? null,
											effective?.card?.derived.includes(field) ?? false,
											words,
										)}
									</td>
								))}
							</tr>
						)
					})}
				</tbody>
			</table>
			{priceNotes(choice, words).map((note) => (
				<p key={note} className="caption">
					{note}
				</p>
			))}
		</div>
	)
}

function priceText(usdPerMTok: number | null, computed: boolean, { t, unitPrice }: Words) {
	if (usdPerMTok === null) return <span className="unknown">{t("prices.notPublished")}</span>
	const price = unitPrice(usdPerMTok)
	return computed ? t("prices.computedMark", { price }) : price
}

/** Where the numbers come from: what is computed, context bands, sources. */
function priceNotes({ options }: TierChoice, { t, tier, list, date, count }: Words): string[] {
	const cards = options.flatMap(({ price }) => (price?.card ? [price.card] : []))
	const computed = (tierName: SelectableTier) =>
		cards.some(
			(card) => card.tier === tierName && card.derived.some((field) => field === "input" || field === "output"),
		)
	const computedCache = cards.some((card) => card.derived.some((field) => field.startsWith("cache")))
	const band = cards.find((card) => card.belowPromptTokens !== null)?.belowPromptTokens
	const sameSource = (one: PriceCard, other: PriceCard) =>
		one.source === other.source && one.checkedOn === other.checkedOn
	const sources = cards
		.filter((card, index) => cards.findIndex((other) => sameSource(card, other)) === index)
		.map((card, _index, all) => {
			const from = { source: sourceTitle(card.source), date: date(card.checkedOn) }
			const tiers = list(cards.filter((other) => sameSource(card, other)).map((other) => tier(other.tier)))
			return all.length === 1 ? t("prices.source", from) : t("prices.sourceFor", { ...from, tiers })
		})
	return [
		...(computed("flex") ? [t("prices.computedFlex")] : []),
		...(computed("priority") ? [t("prices.computedPriority")] : []),
		...(computedCache ? [t("prices.computedCache")] : []),
		...(band ? [t("prices.band", { tokens: count(band) })] : []),
		...sources,
	]
}
