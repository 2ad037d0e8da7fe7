import { REASONING_LEVELS, thinkingRequest, type ReasoningLevel } from "@bedrock-tiers/core"
import { useLocale } from "../../locale"
import { UnavailableField } from "../ui/UnavailableField"
import type { AnswerModel } from "./answer-model"
import type { EditorProps } from "./editor-props"
import { SettingDropdown } from "./SettingDropdown"

type ThinkingFieldProps = EditorProps & { readonly answerModel: AnswerModel }

/** Thinking level, or the reason why it cannot be set for the model. */
export function ThinkingField({ answerModel, ...editor }: ThinkingFieldProps) {
	const { t } = useLocale()
	const { model, name, isUnresolved } = answerModel
	const level = editor.draft.edited.reasoning
	const request = model ? thinkingRequest(model) : null
	const alwaysThinks = model?.reasoning === "always"
	const levelText = (each: ReasoningLevel) => t(`thinking.${alwaysThinks && each === "off" ? "byItself" : each}`)
	if (request === null && !isUnresolved) {
		const reasonKey = unavailableReasonKey(answerModel)
		return (
			<UnavailableField
				reason={reasonKey && t(`thinking.${reasonKey}`, { model: name })}
				storedNote={level === "off" ? undefined : t("thinking.kept", { level: levelText(level) })}
				error={editor.error("settings.reasoning")}
			/>
		)
	}
	const hintKey = alwaysThinks
		? "alwaysHint"
		: request === "openai-effort" && level === "off"
			? "effortHint"
			: undefined
	return (
		<SettingDropdown
			{...editor}
			setting="reasoning"
			label={t("thinking.label")}
			options={REASONING_LEVELS.map((each) => ({ value: each, text: levelText(each) }))}
			hint={hintKey && t(`thinking.${hintKey}`, { model: name })}
		/>
	)
}

/** Message key; `undefined` for a model that does not think, which needs no explanation. */
function unavailableReasonKey({ model }: AnswerModel) {
	switch (model?.reasoning) {
		case undefined:
			return "unknownModel"
		case false:
			return undefined
		case null:
			return "notDocumented"
		case "always":
			return "always"
		default:
			return "notDocumentedHow"
	}
}
