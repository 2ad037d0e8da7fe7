import type { ProfileSettings } from "@bedrock-tiers/protocol"
import type { BedrockHandlerOptions } from "./providers/bedrock/handler-options"

/**
 * Handler options that the host provides: the profile does not contain them or does not expose them to every caller.
 */
type HostProvided = "credentials" | "endpoint" | "proxy" | "pricing" | "applicationId"

const MS_PER_MINUTE = 60_000

/** Converts a profile's settings to handler options. A `null` setting becomes an absent option: the model's default. */
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
