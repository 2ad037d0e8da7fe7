import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { BedrockHandlerOptions } from "./providers/bedrock/handler-options"

/** What a profile does not say of itself, or not to everybody. */
type HostProvided = "credentials" | "endpoint" | "pricing" | "applicationId"

const MS_PER_MINUTE = 60_000

/** The profile's settings in the handler's words: what is null here is absent there, which is the model's own. */
export function profileOptions(settings: ProfileSettings): Omit<BedrockHandlerOptions, HostProvided> {
	const { region, modelId, route, serviceTier, whenTierCannotServe, api, http, declaredModels } = settings
	const { reasoning, promptCaching, thinkingBudgetTokens, maxTokens, temperature, idleLimitMinutes } = settings
	return {
		region,
		modelId,
		route,
		serviceTier,
		whenTierCannotServe,
		api,
		http,
		declaredModels,
		reasoning,
		promptCaching,
		...(thinkingBudgetTokens === null ? {} : { thinkingBudgetTokens }),
		...(maxTokens === null ? {} : { maxTokens }),
		...(temperature === null ? {} : { temperature }),
		...(idleLimitMinutes === null ? {} : { idleLimitMs: idleLimitMinutes * MS_PER_MINUTE }),
	}
}
