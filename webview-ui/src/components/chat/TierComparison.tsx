import type { UsageRecord } from "@bedrock-tiers/core"
import { useId } from "react"
import { useLocale } from "../../locale"
import { tierComparison } from "./tier-comparison"

/** What an answer's tokens would have cost on the other tiers. */
export function TierComparison({ request }: { readonly request: UsageRecord }) {
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
					<div key={tier}>
						<dt>{tier}</dt>
						<dd>{cost}</dd>
					</div>
				))}
			</dl>
			<p className="caption">{comparison.caption}</p>
		</div>
	)
}
