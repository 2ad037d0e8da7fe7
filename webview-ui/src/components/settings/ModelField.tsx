import { apiName, readModelRef, type RequestApi } from "@bedrock-tiers/core"
import { modelRefDetail } from "@bedrock-tiers/error-details"
import type { RefreshedPrices } from "@bedrock-tiers/protocol"
import { useState } from "react"
import { useLocale, type Locale } from "../../locale"
import { Combobox } from "../ui/Combobox"
import { TextField } from "../ui/TextField"
import type { EditorProps } from "./editor-props"
import { modelOptions, modelText, namedModel, OTHER_MODEL } from "./model-options"

type ModelFieldProps = EditorProps & {
	/** Model id stored by the extension host. It stays in the list while another model is being tried. */
	readonly storedModelId: string
	readonly refreshed: RefreshedPrices | null
}

/** Lists the models that the API of the settings can call, with their prices in the region. */
export function ModelField({ draft, storedModelId, refreshed, error, onChange }: ModelFieldProps) {
	const locale = useLocale()
	const { t } = locale
	const settings = draft.edited
	const { modelId, api } = settings
	const [typing, setTyping] = useState(false)
	const availability = availabilityHint(modelId, api, locale)
	const shownModelIds = typing ? [storedModelId] : [storedModelId, modelId]
	const hint = availability !== undefined && <p className="warning">{availability}</p>
	const idError = modelId === "" ? undefined : modelIdError(modelId, locale)
	return (
		<>
			<Combobox
				label={t("settings.model")}
				displayText={typing ? t("settings.otherModel") : modelText(modelId, settings, locale)}
				value={typing ? OTHER_MODEL : modelId}
				options={() => modelOptions(settings, shownModelIds, refreshed, locale)}
				error={typing ? undefined : error("settings.modelId")}
				hint={!typing && hint}
				onChange={(chosen) => {
					setTyping(chosen === OTHER_MODEL)
					if (chosen !== OTHER_MODEL) onChange({ modelId: chosen })
				}}
			/>
			{typing && (
				<TextField
					label={t("settings.typedModel")}
					value={modelId}
					error={idError ?? error("settings.modelId")}
					hint={hint || t("settings.typedModelHint")}
					onChange={(text) => onChange({ modelId: text.trim() })}
				/>
			)}
		</>
	)
}

/** Warning about a model that cannot be called, or that AWS may stop serving; `undefined` for other models. */
function availabilityHint(modelId: string, api: RequestApi, { t, date }: Locale): string | undefined {
	const model = namedModel(modelId)
	if (!model) return undefined
	const { lifecycle, apis } = model
	if (!apis.includes(api)) return t("settings.notThroughApiHint", { api: apiName(api) })
	if (lifecycle.status === "active") return undefined
	if (lifecycle.status === "retired") return t("settings.retiredHint")
	if (lifecycle.status === "preview") return t("settings.previewHint")
	return lifecycle.endOfLife === null
		? t("settings.legacyHint")
		: t("settings.legacyUntilHint", { date: date(lifecycle.endOfLife) })
}

/** Error message for an invalid id or ARN; `undefined` when it is valid. */
function modelIdError(modelId: string, { details }: Locale): string | undefined {
	const ref = readModelRef(modelId)
	return "problem" in ref ? details([modelRefDetail(modelId, ref)]) : undefined
}
