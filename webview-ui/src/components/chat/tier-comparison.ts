import { comparedTiers, shownCost, type UsageRecord, type RequestCost } from "@bedrock-tiers/core"
import type { Locale } from "../../locale"
import { usdTexts } from "./usage-badge-text"

export type ComparisonView = {
	readonly rows: readonly { readonly tier: string; readonly cost: string }[]
	/** Describes which prices the rows use. */
	readonly caption: string
}

/** Cost of a request's tokens on every tier of its model, as text; `null` when there are fewer than two tiers. */
export function tierComparison(request: UsageRecord, locale: Locale): ComparisonView | null {
	const { t, tier, percent } = locale
	const { discountPercent, billedTier } = request
	const compared = comparedTiers(request)
	if (compared.length < 2) return null
	const costs = usdTexts(
		compared.map(({ cost }) => shownCost(cost)),
		"compared",
		locale,
	)
	const served = compared.find((each) => each.tier === billedTier)
	const usesOtherPriceList =
		request.totalUsd !== null && served !== undefined && !sameUsd(served.cost, request.totalUsd)
	const caption =
		discountPercent > 0
			? t("comparison.listsDiscounted", { percent: percent(discountPercent) })
			: t("comparison.lists")
	return {
		rows: compared.map((each, index) => {
			const cost = costs[index] ?? ""
			return { tier: tier(each.tier), cost: each === served ? t("comparison.served", { cost }) : cost }
		}),
		// Recorded costs are never re-priced, so both prices can be visible on one page.
		caption: usesOtherPriceList ? `${caption} ${t("comparison.otherList")}` : caption,
	}
}

function sameUsd({ totalUsd }: RequestCost, recorded: number): boolean {
	return totalUsd !== null && Math.abs(totalUsd - recorded) <= 1e-9 * recorded
}
