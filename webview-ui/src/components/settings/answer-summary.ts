import { takenParameters, thinkingRequest } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import type { AnswerModel } from "./answer-model"

/** What the person set and what is in force for the model, in a few words each. What is only kept is left out. */
export function answerSummary(
	settings: ProfileSettings,
	{ model, toBeNamed }: AnswerModel,
	{ t, count }: Locale,
): string[] {
	const { reasoning, promptCaching, maxTokens, temperature, idleLimitMinutes } = settings
	const taken = takenParameters(model, reasoning)
	const thinks = toBeNamed || (model !== undefined && thinkingRequest(model) !== null)
	const caching = model?.promptCaching
	const caches = toBeNamed || (caching && (promptCaching !== "1h" || caching.lifetimes.includes("1h")))
	return [
		...(reasoning !== "off" && thinks ? [t(`answerSummary.thinking-${reasoning}`)] : []),
		...(promptCaching !== "5m" && caches ? [t(`answerSummary.caching-${promptCaching}`)] : []),
		...(maxTokens !== null && taken.maxTokens ? [t("answerSummary.maxTokens", { tokens: count(maxTokens) })] : []),
		...(temperature !== null && taken.temperature
			? [t("answerSummary.temperature", { temperature: count(temperature) })]
			: []),
		...(idleLimitMinutes !== null ? [t("answerSummary.idleLimit", { minutes: count(idleLimitMinutes) })] : []),
	]
}
