import { pricedRegion, type RefreshedPrices } from "@bedrock-tiers/protocol"
import {
	isEmptyPrice,
	isUnread,
	withoutUnreadable,
	withUnreadable,
	type SettingsDraft,
} from "../../state/settings-draft"
import { useLocale, type Locale } from "../../locale"
import { CollapsibleSection } from "../ui/CollapsibleSection"
import { NumberField } from "../ui/NumberField"
import type { ErrorAt } from "./field-error"
import { OwnPrices } from "./OwnPrices"
import { RefreshPrices } from "./RefreshPrices"

type PricesSectionProps = {
	readonly draft: SettingsDraft
	/** Region whose prices are refreshed. */
	readonly savedRegion: string
	readonly refreshed: RefreshedPrices | null
	readonly refreshing: boolean
	readonly open: boolean
	readonly error: ErrorAt
	readonly onOpen: (open: boolean) => void
	readonly onEdit: (change: (draft: SettingsDraft) => SettingsDraft) => void
}

const DISCOUNT = "settings.discountPercent"

/** Settings that override the built-in prices. Collapsed at first, because most users do not need them. */
export function PricesSection(props: PricesSectionProps) {
	const { draft, savedRegion, refreshed, refreshing, open, error, onOpen, onEdit } = props
	const locale = useLocale()
	const { t } = locale
	return (
		<CollapsibleSection
			title={t("pricesSection.title")}
			summary={summary(draft, locale)}
			open={open}
			onOpen={onOpen}>
			<NumberField
				label={t("pricesSection.discount")}
				value={draft.edited.discountPercent}
				empty={0}
				limits={{ max: 100 }}
				unreadable={draft.unreadable[DISCOUNT]}
				placeholder="0"
				hint={<p className="hint">{t("pricesSection.discountHint")}</p>}
				error={error(DISCOUNT)}
				onNumber={(percent) =>
					onEdit((before) => {
						const edited = { ...before.edited, discountPercent: percent ?? 0 }
						return { ...withoutUnreadable(before, DISCOUNT), edited }
					})
				}
				onUnreadable={(text) => onEdit((before) => withUnreadable(before, DISCOUNT, text))}
			/>
			<OwnPrices draft={draft} error={error} onEdit={onEdit} />
			<RefreshPrices
				region={savedRegion}
				shownRegion={pricedRegion(draft.edited)}
				refreshed={refreshed}
				refreshing={refreshing}
			/>
		</CollapsibleSection>
	)
}

/** Settings in effect, as short texts that stay visible while the section is collapsed. */
function summary(draft: SettingsDraft, { t, percent }: Locale): string[] {
	const { discountPercent, ownPrices } = draft.edited
	const isIncomplete = isUnread(draft, DISCOUNT, "settings.ownPrices") || ownPrices.some(isEmptyPrice)
	return [
		...(discountPercent > 0 ? [t("priceSource.offList", { percent: percent(discountPercent) })] : []),
		...(ownPrices.length > 0 ? [t("pricesSection.ownCount", { count: ownPrices.length })] : []),
		...(isIncomplete ? [t("section.wrong")] : []),
	]
}
