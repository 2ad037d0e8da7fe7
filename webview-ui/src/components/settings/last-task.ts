import {
	compareTiers,
	SELECTABLE_TIERS,
	type Pricing,
	type RecordedRequest,
	type TierComparison,
} from "@bedrock-tiers/core"
import type { ChatView } from "@bedrock-tiers/protocol"
import type { Words } from "../../words"
import { totalCostText } from "../chat/usage-badge-text"

export type LastTaskView = {
	readonly rows: readonly { readonly tier: string; readonly cost: string }[]
	/** Which requests these are, what they did cost, and by which prices this is. */
	readonly caption: string
}

/**
 * What the answers of a chat would have cost on each tier, at the prices that hold now. A request of a model that does not
 * take the tier counts as Standard, which is where it would have run. Null where there is nothing to compare.
 */
export function lastTask({ messages, usage }: ChatView, pricing: Pricing, words: Words): LastTaskView | null {
	const requests = messages.flatMap((message) =>
		message.role === "assistant" && message.request ? [message.request] : [],
	)
	const compared = requests.map((request) => compareOne(request, pricing))
	const tiers = SELECTABLE_TIERS.filter((tier) => compared.some((each) => each.some((one) => one.tier === tier)))
	if (tiers.length < 2) return null
	const rows = tiers.map((tier) => ({ tier: words.tier(tier), cost: sumText(compared, tier, words) }))
	const { t } = words
	const caption = [
		t("lastTask.caption", { count: requests.length, cost: totalCostText(sumOf(requests), words) }),
		...(usage.background.requests > 0 ? [t("lastTask.withoutBackground")] : []),
	]
	return { rows, caption: caption.join(" ") }
}

/** Empty = its usage is not known. */
function compareOne(request: RecordedRequest, pricing: Pricing): TierComparison[] {
	const { usage } = request
	return usage === null ? [] : compareTiers({ ...request, usage, api: "converse" }, pricing)
}

function sumText(compared: readonly TierComparison[][], tier: string, words: Words): string {
	const costs = compared.map((each) => (each.find((one) => one.tier === tier) ?? each[0])?.cost)
	const known = costs.reduce((sum, cost) => sum + (cost?.knownUsd ?? 0), 0)
	const unpricedRequests = costs.filter((cost) => cost?.totalUsd == null).length
	return totalCostText({ ...NO_TOKENS, requests: costs.length, knownUsd: known, unpricedRequests }, words)
}

function sumOf(requests: readonly RecordedRequest[]) {
	return {
		...NO_TOKENS,
		requests: requests.length,
		knownUsd: requests.reduce((sum, { knownUsd }) => sum + knownUsd, 0),
		unpricedRequests: requests.filter(({ totalUsd }) => totalUsd === null).length,
	}
}

const NO_TOKENS = { tokens: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 } }
