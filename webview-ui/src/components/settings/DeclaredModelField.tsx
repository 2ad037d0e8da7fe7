import { isApplicationProfile, offeredModels, parseModelRef } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"

type DeclaredModelFieldProps = {
	readonly settings: ProfileSettings
	readonly error: string | undefined
	readonly onChange: (declaredModels: ProfileSettings["declaredModels"]) => void
}

/** Option value for asking AWS. It differs from every model id, because model ids contain a dot. */
const ASK_AWS = "ask"

/** Declared model of an application profile, for when AWS may not be asked for it; renders nothing for other ids. */
export function DeclaredModelField({
	settings: { modelId, declaredModels },
	error,
	onChange,
}: DeclaredModelFieldProps) {
	const { t } = useLocale()
	if (!isApplicationProfile(parseModelRef(modelId))) return null
	const others = declaredModels.filter(({ arn }) => arn !== modelId)
	const declared = declaredModels.find(({ arn }) => arn === modelId)?.modelId ?? ASK_AWS
	const models = offeredModels().map(({ id, name, provider }) => ({ value: id, text: name, group: provider }))
	return (
		<Dropdown
			label={t("standsFor.label")}
			value={declared}
			options={[{ value: ASK_AWS, text: t("standsFor.ask") }, ...models]}
			hint={<p className="hint">{t(declared === ASK_AWS ? "standsFor.askHint" : "standsFor.wordHint")}</p>}
			error={error}
			onChange={(chosen) =>
				onChange(chosen === ASK_AWS ? others : [...others, { arn: modelId, modelId: chosen }])
			}
		/>
	)
}
