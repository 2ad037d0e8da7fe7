import type { AssistantMessage } from "@bedrock-tiers/protocol"
import { memo } from "react"
import { useWords } from "../../words"
import { Button } from "../ui/Button"
import { FailedAttempts } from "./FailedAttempts"
import { UsageBadge } from "./UsageBadge"

type AnswerMessageProps = {
	readonly message: AssistantMessage
	/** What has come so far, while it streams; else the message's own. */
	readonly text: string
	readonly reasoning: string
	/** Asks again on Standard; null = there is no sense in it. */
	readonly onRetryOnStandard: (() => void) | null
}

/** Drawn again only when its own text changed: a delta must not redraw the whole chat. */
export const AnswerMessage = memo(function AnswerMessage({
	message,
	text,
	reasoning,
	onRetryOnStandard,
}: AnswerMessageProps) {
	const { t } = useWords()
	const { status, error, request, failedAttempts = [] } = message
	return (
		<article className="message answer" aria-label={t("chat.answer")} aria-busy={status === "streaming"}>
			{failedAttempts.length > 0 && <FailedAttempts attempts={failedAttempts} />}
			{reasoning !== "" && (
				<details className="reasoning">
					<summary>{t("chat.reasoning")}</summary>
					<p className="prose">{reasoning}</p>
				</details>
			)}
			{text !== "" && <p className="prose">{text}</p>}
			{status === "streaming" && text === "" && <p className="caption">{t("chat.waiting")}</p>}
			{(status === "stopped" || status === "interrupted") && <p className="caption">{t(`chat.${status}`)}</p>}
			{status === "failed" && !error && <p className="answer-error">{t("chat.failed")}</p>}
			{error && (
				<div className="answer-error" role="alert">
					<p>{error.message}</p>
					<p className="caption">{t("chat.errorCode", { code: error.code })}</p>
					{onRetryOnStandard && <Button onClick={onRetryOnStandard}>{t("chat.retryOnStandard")}</Button>}
				</div>
			)}
			{request && <UsageBadge request={request} />}
		</article>
	)
})
