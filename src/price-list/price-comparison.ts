import type { PriceCard, PriceField, Route } from "@bedrock-tiers/core"
import type { NotTaken } from "./to-price-rows"

/** Which row of the catalog. */
export type RowIdentity = {
	readonly modelId: string
	readonly route: Route
	/** "*" = all from which the route exists. */
	readonly region: string
	readonly tier: string
	readonly fromPromptTokens: number
}

export type PriceChange = RowIdentity & {
	readonly field: PriceField
	/**
	 * `changed`: another price than the catalog's. `first-price`: the catalog had none. `now-printed`: the same price,
	 * which the catalog had derived. `follows`: a derived price whose base changed.
	 */
	readonly kind: "changed" | "first-price" | "now-printed" | "follows"
	/** USD per million tokens. */
	readonly oldUsdPerMTok: number | null
	readonly newUsdPerMTok: number
	/** Of the old price; null where there was none, or where it was zero. */
	readonly percent: number | null
}

/** A Flex or Priority price that is not half or 1.75 times its own base. */
export type OffRule = RowIdentity & {
	readonly field: PriceField
	readonly usdPerMTok: number
	readonly expectedUsdPerMTok: number
}

/** What a price list would change in the catalog. Plain data. */
export type PriceComparison = {
	readonly changes: readonly PriceChange[]
	/** The catalog's rows as they would be: only those that change. */
	readonly updatedRows: readonly PriceCard[]
	/** Rows that the catalog does not have. */
	readonly newRows: readonly PriceCard[]
	/** Rows whose price was from the price list, and that it no longer has. They are shown, never removed. */
	readonly goneRows: readonly RowIdentity[]
	readonly offRule: readonly OffRule[]
	/** Prices that the list prints as the catalog has them. */
	readonly confirmed: number
	readonly notTaken: readonly NotTaken[]
}
