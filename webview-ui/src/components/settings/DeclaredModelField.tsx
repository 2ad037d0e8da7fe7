import { isApplicationProfile, offeredModels, parseModelRef } from "@bedrock-tiers/core"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import type { EditorProps } from "./editor-props"

/** Option value for asking AWS. It differs from every model id, because model ids contain a dot. */
const ASK_AWS = "ask"

/** Declared model of an application profile, for when AWS may not be asked for it; renders nothing for other ids. */
export function DeclaredModelField({ draft, error, onChange }: EditorProps) {
	const { t } = useLocale()
	const { modelId, declaredModels } = draft.edited
	if (!isApplicationProfile(parseModelRef(modelId))) return null
	const others = declaredModels.filter(({ arn }) => arn !== modelId)
	const declared = declaredModels.find(({ arn }) => arn === modelId)?.modelId ?? ASK_AWS
	const models = offeredModels().map(({ id, name, provider }) => ({ value: id, text: name, group: provider }))
	return (
		<Dropdown
			label={t("standsFor.label")}
			value={declared}
			options={[{ value: ASK_AWS, text: t("standsFor.ask") }, ...models]}
			hint={t(declared === ASK_AWS ? "standsFor.askHint" : "standsFor.wordHint")}
			error={error("settings.declaredModels")}
			onChange={(chosen) =>
				onChange({
					declaredModels: chosen === ASK_AWS ? others : [...others, { arn: modelId, modelId: chosen }],
				})
			}
		/>
	)
}
