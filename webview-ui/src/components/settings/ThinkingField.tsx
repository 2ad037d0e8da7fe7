import { REASONING_LEVELS, thinkingRequest, type ReasoningLevel } from "@bedrock-tiers/core"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { UnavailableField } from "../ui/UnavailableField"
import type { AnswerModel } from "./answer-model"

type ThinkingFieldProps = {
	readonly answerModel: AnswerModel
	readonly level: ReasoningLevel
	readonly error: string | undefined
	readonly onChange: (level: ReasoningLevel) => void
}

/** Thinking level, or the reason why it cannot be set for the model. */
export function ThinkingField({ answerModel, level, error, onChange }: ThinkingFieldProps) {
	const { t } = useLocale()
	const { model, name, isUnresolved } = answerModel
	const request = model ? thinkingRequest(model) : null
	const alwaysThinks = model?.reasoning === "always"
	const levelText = (each: ReasoningLevel) => t(`thinking.${alwaysThinks && each === "off" ? "byItself" : each}`)
	if (request === null && !isUnresolved) {
		const reasonKey = unavailableReasonKey(answerModel)
		return (
			<UnavailableField
				reason={reasonKey && t(`thinking.${reasonKey}`, { model: name })}
				storedNote={level === "off" ? undefined : t("thinking.kept", { level: levelText(level) })}
				error={error}
			/>
		)
	}
	const hintKey = alwaysThinks
		? "alwaysHint"
		: request === "openai-effort" && level === "off"
			? "effortHint"
			: undefined
	return (
		<Dropdown
			label={t("thinking.label")}
			value={level}
			options={REASONING_LEVELS.map((each) => ({ value: each, text: levelText(each) }))}
			hint={hintKey && <p className="hint">{t(`thinking.${hintKey}`, { model: name })}</p>}
			error={error}
			onChange={onChange}
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
