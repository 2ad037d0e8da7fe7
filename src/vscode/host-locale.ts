import { formatUnitPrice, formatUsd, type ServedTier, type Translate, type UsageTotals } from "@bedrock-tiers/core"

/** What VS Code's own parts (status bar, quick picks) say, in one language. */
export type HostLocale = {
	readonly t: Translate
	/** Of the words that are there: numbers must not speak another language. */
	readonly language: string
}

/** A tier that we do not know is shown as AWS wrote it. */
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

/** "$0.00" only when nothing was spent. */
export function costText({ knownUsd, unpricedRequests }: UsageTotals, { t, language }: HostLocale): string {
	const usd = formatUsd(knownUsd, language)
	if (unpricedRequests === 0) return usd
	return knownUsd > 0 ? t("at least {0}", usd) : t("not priced")
}

export function unitPrice(usdPerMTok: number | null, { t, language }: HostLocale): string {
	return usdPerMTok === null ? t("not known") : formatUnitPrice(usdPerMTok, language)
}
