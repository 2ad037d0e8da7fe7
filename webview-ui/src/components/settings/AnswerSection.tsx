import {
	acceptedParameters,
	MIN_THINKING_BUDGET,
	sendableParameters,
	thinkingBudget,
	thinkingRequest,
} from "@bedrock-tiers/core"
import { MAX_IDLE_LIMIT_MINUTES, type ProfileSettings } from "@bedrock-tiers/protocol"
import { isUnread } from "../../state/settings-draft"
import { useLocale, type Locale } from "../../locale"
import { resolveAnswerModel, type AnswerModel } from "./answer-model"
import { CachingField } from "./CachingField"
import { DraftNumberField } from "./DraftNumberField"
import type { EditorProps } from "./editor-props"
import { SettingsSection } from "./SettingsSection"
import { ThinkingField } from "./ThinkingField"

/** More than any model can answer with, so a larger number is most likely a typing error. */
const MAX_TOKENS = 1_000_000
const TOKENS = { min: 1, max: MAX_TOKENS, whole: true } as const
const BUDGET = { min: MIN_THINKING_BUDGET, max: MAX_TOKENS, whole: true } as const
const NUMBER_SETTINGS = ["thinkingBudgetTokens", "maxTokens", "temperature", "idleLimitMinutes"] as const

/** Settings of the model's answer. A field is shown only when it applies to the model. */
export function AnswerSection(editor: EditorProps) {
	const locale = useLocale()
	const { t, count } = locale
	const { draft } = editor
	const settings = draft.edited
	const answerModel = resolveAnswerModel(settings)
	const supported = sendableParameters(answerModel.model, settings.api, settings.reasoning)
	const hasUnreadable = isUnread(draft, ...NUMBER_SETTINGS.map((setting) => `settings.${setting}`))
	return (
		<SettingsSection
			section="answer"
			title={t("answerSection.title")}
			summary={[...summary(settings, answerModel, locale), ...(hasUnreadable ? [t("section.wrong")] : [])]}>
			{answerModel.isUnresolved && <p className="hint">{t("answerSection.toBeNamed")}</p>}
			<ThinkingField {...editor} answerModel={answerModel} />
			<DraftNumberField
				{...editor}
				setting="thinkingBudgetTokens"
				label={t("answerSection.budget")}
				limits={BUDGET}
				example="4096"
				applies={usesThinkingBudget(settings, answerModel)}
				storedNote={(tokens) => t("answerSection.budgetKept", { tokens: count(tokens) })}
				hint={budgetHint(settings, answerModel, locale)}
			/>
			<CachingField {...editor} answerModel={answerModel} />
			<DraftNumberField
				{...editor}
				setting="maxTokens"
				label={t("answerSection.maxTokens")}
				limits={TOKENS}
				example="4096"
				applies={supported.maxTokens}
				reason={t("answerSection.noLimit", { model: answerModel.name })}
				storedNote={(tokens) => t("answerSection.maxTokensKept", { tokens: count(tokens) })}
				hint={maxTokensHint(settings, answerModel, locale)}
			/>
			<DraftNumberField
				{...editor}
				setting="temperature"
				label={t("answerSection.temperature")}
				limits={{ max: 1 }}
				example="0.5"
				applies={supported.temperature}
				reason={t(
					acceptedParameters(answerModel.model, settings.api).temperature.support === "no"
						? "answerSection.noTemperature"
						: "answerSection.noTemperatureAtLevel",
					{ model: answerModel.name },
				)}
				storedNote={(temperature) => t("answerSection.temperatureKept", { temperature: count(temperature) })}
				hint={t("answerSection.temperatureHint")}
			/>
			<DraftNumberField
				{...editor}
				setting="idleLimitMinutes"
				label={t("answerSection.idleLimit")}
				limits={{ min: 1, max: MAX_IDLE_LIMIT_MINUTES }}
				hint={t("answerSection.idleLimitHint")}
			/>
		</SettingsSection>
	)
}

/** Short texts of the settings that the user changed and that apply to the model. Other stored settings are omitted. */
function summary(settings: ProfileSettings, { model, isUnresolved }: AnswerModel, { t, count }: Locale): string[] {
	const { reasoning, promptCaching, maxTokens, temperature, idleLimitMinutes } = settings
	const supported = sendableParameters(model, settings.api, reasoning)
	const thinks = isUnresolved || (model !== undefined && thinkingRequest(model) !== null)
	const caching = model?.promptCaching
	const caches = isUnresolved || (caching && (promptCaching !== "1h" || caching.lifetimes.includes("1h")))
	return [
		...(reasoning !== "off" && thinks ? [t(`answerSummary.thinking-${reasoning}`)] : []),
		...(promptCaching !== "5m" && caches ? [t(`answerSummary.caching-${promptCaching}`)] : []),
		...(maxTokens !== null && supported.maxTokens
			? [t("answerSummary.maxTokens", { tokens: count(maxTokens) })]
			: []),
		...(temperature !== null && supported.temperature
			? [t("answerSummary.temperature", { temperature: count(temperature) })]
			: []),
		...(idleLimitMinutes !== null ? [t("answerSummary.idleLimit", { minutes: count(idleLimitMinutes) })] : []),
	]
}

function usesThinkingBudget({ reasoning }: ProfileSettings, { model, isUnresolved }: AnswerModel): boolean {
	return reasoning !== "off" && (isUnresolved || (model !== undefined && thinkingRequest(model) === "budget"))
}

function budgetHint(settings: ProfileSettings, { model }: AnswerModel, { t, count }: Locale) {
	const { reasoning } = settings
	if (!model || reasoning === "off") return t("answerSection.budgetShare")
	const { budget, limit } = thinkingBudget(model, reasoning, settings)
	const numbers = { budget: count(budget), limit: count(limit) }
	if (budget >= limit) return <p className="warning">{t("answerSection.noRoom", numbers)}</p>
	const defaultBudget = thinkingBudget(model, reasoning, { maxTokens: settings.maxTokens }).budget
	return t("answerSection.budgetHint", { budget: count(defaultBudget), limit: count(limit) })
}

function maxTokensHint({ maxTokens, api }: ProfileSettings, { model, name }: AnswerModel, { t, count }: Locale) {
	const { min, max: modelLimit } = acceptedParameters(model, api).outputTokens
	if (maxTokens !== null && maxTokens < min)
		return <p className="warning">{t("answerSection.tooShort", { model: name, least: count(min) })}</p>
	if (modelLimit === null) return t("answerSection.maxTokensHint")
	if (maxTokens !== null && maxTokens > modelLimit)
		return <p className="warning">{t("answerSection.tooLong", { model: name, most: count(modelLimit) })}</p>
	return t("answerSection.maxTokensHintOf", { most: count(modelLimit) })
}
