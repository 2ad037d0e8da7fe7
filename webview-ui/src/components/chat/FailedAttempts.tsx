import type { UsageRecord, ServiceTier } from "@bedrock-tiers/core"
import type { FailedAttempt } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { failureTitle } from "./failure-title"

type FailedAttemptsProps = {
	readonly attempts: readonly FailedAttempt[]
	/** The one that came of it; null = none. */
	readonly request: UsageRecord | null
}

/** What was tried before this answer, and what was not tried any more. The last failure of all is the answer's own. */
export function FailedAttempts({ attempts, request }: FailedAttemptsProps) {
	const locale = useLocale()
	const followed = attempts.flatMap((attempt) =>
		attempt.nextTier === null
			? []
			: [{ title: attempt.message, text: attemptMessage(attempt, attempt.nextTier, locale) }],
	)
	const refusedNow = attempts.some(({ code }) => code === "tier-refused")
	const notTried = request?.notSentReason === "tier-refused" && !refusedNow ? request.requestedTier : null
	if (followed.length === 0 && notTried === null) return null
	return (
		<ul className="attempts" aria-label={locale.t("attempt.list")}>
			{followed.map(({ title, text }, index) => (
				<li key={index} className="caption" title={title}>
					{text}
				</li>
			))}
			{notTried && (
				<li className="caption">{locale.t("attempt.knownRefusal", { tier: locale.tier(notTried) })}</li>
			)}
		</ul>
	)
}

function attemptMessage({ code, sentTier, waitMs }: FailedAttempt, nextTier: ServiceTier, locale: Locale): string {
	const asked = sentTier ?? "default"
	const next =
		nextTier === asked
			? locale.t("attempt.again", { count: Math.max(1, Math.round(waitMs / 1000)) })
			: locale.t("attempt.onTier", { tier: locale.tier(nextTier) })
	return `${failureTitle(code, asked, locale)} ${next}`
}
