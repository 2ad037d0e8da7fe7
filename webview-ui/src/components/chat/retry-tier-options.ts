import { effectiveTier, type SelectableTier } from "@bedrock-tiers/core"
import { profileTierChoice, type ProfileSettings } from "@bedrock-tiers/protocol"

/** Requested tier of a repeated request, and the other tiers that the model is offered on. */
export type RetryTierOptions = { readonly tier: SelectableTier; readonly others: readonly SelectableTier[] }

export function retryTierOptions(settings: ProfileSettings): RetryTierOptions {
	const { serviceTier } = settings
	const choice = profileTierChoice(settings, null)
	const used = effectiveTier(choice, serviceTier)
	return { tier: serviceTier, others: choice.options.map(({ tier }) => tier).filter((tier) => tier !== used) }
}
