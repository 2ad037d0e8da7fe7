import type { Route } from "../models/route"
import type { ServiceTier } from "../tiers/service-tier"

/** Token kinds that have their own price. */
export const PRICE_FIELDS = ["input", "output", "cacheRead", "cacheWrite", "cacheWrite1h"] as const
export type PriceField = (typeof PRICE_FIELDS)[number]

/** USD per million tokens by kind; `null` when no price published by AWS is known. */
export type UnitPrices = {
	readonly inputUsdPerMTok: number | null
	readonly outputUsdPerMTok: number | null
	readonly cacheReadUsdPerMTok: number | null
	/** Cache writes with the model's default TTL: 5 minutes, or 30 minutes for models with that TTL. */
	readonly cacheWriteUsdPerMTok: number | null
	/** Cache writes with a 1-hour TTL, for models that support it. */
	readonly cacheWrite1hUsdPerMTok: number | null
}

/** One row of prices. */
export type PriceCard = UnitPrices & {
	readonly modelId: string
	/** Region whose endpoint is called; "*" for every region from which the route exists. */
	readonly region: string
	readonly route: Route
	readonly tier: ServiceTier
	/** Lower bound of the context band, inclusive: input, cache reads and cache writes together. */
	readonly fromPromptTokens: number
	/** Upper bound of the context band, exclusive; `null` when there is no upper bound. */
	readonly belowPromptTokens: number | null
	/** Key of the catalog's `sources`. */
	readonly source: string
	/** ISO date on which the source listed these prices. */
	readonly checkedOn: string
	/** Prices that AWS did not print, computed from the row's own base (Flex 0.5, Priority 1.75, cache rules). */
	readonly derived: readonly PriceField[]
}

/** Whether the row's context band includes a prompt of this many tokens. */
export function isInBand({ fromPromptTokens, belowPromptTokens }: PriceCard, promptTokens: number): boolean {
	return promptTokens >= fromPromptTokens && (belowPromptTokens === null || promptTokens < belowPromptTokens)
}
