import type { RefreshedPrices } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { StatusLine } from "../ui/StatusLine"
import { RECOVERS_FOCUS } from "../use-focus-recovery"
import { refreshedSource } from "./price-notes"

type RefreshPricesProps = {
	/** Saved region, whose prices are refreshed. */
	readonly region: string
	/** Region as it is being edited. */
	readonly shownRegion: string
	readonly refreshed: RefreshedPrices | null
	readonly refreshing: boolean
}

/** List prices in use, with buttons to switch to AWS's list or back. They take effect at once, without saving. */
export function RefreshPrices({ region, shownRegion, refreshed, refreshing }: RefreshPricesProps) {
	const locale = useLocale()
	const { t } = locale
	const store = useStore()
	return (
		<section className="subsection" aria-label={t("pricesSection.lists")} {...RECOVERS_FOCUS}>
			<h2>{t("pricesSection.lists")}</h2>
			<StatusLine>
				{refreshed
					? t("pricesSection.refreshedFor", {
							region: refreshed.region,
							source: refreshedSource(refreshed, locale),
						})
					: t("pricesSection.builtIn")}
			</StatusLine>
			<div className="button-row">
				<Button look="secondary" disabled={refreshing} onClick={store.refreshPrices}>
					{t(refreshing ? "pricesSection.refreshing" : "pricesSection.refresh")}
				</Button>
				{refreshed && (
					<Button look="secondary" disabled={refreshing} onClick={store.removeRefreshedPrices}>
						{t("pricesSection.useBuiltIn")}
					</Button>
				)}
			</div>
			<p className="hint">{t("pricesSection.refreshHint", { region })}</p>
			{shownRegion !== region && (
				<p className="warning">{t("pricesSection.savedRegion", { saved: region, region: shownRegion })}</p>
			)}
		</section>
	)
}
