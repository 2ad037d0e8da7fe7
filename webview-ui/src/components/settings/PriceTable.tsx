import type { CSSProperties } from "react"
import type { EffectivePrice, PriceField, SelectableTier, TierChoice, UnitPrices } from "@bedrock-tiers/core"
import type { RefreshedPrices } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { priceCaption, priceNotes } from "./price-notes"

type PriceTableProps = {
	readonly choice: TierChoice
	/** As typed. */
	readonly modelId: string
	readonly region: string
	readonly chosenTier: SelectableTier
	readonly refreshed: RefreshedPrices | null
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
		model?.promptCaching != null ||
		options.some(
			({ price }) =>
				price && (price.prices.cacheReadUsdPerMTok !== null || price.prices.cacheWriteUsdPerMTok !== null),
		)
	return COLUMNS.filter(({ field }) => caches || !field.startsWith("cache"))
}

/** What each offered tier costs for this model, region and route. */
export function PriceTable({ choice, modelId, region, chosenTier, refreshed }: PriceTableProps) {
	const locale = useLocale()
	const { t } = locale
	const { model, route, options } = choice
	if (model && route === null) return <p className="hint">{t("prices.noRoute")}</p>
	const columns = columnsFor(choice)
	return (
		<div className="prices">
			{/* The roles are written out, since a narrow view lays the rows out as grids, which takes them away. */}
			<table className="numbers" role="table" style={{ "--price-columns": columns.length } as CSSProperties}>
				<caption>{priceCaption(choice, modelId, region, locale)}</caption>
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
						const isOwn = effective?.origin === "own"
						const mark = isChosen ? (isOwn ? "chosenYours" : "chosen") : isOwn && "yours"
						return (
							<tr
								key={tier}
								role="row"
								className={isChosen ? "chosen" : ""}
								aria-current={isChosen || undefined}>
								<th scope="row" role="rowheader">
									{locale.tier(tier)}
									{mark && <span className="row-mark">{t(`prices.${mark}`)}</span>}
								</th>
								{columns.map(({ kind, field, price }) => (
									<td key={kind} role="cell">
										{priceText(effective, price, field, model !== null, locale)}
									</td>
								))}
							</tr>
						)
					})}
				</tbody>
			</table>
			{priceNotes(choice, refreshed, locale).map((note) => (
				<p key={note} className="caption">
					{note}
				</p>
			))}
		</div>
	)
}

function priceText(
	effective: EffectivePrice | null,
	key: keyof UnitPrices,
	field: PriceField,
	listed: boolean,
	{ t, unitPrice }: Locale,
) {
	const usdPerMTok = effective?.prices[key] ?? null
	// AWS publishes nothing about a model that it does not list, nor does a person.
	const published = listed && effective?.origin !== "own"
	if (usdPerMTok === null)
		return <span className="unknown">{t(published ? "prices.notPublished" : "prices.notKnown")}</span>
	const price = unitPrice(usdPerMTok)
	return effective?.card?.derived.includes(field) ? t("prices.computedMark", { price }) : price
}
