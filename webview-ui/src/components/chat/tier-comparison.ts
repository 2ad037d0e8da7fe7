import { comparedTiers, type UsageRecord, type RequestCost } from "@bedrock-tiers/core"
import type { Locale } from "../../locale"

export type ComparisonRow = { readonly tier: string; readonly cost: string }

export type ComparisonView = {
	readonly rows: readonly ComparisonRow[]
	/** Which prices these are. */
	readonly caption: string
}

/** What a request's tokens cost on every tier of its model, in words; null where there are no two tiers to compare. */
export function tierComparison(request: UsageRecord, locale: Locale): ComparisonView | null {
	const { t, tier, percent } = locale
	const { discountPercent, billedTier } = request
	const compared = comparedTiers(request)
	if (compared.length < 2) return null
	const served = compared.find((each) => each.tier === billedTier)
	const otherList = request.totalUsd !== null && served !== undefined && !sameUsd(served.cost, request.totalUsd)
	const caption =
		discountPercent > 0
			? t("comparison.listsDiscounted", { percent: percent(discountPercent) })
			: t("comparison.lists")
	return {
		rows: compared.map((each) => {
			const cost = costText(each.cost, locale)
			return { tier: tier(each.tier), cost: each === served ? t("comparison.served", { cost }) : cost }
		}),
		// What was recorded stays as it was, so that both may be seen on one page.
		caption: otherList ? `${caption} ${t("comparison.otherList")}` : caption,
	}
}

function sameUsd({ totalUsd }: RequestCost, recorded: number): boolean {
	return totalUsd !== null && Math.abs(totalUsd - recorded) <= 1e-9 * recorded
}

function costText({ totalUsd, knownUsd }: RequestCost, { t, usd }: Locale): string {
	if (totalUsd !== null) return usd(totalUsd)
	return knownUsd > 0 ? t("cost.atLeast", { usd: usd(knownUsd) }) : t("cost.notPriced")
}
