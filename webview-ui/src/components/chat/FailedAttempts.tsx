import type { UsageRecord, ServiceTier } from "@bedrock-tiers/core"
import type { FailedAttempt } from "@bedrock-tiers/protocol"
import { useLocale, type Locale } from "../../locale"
import { failureTitle } from "./failure-title"

type FailedAttemptsProps = {
	readonly attempts: readonly FailedAttempt[]
	/** The request that was accepted after them; `null` when there was none. */
	readonly request: UsageRecord | null
}

/** Attempts before this answer, and a tier that was not tried again. The `FailureBlock` shows the last failure. */
export function FailedAttempts({ attempts, request }: FailedAttemptsProps) {
	const locale = useLocale()
	const followedAttempts = attempts.flatMap((attempt) =>
		attempt.nextTier === null
			? []
			: [{ title: locale.details(attempt.details), text: attemptMessage(attempt, attempt.nextTier, locale) }],
	)
	const refusedInThisAnswer = attempts.some(({ code }) => code === "tier-refused")
	const skippedTier = request?.notSentReason === "tier-refused" && !refusedInThisAnswer ? request.requestedTier : null
	if (followedAttempts.length === 0 && skippedTier === null) return null
	return (
		<ul className="attempts" aria-label={locale.t("attempt.list")}>
			{followedAttempts.map(({ title, text }, index) => (
				<li key={index} className="caption" title={title}>
					{text}
				</li>
			))}
			{skippedTier && (
				<li className="caption">{locale.t("attempt.knownRefusal", { tier: locale.tier(skippedTier) })}</li>
			)}
		</ul>
	)
}

function attemptMessage({ code, sentTier, waitMs }: FailedAttempt, nextTier: ServiceTier, locale: Locale): string {
	const attemptedTier = sentTier ?? "default"
	const nextStep =
		nextTier === attemptedTier
			? locale.t("attempt.again", { count: Math.max(1, Math.round(waitMs / 1000)) })
			: locale.t("attempt.onTier", { tier: locale.tier(nextTier) })
	return `${failureTitle(code, attemptedTier, locale)} ${nextStep}`
}
