import { onOneTier, type OnOneTier, type Pricing } from "@bedrock-tiers/core"
import type { ChatView } from "@bedrock-tiers/protocol"
import type { Locale } from "../../locale"
import { taskRequests } from "../chat/task-usage"
import { totalCostText } from "../chat/usage-badge-text"

export type LastTaskView = {
	readonly rows: readonly { readonly tier: string; readonly cost: string }[]
	/** Says which requests are included, what they cost, and which prices the comparison uses. */
	readonly caption: string
}

/**
 * What a chat would have cost on each tier, at the prices of the settings; `null` when there is nothing to compare. The
 * usage of the chat makes the same comparison with other prices. When its amounts differ, the caption says why.
 */
export function lastTask(chat: ChatView, pricing: Pricing, locale: Locale): LastTaskView | null {
	const { t } = locale
	const requests = taskRequests(chat)
	const rows = costRows(onOneTier(requests, pricing), locale)
	if (rows.length === 0) return null
	const usageRows = costRows(onOneTier(requests), locale)
	const caption = t("lastTask.caption", { count: requests.length, cost: totalCostText(chat.usage.total, locale) })
	const isSame = usageRows.length === 0 || rows.every(({ cost }, index) => cost === usageRows[index]?.cost)
	return { rows, caption: isSame ? caption : `${caption} ${t("lastTask.otherPrices")}` }
}

function costRows(rows: readonly OnOneTier[], locale: Locale): LastTaskView["rows"] {
	return rows.map((row) => ({ tier: locale.tier(row.tier), cost: totalCostText(row, locale) }))
}
