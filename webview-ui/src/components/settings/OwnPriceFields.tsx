import { findModel, SELECTABLE_TIERS, UNIT_PRICE_MEMBERS } from "@bedrock-tiers/core"
import { MAX_OWN_USD_PER_MTOK } from "@bedrock-tiers/protocol"
import { changeOwnPrice, freeTiers, localDate, removeOwnPrice, type StoredOwnPrice } from "../../state/own-price-edits"
import { isEmptyPrice, withoutUnreadable, withUnreadable } from "../../state/settings-draft"
import { useLocale } from "../../locale"
import { Button } from "../ui/Button"
import { Dropdown } from "../ui/Dropdown"
import { FieldNotes } from "../ui/FieldNotes"
import { NumberField } from "../ui/NumberField"
import type { EditorProps } from "./editor-props"
import { SHOWN_KINDS } from "./price-notes"

const FIELDS = SHOWN_KINDS.map((kind) => ({ kind, key: UNIT_PRICE_MEMBERS[kind] }))

/** Members without a field of their own. Their errors are shown for the price as a whole. */
const MEMBERS_WITHOUT_FIELD = ["modelId", "cacheWrite1hUsdPerMTok", "setOn"] as const

type OwnPriceFieldsProps = EditorProps & { readonly price: StoredOwnPrice; readonly index: number }

export function OwnPriceFields({ price, index, draft, error, onEdit }: OwnPriceFieldsProps) {
	const locale = useLocale()
	const { t } = locale
	const path = `settings.ownPrices.${index}` as const
	const free = freeTiers(draft.edited.ownPrices, price.modelId)
	const tiers = SELECTABLE_TIERS.filter((tier) => tier === price.tier || free.includes(tier))
	const hasUnreadable = FIELDS.some(({ key }) => draft.unreadable[`${path}.${key}`] !== undefined)
	return (
		<fieldset className="own-price">
			<legend>{findModel(price.modelId)?.name ?? price.modelId}</legend>
			<Dropdown
				label={t("prices.tier")}
				value={price.tier}
				options={tiers.map((tier) => ({ value: tier, text: locale.tier(tier) }))}
				error={error(`${path}.tier`)}
				onChange={(tier) => onEdit((before) => changeOwnPrice(before, index, { tier }, localDate()))}
			/>
			<div className="own-price-numbers">
				{FIELDS.map(({ kind, key }) => (
					<NumberField
						key={key}
						label={t(`tokenKind.${kind}`)}
						value={price[key]}
						empty={null}
						limits={{ max: MAX_OWN_USD_PER_MTOK }}
						unreadable={draft.unreadable[`${path}.${key}`]}
						error={error(`${path}.${key}`)}
						onNumber={(usd) =>
							onEdit((before) => {
								const readable = withoutUnreadable(before, `${path}.${key}`)
								return changeOwnPrice(readable, index, { [key]: usd }, localDate())
							})
						}
						onUnreadable={(text) => onEdit((before) => withUnreadable(before, `${path}.${key}`, text))}
					/>
				))}
			</div>
			<FieldNotes
				hint={
					isEmptyPrice(price) && !hasUnreadable ? (
						<p className="warning">{t("pricesSection.empty")}</p>
					) : (
						t("pricesSection.setOn", { date: locale.date(price.setOn) })
					)
				}
				error={
					error(path) ??
					MEMBERS_WITHOUT_FIELD.map((key) => error(`${path}.${key}`)).find((message) => message !== undefined)
				}
			/>
			<div className="button-row">
				<Button look="secondary" onClick={() => onEdit((before) => removeOwnPrice(before, index))}>
					{t("pricesSection.remove")}
				</Button>
			</div>
		</fieldset>
	)
}
