import { TASK_LIMIT_WARNING_SHARE, type TaskUsage } from "@bedrock-tiers/protocol"
import { useLocale } from "../../locale"

type TaskLimitProps = {
	readonly usage: TaskUsage
	/** USD; `null` when there is no limit. */
	readonly limitUsd: number | null
}

/** Shows how much of the task's limit is used, from `TASK_LIMIT_WARNING_SHARE` on. */
export function TaskLimit({ usage: { total }, limitUsd }: TaskLimitProps) {
	const { t, usd, percent } = useLocale()
	if (limitUsd === null) return null
	// 0.0012 of 0.0015 is 80% in decimal, but slightly less in binary floating point.
	const used = Math.floor((total.knownUsd / limitUsd) * 100 + 1e-9)
	if (used < TASK_LIMIT_WARNING_SHARE * 100) return null
	const isReached = total.knownUsd >= limitUsd
	const values = { limit: usd(limitUsd), percent: percent(used) }
	return (
		<p className="warning" role="status">
			{isReached ? t("taskLimit.reached", values) : t("taskLimit.near", values)}
			{total.unpricedRequests > 0 && ` ${t("taskLimit.unpriced")}`}
		</p>
	)
}
