import { formatUsd, type ServedTier, shownTotal, type CostTotals } from "@bedrock-tiers/core"
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

/** Formats a cost. "$0.00" is shown only when nothing was spent, never for an unknown price. */
export function costText(totals: CostTotals, { t, language }: HostLocale): string {
	const shown = shownTotal(totals)
	if (shown.kind === "unknown") return t("not priced")
	const usd = formatUsd(shown.amount, language)
	return shown.kind === "exact" ? usd : t("at least {0}", usd)
}
