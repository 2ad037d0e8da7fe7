import type { UsageRecord } from "@bedrock-tiers/core"
import { useId } from "react"
import { useWords } from "../../words"
import { tierComparison } from "./tier-comparison"

/** What an answer's tokens would have cost on the other tiers. */
export function TierComparison({ request }: { readonly request: UsageRecord }) {
	const words = useWords()
	const id = useId()
	const comparison = tierComparison(request, words)
	if (!comparison) return null
	return (
		<div className="comparison" role="group" aria-labelledby={id}>
			<p id={id} className="comparison-title">
				{words.t("comparison.title")}
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
