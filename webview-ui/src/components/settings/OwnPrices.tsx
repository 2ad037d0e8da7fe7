import { findModel, parseModelRef } from "@bedrock-tiers/core"
import { addOwnPrice, freeTiers, localDate } from "../../state/own-price-edits"
import { useLocale } from "../../locale"
import { Button } from "../ui/Button"
import { FieldNotes } from "../ui/FieldNotes"
import { RECOVERS_FOCUS } from "../use-focus-recovery"
import type { EditorProps } from "./editor-props"
import { OwnPriceFields } from "./OwnPriceFields"

export function OwnPrices(editor: EditorProps) {
	const { t } = useLocale()
	const { draft, error, onEdit } = editor
	const { modelId, ownPrices } = draft.edited
	const model = findModel(modelId)?.name ?? modelId
	const namesModel = parseModelRef(modelId) !== null
	const free = freeTiers(ownPrices, modelId).length > 0
	const addHint = !namesModel
		? t("pricesSection.noModel")
		: t(free ? "pricesSection.addFor" : "pricesSection.allSet", { model })
	return (
		<section className="subsection" aria-label={t("pricesSection.own")} {...RECOVERS_FOCUS}>
			<h2>{t("pricesSection.own")}</h2>
			<FieldNotes hint={t("pricesSection.ownHint")} error={error("settings.ownPrices")} />
			{ownPrices.map((price, index) => (
				<OwnPriceFields key={index} {...editor} price={price} index={index} />
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
