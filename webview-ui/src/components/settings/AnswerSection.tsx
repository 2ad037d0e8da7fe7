import { MIN_THINKING_BUDGET, takenParameters, thinkingBudget, thinkingRequest } from "@bedrock-tiers/core"
import { MAX_IDLE_LIMIT_MINUTES, type ProfileSettings } from "@bedrock-tiers/protocol"
import { isUnread } from "../../state/settings-draft"
import { useLocale, type Locale } from "../../locale"
import { FoldedSection } from "../ui/FoldedSection"
import { answerModel, type AnswerModel } from "./answer-model"
import { answerSummary } from "./answer-summary"
import { CachingField } from "./CachingField"
import { DraftNumberField, type DraftProps } from "./DraftNumberField"
import { ThinkingField } from "./ThinkingField"

/** Above what any model can answer: a number above it is most likely a slip. */
const MAX_TOKENS = 1_000_000
const TOKENS = { min: 1, max: MAX_TOKENS, whole: true } as const
const BUDGET = { min: MIN_THINKING_BUDGET, max: MAX_TOKENS, whole: true } as const
const NUMBERS = ["thinkingBudgetTokens", "maxTokens", "temperature", "idleLimitMinutes"] as const

type AnswerSectionProps = DraftProps & { readonly open: boolean; readonly onOpen: (open: boolean) => void }

/** How the model answers. Each field is there where it means something for the model. */
export function AnswerSection({ open, onOpen, ...draftProps }: AnswerSectionProps) {
	const locale = useLocale()
	const { t, count } = locale
	const { draft, error, onEdit } = draftProps
	const settings = draft.edited
	const answering = answerModel(settings)
	const taken = takenParameters(answering.model, settings.reasoning)
	const wrong = isUnread(draft, ...NUMBERS.map((setting) => `settings.${setting}`))
	const change = (part: Partial<ProfileSettings>) =>
		onEdit((before) => ({ ...before, edited: { ...before.edited, ...part } }))
	return (
		<FoldedSection
			title={t("answerSection.title")}
			summary={[...answerSummary(settings, answering, locale), ...(wrong ? [t("section.wrong")] : [])]}
			open={open}
			onOpen={onOpen}>
			{answering.toBeNamed && <p className="hint">{t("answerSection.toBeNamed")}</p>}
			<ThinkingField
				answering={answering}
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
				applies={thinksByBudget(settings, answering)}
				kept={(tokens) => t("answerSection.budgetKept", { tokens: count(tokens) })}
				hint={budgetHint(settings, answering, locale)}
			/>
			<CachingField
				answering={answering}
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
				applies={taken.maxTokens}
				instead={t("answerSection.noLimit", { model: answering.name })}
				kept={(tokens) => t("answerSection.maxTokensKept", { tokens: count(tokens) })}
				hint={maxTokensHint(settings, answering, locale)}
			/>
			<DraftNumberField
				{...draftProps}
				setting="temperature"
				label={t("answerSection.temperature")}
				limits={{ max: 1 }}
				example="0.5"
				applies={taken.temperature}
				instead={t(
					answering.model?.refusesSampling
						? "answerSection.noTemperature"
						: "answerSection.noTemperatureAtLevel",
					{ model: answering.name },
				)}
				kept={(temperature) => t("answerSection.temperatureKept", { temperature: count(temperature) })}
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
		</FoldedSection>
	)
}

function thinksByBudget({ reasoning }: ProfileSettings, { model, toBeNamed }: AnswerModel): boolean {
	return reasoning !== "off" && (toBeNamed || (model !== undefined && thinkingRequest(model) === "budget"))
}

function budgetHint(settings: ProfileSettings, { model }: AnswerModel, { t, count }: Locale) {
	const { reasoning } = settings
	if (!model || reasoning === "off") return <p className="hint">{t("answerSection.budgetShare")}</p>
	const { budget, limit } = thinkingBudget(model, reasoning, settings)
	const numbers = { budget: count(budget), limit: count(limit) }
	if (budget >= limit) return <p className="warning">{t("answerSection.noRoom", numbers)}</p>
	const own = thinkingBudget(model, reasoning, { maxTokens: settings.maxTokens }).budget
	return <p className="hint">{t("answerSection.budgetHint", { budget: count(own), limit: count(limit) })}</p>
}

function maxTokensHint({ maxTokens }: ProfileSettings, { model, name }: AnswerModel, { t, count }: Locale) {
	const most = model?.maxOutputTokens ?? null
	if (most === null) return <p className="hint">{t("answerSection.maxTokensHint")}</p>
	if (maxTokens !== null && maxTokens > most)
		return <p className="warning">{t("answerSection.tooLong", { model: name, most: count(most) })}</p>
	return <p className="hint">{t("answerSection.maxTokensHintOf", { most: count(most) })}</p>
}
