import { formatUsd, markEstimate, type ShownAmount } from "@bedrock-tiers/core"
import type { HostLocale } from "../ports"

/** Formats a cost in USD. "$0.00" is shown only when nothing was spent, never for an unknown price. */
export function amountText(shown: ShownAmount, { t, language }: HostLocale): string {
	if (shown.kind === "unknown") return t("not priced")
	const usd = markEstimate(formatUsd(shown.amount, language), shown.isEstimated)
	return shown.kind === "exact" ? usd : t("at least {0}", usd)
}
