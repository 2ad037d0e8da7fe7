import { pricingOf, type ChatView, type ProfileSettings, type RefreshedPrices } from "@bedrock-tiers/protocol"
import { useId } from "react"
import { useLocale } from "../../locale"
import { lastTask } from "./last-task"

type LastTaskProps = {
	readonly chat: ChatView
	readonly settings: ProfileSettings
	readonly refreshed: RefreshedPrices | null
}

/** What the open chat would have cost on each tier; renders nothing when there is nothing to compare. */
export function LastTask({ chat, settings, refreshed }: LastTaskProps) {
	const locale = useLocale()
	const id = useId()
	const view = lastTask(chat, pricingOf(settings, refreshed), locale)
	if (!view) return null
	return (
		<section className="last-task" aria-labelledby={id}>
			<h2 id={id}>{locale.t("lastTask.title")}</h2>
			<dl className="facts">
				{view.rows.map(({ tier, cost }) => (
					<div key={tier}>
						<dt>{tier}</dt>
						<dd>{cost}</dd>
					</div>
				))}
			</dl>
			<p className="caption">{view.caption}</p>
		</section>
	)
}
