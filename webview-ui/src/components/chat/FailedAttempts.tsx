import type { UsageRecord, ServiceTier } from "@bedrock-tiers/core"
import type { FailedAttempt } from "@bedrock-tiers/protocol"
import { useWords, type Words } from "../../words"
import { failureTitle } from "./failure-title"

type FailedAttemptsProps = {
	readonly attempts: readonly FailedAttempt[]
	/** The one that came of it; null = none. */
	readonly request: UsageRecord | null
}

/** What was tried before this answer, and what was not tried any more. The last failure of all is the answer's own. */
export function FailedAttempts({ attempts, request }: FailedAttemptsProps) {
	const words = useWords()
	const followed = attempts.flatMap((attempt) =>
		attempt.nextTier === null
			? []
			: [{ title: attempt.message, text: attemptMessage(attempt, attempt.nextTier, words) }],
	)
	const refusedNow = attempts.some(({ code }) => code === "tier-refused")
	const notTried = request?.notSentReason === "tier-refused" && !refusedNow ? request.requestedTier : null
	if (followed.length === 0 && notTried === null) return null
	return (
		<ul className="attempts" aria-label={words.t("attempt.list")}>
			{followed.map(({ title, text }, index) => (
				<li key={index} className="caption" title={title}>
					{text}
				</li>
			))}
			{notTried && <li className="caption">{words.t("attempt.knownRefusal", { tier: words.tier(notTried) })}</li>}
		</ul>
	)
}

function attemptMessage({ code, sentTier, waitMs }: FailedAttempt, nextTier: ServiceTier, words: Words): string {
	const asked = sentTier ?? "default"
	const next =
		nextTier === asked
			? words.t("attempt.again", { count: Math.max(1, Math.round(waitMs / 1000)) })
			: words.t("attempt.onTier", { tier: words.tier(nextTier) })
	return `${failureTitle(code, asked, words)} ${next}`
}
