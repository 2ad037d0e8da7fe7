import { tierChoice, type SelectableTier } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"

/** Requested tier of a repeated request, and the other tiers that the model is offered on. */
export type RetryTierOptions = { readonly tier: SelectableTier; readonly others: readonly SelectableTier[] }

export function retryTierOptions(settings: ProfileSettings): RetryTierOptions {
	const { serviceTier } = settings
	const choice = tierChoice(settings)
	const offered = choice.kind === "standard-only" ? [] : choice.options.map(({ tier }) => tier)
	// A tier that the model does not support stays in the settings, and Standard is used instead.
	const effectiveTier = offered.includes(serviceTier) ? serviceTier : "default"
	return { tier: serviceTier, others: offered.filter((tier) => tier !== effectiveTier) }
}
