import type { Route } from "../models/route"
import type { ServiceTier } from "../tiers/service-tier"

/** The kinds of tokens that have a price of their own. */
export const PRICE_FIELDS = ["input", "output", "cacheRead", "cacheWrite", "cacheWrite1h"] as const
export type PriceField = (typeof PRICE_FIELDS)[number]

/** USD per million tokens by kind; null = AWS publishes none that we know of. */
export type UnitPrices = {
	readonly inputUsdPerMTok: number | null
	readonly outputUsdPerMTok: number | null
	readonly cacheReadUsdPerMTok: number | null
	/** Written for the model's ordinary lifetime: 5 minutes, or 30 where the model caches so. */
	readonly cacheWriteUsdPerMTok: number | null
	/** Written for an hour, where the model can. */
	readonly cacheWrite1hUsdPerMTok: number | null
}

/** One row of prices. */
export type PriceCard = UnitPrices & {
	readonly modelId: string
	/** The region whose endpoint is called; "*" = any from which the route exists. */
	readonly region: string
	readonly route: Route
	readonly tier: ServiceTier
	/** The row holds for prompts of at least this many tokens (input, cache reads and cache writes together) … */
	readonly fromPromptTokens: number
	/** … and of fewer than this; null = no upper end. */
	readonly belowPromptTokens: number | null
	/** Key of the catalog's sources. */
	readonly source: string
	/** ISO date on which the source said so. */
	readonly checkedOn: string
	/** Fields that AWS did not print: computed from the row's own base (Flex 0.5, Priority 1.75, cache rules). */
	readonly derived: readonly PriceField[]
}

/** Whether the row's context band holds for a prompt of so many tokens. */
export function isInBand({ fromPromptTokens, belowPromptTokens }: PriceCard, promptTokens: number): boolean {
	return promptTokens >= fromPromptTokens && (belowPromptTokens === null || promptTokens < belowPromptTokens)
}
