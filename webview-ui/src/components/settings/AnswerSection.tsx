import { MIN_THINKING_BUDGET, takenParameters, thinkingBudget, thinkingRequest } from "@bedrock-tiers/core"
import { MAX_IDLE_LIMIT_MINUTES, type ProfileSettings } from "@bedrock-tiers/protocol"
import { isUnread } from "../../state/settings-draft"
import { useLocale, type Locale } from "../../locale"
import { CollapsibleSection } from "../ui/CollapsibleSection"
import { resolveAnswerModel, type AnswerModel } from "./answer-model"
import { answerSummary } from "./answer-summary"
import { CachingField } from "./CachingField"
import { DraftNumberField, type DraftProps } from "./DraftNumberField"
import { ThinkingField } from "./ThinkingField"

/** More than any model can answer with, so a larger number is most likely a typing error. */
const MAX_TOKENS = 1_000_000
const TOKENS = { min: 1, max: MAX_TOKENS, whole: true } as const
const BUDGET = { min: MIN_THINKING_BUDGET, max: MAX_TOKENS, whole: true } as const
const NUMBER_SETTINGS = ["thinkingBudgetTokens", "maxTokens", "temperature", "idleLimitMinutes"] as const

type AnswerSectionProps = DraftProps & { readonly open: boolean; readonly onOpen: (open: boolean) => void }

/** Settings of the model's answer. A field is shown only when it applies to the model. */
export function AnswerSection({ open, onOpen, ...draftProps }: AnswerSectionProps) {
	const locale = useLocale()
	const { t, count } = locale
	const { draft, error, onEdit } = draftProps
	const settings = draft.edited
	const answerModel = resolveAnswerModel(settings)
	const supported = takenParameters(answerModel.model, settings.reasoning)
	const hasUnreadable = isUnread(draft, ...NUMBER_SETTINGS.map((setting) => `settings.${setting}`))
	const change = (part: Partial<ProfileSettings>) =>
		onEdit((before) => ({ ...before, edited: { ...before.edited, ...part } }))
	return (
		<CollapsibleSection
			title={t("answerSection.title")}
			summary={[...answerSummary(settings, answerModel, locale), ...(hasUnreadable ? [t("section.wrong")] : [])]}
			open={open}
			onOpen={onOpen}>
			{answerModel.isUnresolved && <p className="hint">{t("answerSection.toBeNamed")}</p>}
			<ThinkingField
				answerModel={answerModel}
				level={settings.reasoning}
				error={error("settings.reasoning")}
				onChange={(reasoning) => change({ reasoning })}
			/>
			<DraftNumberField
				{...draftProps}
				setting="thinkingBudgetTokens"
				label={t("answerSection.budget")}
				limits={BUDGET}
				example="4096"
				applies={usesThinkingBudget(settings, answerModel)}
				storedNote={(tokens) => t("answerSection.budgetKept", { tokens: count(tokens) })}
				hint={budgetHint(settings, answerModel, locale)}
			/>
			<CachingField
				answerModel={answerModel}
				api={settings.api}
				lifetime={settings.promptCaching}
				error={error("settings.promptCaching")}
				onChange={(promptCaching) => change({ promptCaching })}
			/>
			<DraftNumberField
				{...draftProps}
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
				{...draftProps}
				setting="temperature"
				label={t("answerSection.temperature")}
				limits={{ max: 1 }}
				example="0.5"
				applies={supported.temperature}
				reason={t(
					answerModel.model?.refusesSampling
						? "answerSection.noTemperature"
						: "answerSection.noTemperatureAtLevel",
					{ model: answerModel.name },
				)}
				storedNote={(temperature) => t("answerSection.temperatureKept", { temperature: count(temperature) })}
				hint={<p className="hint">{t("answerSection.temperatureHint")}</p>}
			/>
			<DraftNumberField
				{...draftProps}
				setting="idleLimitMinutes"
				label={t("answerSection.idleLimit")}
				limits={{ min: 1, max: MAX_IDLE_LIMIT_MINUTES }}
				example="7.5"
				hint={<p className="hint">{t("answerSection.idleLimitHint")}</p>}
			/>
		</CollapsibleSection>
	)
}

function usesThinkingBudget({ reasoning }: ProfileSettings, { model, isUnresolved }: AnswerModel): boolean {
	return reasoning !== "off" && (isUnresolved || (model !== undefined && thinkingRequest(model) === "budget"))
}

function budgetHint(settings: ProfileSettings, { model }: AnswerModel, { t, count }: Locale) {
	const { reasoning } = settings
	if (!model || reasoning === "off") return <p className="hint">{t("answerSection.budgetShare")}</p>
	const { budget, limit } = thinkingBudget(model, reasoning, settings)
	const numbers = { budget: count(budget), limit: count(limit) }
	if (budget >= limit) return <p className="warning">{t("answerSection.noRoom", numbers)}</p>
	const defaultBudget = thinkingBudget(model, reasoning, { maxTokens: settings.maxTokens }).budget
	return (
		<p className="hint">{t("answerSection.budgetHint", { budget: count(defaultBudget), limit: count(limit) })}</p>
	)
}

function maxTokensHint({ maxTokens }: ProfileSettings, { model, name }: AnswerModel, { t, count }: Locale) {
	const modelLimit = model?.maxOutputTokens ?? null
	if (modelLimit === null) return <p className="hint">{t("answerSection.maxTokensHint")}</p>
	if (maxTokens !== null && maxTokens > modelLimit)
		return <p className="warning">{t("answerSection.tooLong", { model: name, most: count(modelLimit) })}</p>
	return <p className="hint">{t("answerSection.maxTokensHintOf", { most: count(modelLimit) })}</p>
}
