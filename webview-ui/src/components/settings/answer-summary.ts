import { takenParameters, thinkingRequest } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import type { AnswerModel } from "./answer-model"

/** Short texts of the settings that the user changed and that apply to the model. Other stored settings are omitted. */
export function answerSummary(
	settings: ProfileSettings,
	{ model, isUnresolved }: AnswerModel,
	{ t, count }: Locale,
): string[] {
	const { reasoning, promptCaching, maxTokens, temperature, idleLimitMinutes } = settings
	const supported = takenParameters(model, reasoning)
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
