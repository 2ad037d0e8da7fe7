import { onOneTier, shownTotal, type OnOneTier, type Pricing } from "@bedrock-tiers/core"
import type { ChatView } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import { taskRequests } from "../chat/task-usage"
import { totalCostText, usdTexts } from "../chat/usage-badge-text"

/**
 * What a chat would have cost on each tier, at the prices of the settings; `null` when there is nothing to compare. The
 * usage of the chat makes the same comparison with other prices. When its amounts differ, the caption says why.
 */
export function lastTask(chat: ChatView, pricing: Pricing, locale: Locale) {
	const { t } = locale
	const requests = taskRequests(chat)
	const rows = onOneTier(requests, pricing)
	if (rows.length === 0) return null
	const usageRows = onOneTier(requests)
	const caption = t("lastTask.caption", { count: requests.length, cost: totalCostText(chat.usage.total, locale) })
	const text = (row: OnOneTier | undefined) => row && totalCostText(row, locale)
	const isSame = usageRows.length === 0 || rows.every((row, index) => text(row) === text(usageRows[index]))
	const costs = usdTexts(rows.map(shownTotal), "compared", locale)
	return {
		rows: rows.map(({ tier }, index) => ({ tier: locale.tier(tier), cost: costs[index] ?? "" })),
		/** Says which requests are included, what they cost, and which prices the comparison uses. */
		caption: isSame ? caption : `${caption} ${t("lastTask.otherPrices")}`,
	}
}
