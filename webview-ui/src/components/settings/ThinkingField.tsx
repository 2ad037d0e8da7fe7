import { REASONING_LEVELS, thinkingRequest, type ReasoningLevel } from "@bedrock-tiers/core"
import { useLocale } from "../../locale"
import { Dropdown } from "../ui/Dropdown"
import { InsteadOfField } from "../ui/InsteadOfField"
import type { AnswerModel } from "./answer-model"

type ThinkingFieldProps = {
	readonly answering: AnswerModel
	readonly level: ReasoningLevel
	readonly error: string | undefined
	readonly onChange: (level: ReasoningLevel) => void
}

/** How hard the model thinks, where it can be told; else why not. */
export function ThinkingField({ answering, level, error, onChange }: ThinkingFieldProps) {
	const { t } = useLocale()
	const { model, name, toBeNamed } = answering
	const request = model ? thinkingRequest(model) : null
	const always = model?.reasoning === "always"
	const text = (each: ReasoningLevel) => t(`thinking.${always && each === "off" ? "byItself" : each}`)
	if (request === null && !toBeNamed) {
		const why = whyNot(answering)
		return (
			<InsteadOfField
				sentence={why && t(`thinking.${why}`, { model: name })}
				kept={level === "off" ? undefined : t("thinking.kept", { level: text(level) })}
				error={error}
			/>
		)
	}
	const hint = always ? "alwaysHint" : request === "openai-effort" && level === "off" ? "effortHint" : undefined
	return (
		<Dropdown
			label={t("thinking.label")}
			value={level}
			options={REASONING_LEVELS.map((each) => ({ value: each, text: text(each) }))}
			hint={hint && <p className="hint">{t(`thinking.${hint}`, { model: name })}</p>}
			error={error}
			onChange={onChange}
		/>
	)
}

/** That a model does not think needs no saying. */
function whyNot({ model }: AnswerModel) {
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
