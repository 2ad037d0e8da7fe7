import type { ServiceTier } from "@bedrock-tiers/core"
import type { AssistantMessage, FailureAction } from "@bedrock-tiers/protocol"
import { memo } from "react"
import { useWords } from "../../words"
import { FailedAttempts } from "./FailedAttempts"
import { FailureBlock } from "./FailureBlock"
import { UsageBadge } from "./UsageBadge"

type AnswerMessageProps = {
	readonly message: AssistantMessage
	/** What has come so far, while it streams; else the message's own. */
	readonly text: string
	readonly reasoning: string
	/** What the person is offered after its failure. */
	readonly actions: readonly FailureAction[]
}

/** Drawn again only when its own text changed: a delta must not redraw the whole chat. */
export const AnswerMessage = memo(function AnswerMessage({ message, text, reasoning, actions }: AnswerMessageProps) {
	const { t } = useWords()
	const { status, error, request, failedAttempts = [] } = message
	return (
		<article className="message answer" aria-label={t("chat.answer")} aria-busy={status === "streaming"}>
			<FailedAttempts attempts={failedAttempts} request={request} />
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
			{error && <FailureBlock error={error} askedTier={askedTier(message)} actions={actions} />}
			{request && <UsageBadge request={request} />}
		</article>
	)
})

/** What the attempt asked for that ended the answer; undefined = not known, or nothing was sent. */
function askedTier({ failedAttempts, request }: AssistantMessage): ServiceTier | undefined {
	const last = failedAttempts?.at(-1)
	return last?.nextTier === null ? (last.sentTier ?? "default") : request?.requestedTier
}
