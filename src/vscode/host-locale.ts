import { type ServedTier, shownTotal, type CostTotals } from "@bedrock-tiers/core"
import { amountText } from "../app/history/amount-text"
import type { HostLocale } from "../app/ports"

/** Label of a tier. An unknown tier is shown as AWS reported it. */
export function tierName(tier: ServedTier, { t }: HostLocale): string {
	switch (tier) {
		case "default":
			return t("Standard")
		case "flex":
			return t("Flex")
		case "priority":
			return t("Priority")
		case "reserved":
			return t("Reserved")
		default:
			return tier
	}
}

/** Formats the cost of several requests. */
export function costText(totals: CostTotals, locale: HostLocale): string {
	return amountText(shownTotal(totals), locale)
}
