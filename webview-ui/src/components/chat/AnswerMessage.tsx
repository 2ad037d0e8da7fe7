import type { AssistantMessage } from "@bedrock-tiers/protocol"
import { memo } from "react"
import { useWords } from "../../words"
import { UsageBadge } from "./UsageBadge"

type AnswerMessageProps = {
	readonly message: AssistantMessage
	/** What has come so far, while it streams; else the message's own. */
	readonly text: string
	readonly reasoning: string
}

/** Drawn again only when its own text changed: a delta must not redraw the whole chat. */
export const AnswerMessage = memo(function AnswerMessage({ message, text, reasoning }: AnswerMessageProps) {
	const { t } = useWords()
	const { status, error, request } = message
	return (
		<article className="message answer" aria-label={t("chat.answer")} aria-busy={status === "streaming"}>
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
				</div>
			)}
			{request && <UsageBadge request={request} />}
		</article>
	)
})
