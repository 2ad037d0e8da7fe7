import { formatUsd, type UsageTotals, t } from "@bedrock-tiers/core"
import { ProviderFailure } from "../../api/index"

/**
 * Throws a `task-limit` failure when what is known of a task's cost has reached its limit: nothing is sent then.
 * @param limitUsd null = there is none
 */
export function checkLimit({ knownUsd, unpricedRequests }: UsageTotals, limitUsd: number | null): void {
	if (limitUsd === null || knownUsd < limitUsd) return
	const usd = formatUsd(knownUsd)
	const spent = unpricedRequests > 0 ? t("at least {0}", usd) : usd
	throw new ProviderFailure(
		"task-limit",
		t("This task has cost {0}, and its limit is {1}. Nothing was sent.", spent, formatUsd(limitUsd)),
	)
}
