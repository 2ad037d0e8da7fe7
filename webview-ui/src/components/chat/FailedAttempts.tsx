import type { FailedAttempt } from "@bedrock-tiers/protocol"
import { useWords, type Words } from "../../words"

/** What was tried before this answer: refused by Bedrock, so not billed. */
export function FailedAttempts({ attempts }: { readonly attempts: readonly FailedAttempt[] }) {
	const words = useWords()
	return (
		<ul className="attempts" aria-label={words.t("attempt.list")}>
			{attempts.map((attempt, index) => (
				<li key={index} className="caption" title={attempt.message}>
					{attemptInWords(attempt, words)}
				</li>
			))}
		</ul>
	)
}

function attemptInWords({ code, sentTier, nextTier, waitMs }: FailedAttempt, words: Words): string {
	const { t } = words
	const asked = words.tier(sentTier ?? "default")
	const why =
		code === "tier-refused"
			? t("attempt.tierRefused", { tier: asked })
			: code === "capacity-refused"
				? t("attempt.noRoom", { tier: asked })
				: t("attempt.throttled")
	const next =
		nextTier === (sentTier ?? "default")
			? t("attempt.again", { count: Math.max(1, Math.round(waitMs / 1000)) })
			: t("attempt.onTier", { tier: words.tier(nextTier) })
	return `${why} ${next}`
}
