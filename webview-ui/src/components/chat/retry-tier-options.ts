import { tierChoice, type SelectableTier } from "@bedrock-tiers/core"
import type { ProfileSettings } from "@bedrock-tiers/protocol"

/** The tier that a further request would ask for, and the others that the model is offered on. */
export type RetryTierOptions = { readonly tier: SelectableTier; readonly others: readonly SelectableTier[] }

export function retryTierOptions(settings: ProfileSettings): RetryTierOptions {
	const { serviceTier } = settings
	const choice = tierChoice(settings)
	const offered = choice.kind === "standard-only" ? [] : choice.options.map(({ tier }) => tier)
	// A tier that the model does not take is kept for later, and Standard is what serves.
	const served = offered.includes(serviceTier) ? serviceTier : "default"
	return { tier: serviceTier, others: offered.filter((tier) => tier !== served) }
}
