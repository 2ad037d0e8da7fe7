import { formatUsd, type UsageTotals } from "@bedrock-tiers/core"
import { ProviderFailure } from "../api"

/**
 * Throws a `task-limit` failure when what is known of a task's cost has reached its limit: nothing is sent then.
 * @param limitUsd null = there is none
 */
export function checkLimit({ knownUsd, unpricedRequests }: UsageTotals, limitUsd: number | null): void {
	if (limitUsd === null || knownUsd < limitUsd) return
	const spent = `${unpricedRequests > 0 ? "at least " : ""}${formatUsd(knownUsd)}`
	throw new ProviderFailure(
		"task-limit",
		`This task has cost ${spent}, and its limit is ${formatUsd(limitUsd)}. Nothing was sent.`,
	)
}
