import { findModel, parseModelRef } from "@bedrock-tiers/core"
import { addOwnPrice, freeTiers, localDate } from "../../state/own-price-edits"
import { useWords } from "../../words"
import { Button } from "../ui/Button"
import { FieldNotes } from "../ui/FieldNotes"
import { KEEPS_FOCUS } from "../use-kept-focus"
import { OwnPriceFields, type OwnPricesProps } from "./OwnPriceFields"

export function OwnPrices({ draft, error, onEdit }: OwnPricesProps) {
	const { t } = useWords()
	const { modelId, ownPrices } = draft.edited
	const model = findModel(modelId)?.name ?? modelId
	const namesModel = parseModelRef(modelId) !== null
	const free = freeTiers(ownPrices, modelId).length > 0
	const addHint = !namesModel
		? t("pricesSection.noModel")
		: t(free ? "pricesSection.addFor" : "pricesSection.allSet", { model })
	return (
		<section className="subsection" aria-label={t("pricesSection.own")} {...KEEPS_FOCUS}>
			<h2>{t("pricesSection.own")}</h2>
			<FieldNotes
				hint={<p className="hint">{t("pricesSection.ownHint")}</p>}
				error={error("settings.ownPrices")}
			/>
			{ownPrices.map((price, index) => (
				<OwnPriceFields key={index} price={price} index={index} draft={draft} error={error} onEdit={onEdit} />
			))}
			<div className="button-row">
				<Button
					look="secondary"
					disabled={!namesModel || !free}
					onClick={() => onEdit((before) => addOwnPrice(before, localDate()))}>
					{t("pricesSection.add")}
				</Button>
			</div>
			<p className="hint">{addHint}</p>
		</section>
	)
}
