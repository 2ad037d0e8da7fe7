import { pricedRegion, type RefreshedPrices } from "@bedrock-tiers/protocol"
import { isEmptyPrice, isUnread, type SettingsDraft } from "../../state/settings-draft"
import { useLocale, type Locale } from "../../locale"
import { DraftNumberField } from "./DraftNumberField"
import type { EditorProps } from "./editor-props"
import { OwnPrices } from "./OwnPrices"
import { RefreshPrices } from "./RefreshPrices"
import { SettingsSection } from "./SettingsSection"

type PricesSectionProps = EditorProps & {
	/** Region whose prices are refreshed. */
	readonly savedRegion: string
	readonly refreshed: RefreshedPrices | null
	readonly refreshing: boolean
}

/** Settings that override the built-in prices. */
export function PricesSection({ savedRegion, refreshed, refreshing, ...editor }: PricesSectionProps) {
	const locale = useLocale()
	const { t } = locale
	const { draft } = editor
	return (
		<SettingsSection section="prices" title={t("pricesSection.title")} summary={summary(draft, locale)}>
			<DraftNumberField
				{...editor}
				setting="discountPercent"
				label={t("pricesSection.discount")}
				limits={{ max: 100 }}
				empty={0}
				placeholder="0"
				hint={t("pricesSection.discountHint")}
			/>
			<OwnPrices {...editor} />
			<RefreshPrices
				region={savedRegion}
				shownRegion={pricedRegion(draft.edited)}
				refreshed={refreshed}
				refreshing={refreshing}
			/>
		</SettingsSection>
	)
}

/** Settings in effect, as short texts that stay visible while the section is collapsed. */
function summary(draft: SettingsDraft, { t, percent }: Locale): string[] {
	const { discountPercent, ownPrices } = draft.edited
	const isIncomplete =
		isUnread(draft, "settings.discountPercent", "settings.ownPrices") || ownPrices.some(isEmptyPrice)
	return [
		...(discountPercent > 0 ? [t("priceSource.offList", { percent: percent(discountPercent) })] : []),
		...(ownPrices.length > 0 ? [t("pricesSection.ownCount", { count: ownPrices.length })] : []),
		...(isIncomplete ? [t("section.wrong")] : []),
	]
}
