import { isEstimated, markEstimate, type PriceSource, type UsageRecord } from "@bedrock-tiers/core"
import { useId } from "react"
import { useLocale, type Locale } from "../../locale"
import { isListed } from "./task-usage"
import { tierComparison } from "./tier-comparison"

/** Calculation of one request's cost, with the unit prices that were recorded with it. Loaded on demand. */
export default function UsageDetails({ request }: { readonly request: UsageRecord }) {
	const locale = useLocale()
	const { t } = locale
	const { servedTier, unpricedReason, card, discountPercent } = request
	return (
		<>
			{request.lines.length > 0 && <CostLines lines={request.lines} />}
			<dl className="facts">
				{unpricedReason && <Fact name={t("usage.reason")} value={t(`unpriced.${unpricedReason}`)} />}
				<Fact name={t("usage.asked")} value={locale.tier(request.requestedTier)} />
				<Fact
					name={t("usage.served")}
					value={servedTier === null ? t("usage.notReported") : locale.tier(servedTier)}
				/>
				<Fact name={t("usage.model")} value={request.modelId} />
				{request.modelNamedBy === "person" && (
					<Fact name={t("usage.pricedAs")} value={t("usage.yourWord", { model: request.baseModelId })} />
				)}
				<Fact name={t("usage.region")} value={request.region} />
				<Fact name={t("usage.route")} value={t(`route.${request.route}`)} />
				{card && <Fact name={t("usage.prices")} value={priceSourceText(card, locale)} />}
				{isEstimated(request) && <Fact name="≈" value={t("usage.estimate")} />}
				{discountPercent > 0 && (
					<Fact
						name={t("usage.discount")}
						value={t("usage.discountTaken", { percent: locale.percent(discountPercent) })}
					/>
				)}
			</dl>
			<TierComparison request={request} />
		</>
	)
}

/** What an answer's tokens would have cost on the other tiers. */
function TierComparison({ request }: { readonly request: UsageRecord }) {
	const locale = useLocale()
	const id = useId()
	const comparison = tierComparison(request, locale)
	if (!comparison) return null
	return (
		<div className="comparison" role="group" aria-labelledby={id}>
			<p id={id} className="comparison-title">
				{locale.t("comparison.title")}
			</p>
			<dl className="facts">
				{comparison.rows.map(({ tier, cost }) => (
					<Fact key={tier} name={tier} value={cost} />
				))}
			</dl>
			<p className="caption">{comparison.caption}</p>
		</div>
	)
}

function priceSourceText({ origin, source, checkedOn }: PriceSource, { t, date }: Locale): string {
	return origin === "own"
		? t("priceSource.own", { date: date(checkedOn) })
		: t("priceSource.list", { source, date: date(checkedOn) })
}

function CostLines({ lines }: Pick<UsageRecord, "lines">) {
	const { t, count, unitPrice, usdGroup } = useLocale()
	const listed = lines.filter(isListed)
	const { amounts } = usdGroup(listed.map(({ usd }) => usd ?? 0))
	return (
		<table className="numbers">
			<caption className="visually-hidden">{t("usage.linesCaption")}</caption>
			<thead>
				<tr>
					<th scope="col">{t("usage.kind")}</th>
					<th scope="col">{t("usage.tokens")}</th>
					<th scope="col">{t("usage.unitPrice")}</th>
					<th scope="col">{t("usage.cost")}</th>
				</tr>
			</thead>
			<tbody>
				{listed.map((line, index) => (
					<tr key={line.kind}>
						<th scope="row">{t(`tokenKind.${line.kind}`)}</th>
						<td>{count(line.tokens)}</td>
						<td>
							{line.usdPerMTok === null
								? t("usage.unknownPrice")
								: markEstimate(unitPrice(line.usdPerMTok), line.estimated ?? false)}
						</td>
						<td>
							{line.usd === null
								? t("usage.unknownPrice")
								: markEstimate(amounts[index] ?? "", isEstimated({ lines: [line] }))}
						</td>
					</tr>
				))}
			</tbody>
		</table>
	)
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
	return (
		<div>
			<dt>{name}</dt>
			<dd>{value}</dd>
		</div>
	)
}
