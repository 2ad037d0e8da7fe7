import type { PriceCard, PriceField } from "@bedrock-tiers/core"
import type { SkippedPrice } from "./to-price-rows"

/** Identifies a row of the catalog. */
export type RowIdentity = Pick<PriceCard, "modelId" | "route" | "region" | "tier" | "fromPromptTokens">

export type PriceChange = RowIdentity & {
	readonly field: PriceField
	/**
	 * `changed`: differs from the catalog's price. `first-price`: the catalog had no price. `now-printed`: equals the
	 * price that the catalog had derived. `follows`: a derived price whose base changed.
	 */
	readonly kind: "changed" | "first-price" | "now-printed" | "follows"
	/** USD per million tokens; `null` when the catalog had no price. */
	readonly oldUsdPerMTok: number | null
	readonly newUsdPerMTok: number
	/** Change relative to the old price; `null` when the old price is missing or zero. */
	readonly percent: number | null
}

/** A Flex or Priority price that is not half or 1.75 times its own base. */
export type OffRule = RowIdentity & {
	readonly field: PriceField
	readonly usdPerMTok: number
	readonly expectedUsdPerMTok: number
}

/** The changes that a price list would make to the catalog. Plain data. */
export type PriceComparison = {
	readonly changes: readonly PriceChange[]
	/** New content of the catalog's rows that change. */
	readonly updatedRows: readonly PriceCard[]
	/** Rows that the catalog does not have. */
	readonly newRows: readonly PriceCard[]
	/** Rows whose prices came from a price list but are no longer in it. They are reported, never removed. */
	readonly goneRows: readonly RowIdentity[]
	readonly offRule: readonly OffRule[]
	/** Number of prices in the list that equal the catalog's. */
	readonly confirmed: number
	readonly skipped: readonly SkippedPrice[]
}
