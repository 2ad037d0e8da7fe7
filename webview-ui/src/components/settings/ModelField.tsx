import { findModel, offeredModels, parseModelRef, type CatalogModel } from "@bedrock-tiers/core"
import { useWords, type Words } from "../../words"
import { Dropdown, type DropdownOption } from "../ui/Dropdown"

type ModelFieldProps = {
	readonly modelId: string
	/** The host's; stays in the list while another is being tried. */
	readonly storedModelId: string
	readonly error: string | undefined
	readonly onChange: (modelId: string) => void
}

export function ModelField({ modelId, storedModelId, error, onChange }: ModelFieldProps) {
	const words = useWords()
	const offered = offeredModels()
	const hint = lifecycleHint(modelId, words)
	const kept = [...new Set([storedModelId, modelId])].filter((id) => !offered.some((model) => model.id === id))
	const options: DropdownOption<string>[] = [
		...kept.map((id) => ({ value: id, text: keptModelText(id, words), group: words.t("settings.storedModel") })),
		...offered.map((model) => ({ value: model.id, text: offeredText(model, words), group: model.provider })),
	]
	return (
		<Dropdown
			label={words.t("settings.model")}
			value={modelId}
			options={options}
			error={error}
			hint={hint !== "" && <p className="warning">{hint}</p>}
			onChange={onChange}
		/>
	)
}

function offeredText({ name, lifecycle }: CatalogModel, { t }: Words): string {
	return lifecycle.status === "legacy" ? t("settings.modelLegacy", { model: name }) : name
}

/** A word about a model whose end is near or past; empty for the others. */
function lifecycleHint(modelId: string, { t, date }: Words): string {
	const baseModelId = parseModelRef(modelId)?.baseModelId
	const lifecycle = baseModelId ? findModel(baseModelId)?.lifecycle : undefined
	if (!lifecycle || lifecycle.status === "active") return ""
	if (lifecycle.status === "retired") return t("settings.retiredHint")
	return lifecycle.endOfLife === null
		? t("settings.legacyHint")
		: t("settings.legacyUntilHint", { date: date(lifecycle.endOfLife) })
}

/** A model that is not offered, but was chosen before: retired, typed in full, or not in the catalog. */
function keptModelText(modelId: string, { t }: Words): string {
	const model = findModel(modelId)
	return model ? t("settings.modelRetired", { model: model.name }) : t("settings.modelUnknown", { modelId })
}
