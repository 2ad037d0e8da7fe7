import type { CSSProperties } from "react"
import {
	effectiveTier,
	markEstimate,
	UNIT_PRICE_MEMBERS,
	type EffectivePrice,
	type PriceField,
	type TierChoice,
} from "@bedrock-tiers/core"
import { pricedRegion, type ProfileSettings, type RefreshedPrices } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { priceCaption, priceNotes, SHOWN_KINDS } from "./price-notes"

type PriceTableProps = {
	readonly choice: TierChoice
	readonly settings: ProfileSettings
	readonly refreshed: RefreshedPrices | null
}

/** Columns of the table. The cache columns are omitted when the model does not cache and has no cache prices. */
function columnsFor({ model, options }: TierChoice) {
	const caches =
		model?.promptCaching != null ||
		options.some(
			({ price }) =>
				price && (price.prices.cacheReadUsdPerMTok !== null || price.prices.cacheWriteUsdPerMTok !== null),
		)
	return SHOWN_KINDS.filter((kind) => caches || !kind.startsWith("cache"))
}

/** Price of each offered tier for the model, region and route. */
export function PriceTable({ choice, settings, refreshed }: PriceTableProps) {
	const locale = useLocale()
	const { t } = locale
	const { model, route, options } = choice
	if (model && route === null) return <p className="hint">{t("prices.noRoute")}</p>
	const columns = columnsFor(choice)
	const chosenTier = effectiveTier(choice, settings.serviceTier)
	return (
		<div className="prices">
			{/* The roles are explicit: a narrow view lays the rows out as grids, which removes the implicit ones. */}
			<table className="numbers" role="table" style={{ "--price-columns": columns.length } as CSSProperties}>
				<caption>{priceCaption(choice, settings.modelId, pricedRegion(settings), locale)}</caption>
				<thead role="rowgroup">
					<tr role="row">
						<th scope="col" role="columnheader">
							{t("prices.tier")}
						</th>
						{columns.map((kind) => (
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
								{columns.map((kind) => (
									<td key={kind} role="cell">
										{priceText(effective, kind, model !== null, locale)}
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

function priceText(effective: EffectivePrice | null, kind: PriceField, isListed: boolean, { t, unitPrice }: Locale) {
	const usdPerMTok = effective?.prices[UNIT_PRICE_MEMBERS[kind]] ?? null
	// Only AWS's prices of catalog models can be "not published"; any other missing price is "not known".
	const isFromList = isListed && effective?.origin !== "own"
	if (usdPerMTok === null)
		return <span className="unknown">{t(isFromList ? "prices.notPublished" : "prices.notKnown")}</span>
	const price = unitPrice(usdPerMTok)
	return markEstimate(price, effective?.card?.derived.includes(kind) ?? false)
}
