import {
	apiName,
	findModel,
	offeredModels,
	parseModelRef,
	readModelRef,
	type CatalogModel,
	type RequestApi,
} from "@bedrock-tiers/core"
import { useState } from "react"
import { useWords, type Words } from "../../words"
import { Dropdown, type DropdownOption } from "../ui/Dropdown"
import { TextField } from "../ui/TextField"

type ModelFieldProps = {
	readonly modelId: string
	/** The models are those that it can call. */
	readonly api: RequestApi
	/** The host's; stays in the list while another is being tried. */
	readonly storedModelId: string
	readonly error: string | undefined
	readonly onChange: (modelId: string) => void
}

/** No model id: those have a dot. */
const OTHER = "other"

export function ModelField({ modelId, api, storedModelId, error, onChange }: ModelFieldProps) {
	const words = useWords()
	const { t } = words
	const [typing, setTyping] = useState(false)
	const offered = offeredModels(api)
	const availability = availabilityHint(modelId, api, words)
	const kept = [...new Set(typing ? [storedModelId] : [storedModelId, modelId])].filter(
		(id) => !offered.some((model) => model.id === id),
	)
	const options: DropdownOption<string>[] = [
		...kept.map((id) => ({ value: id, text: keptModelText(id, words), group: t("settings.storedModel") })),
		...offered.map((model) => ({ value: model.id, text: offeredText(model, words), group: model.provider })),
		{ value: OTHER, text: t("settings.otherModel") },
	]
	const hint = availability !== "" && <p className="warning">{availability}</p>
	const wrong = modelId === "" ? undefined : mistakeInWords(modelId, words)
	return (
		<>
			<Dropdown
				label={t("settings.model")}
				value={typing ? OTHER : modelId}
				options={options}
				error={typing ? undefined : error}
				hint={!typing && hint}
				onChange={(chosen) => {
					setTyping(chosen === OTHER)
					if (chosen !== OTHER) onChange(chosen)
				}}
			/>
			{typing && (
				<TextField
					label={t("settings.typedModel")}
					value={modelId}
					error={wrong ?? error}
					hint={hint || <p className="hint">{t("settings.typedModelHint")}</p>}
					onChange={(text) => onChange(text.trim())}
				/>
			)}
		</>
	)
}

function offeredText({ name, lifecycle }: CatalogModel, { t }: Words): string {
	return lifecycle.status === "legacy" ? t("settings.modelLegacy", { model: name }) : name
}

/** A word about a model that may not answer, now or soon; empty for the others. */
function availabilityHint(modelId: string, api: RequestApi, { t, date }: Words): string {
	const model = namedModel(modelId)
	if (!model) return ""
	const { lifecycle, apis } = model
	if (!apis.includes(api)) return t("settings.notThroughApiHint", { api: apiName(api) })
	if (lifecycle.status === "active") return ""
	if (lifecycle.status === "retired") return t("settings.retiredHint")
	if (lifecycle.status === "preview") return t("settings.previewHint")
	return lifecycle.endOfLife === null
		? t("settings.legacyHint")
		: t("settings.legacyUntilHint", { date: date(lifecycle.endOfLife) })
}

/** What is wrong with the id or ARN; undefined when nothing is. */
function mistakeInWords(modelId: string, { t }: Words): string | undefined {
	const ref = readModelRef(modelId)
	if (!("problem" in ref)) return undefined
	if (ref.problem === "arn-account" && ref.detail === "") return t("modelRefMistake.arn-account-missing")
	return t(`modelRefMistake.${ref.problem}`, { detail: ref.detail })
}

/** A model that is not offered, but was chosen before: retired, typed in full, or not in the catalog. */
function keptModelText(modelId: string, { t }: Words): string {
	const model = namedModel(modelId)
	if (!model) return t("settings.modelUnknown", { modelId })
	return model.lifecycle.status === "retired"
		? t("settings.modelRetired", { model: model.name })
		: t("settings.modelTyped", { model: model.name, modelId })
}

function namedModel(modelId: string): CatalogModel | undefined {
	const baseModelId = parseModelRef(modelId)?.baseModelId
	return baseModelId ? findModel(baseModelId) : undefined
}
