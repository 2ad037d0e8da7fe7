import type { RecordedRequest } from "@bedrock-tiers/core"
import { useId } from "react"
import { useWords } from "../../words"
import { tierComparison } from "./tier-comparison"

/** What an answer's tokens would have cost on the other tiers. */
export function TierComparison({ request }: { readonly request: RecordedRequest }) {
	const words = useWords()
	const id = useId()
	const comparison = tierComparison(request, words)
	if (!comparison) return null
	return (
		<section className="comparison" aria-labelledby={id}>
			<h4 id={id}>{words.t("comparison.title")}</h4>
			<dl className="facts">
				{comparison.rows.map(({ tier, cost }) => (
					<div key={tier}>
						<dt>{tier}</dt>
						<dd>{cost}</dd>
					</div>
				))}
			</dl>
			<p className="caption">{comparison.caption}</p>
		</section>
	)
}
