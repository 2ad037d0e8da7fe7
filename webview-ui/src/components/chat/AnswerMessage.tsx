import type { ServiceTier } from "@bedrock-tiers/core"
import type { AnswerPart, AssistantMessage, FailureAction } from "@bedrock-tiers/protocol"
import { memo } from "react"
import { useWords } from "../../words"
import { FailedAttempts } from "./FailedAttempts"
import { FailureBlock } from "./FailureBlock"
import { ToolCallPart } from "./ToolCallPart"
import { UsageBadge } from "./UsageBadge"

type AnswerMessageProps = {
	readonly message: AssistantMessage
	/** What has come so far, while it streams; else the message's own. */
	readonly parts: readonly AnswerPart[]
	/** What the person is offered after its failure. */
	readonly actions: readonly FailureAction[]
}

/** Drawn again only when its own text changed: a delta must not redraw the whole chat. */
export const AnswerMessage = memo(function AnswerMessage({ message, parts, actions }: AnswerMessageProps) {
	const { t } = useWords()
	const { status, error, request, failedAttempts = [] } = message
	return (
		<article className="message answer" aria-label={t("chat.answer")} aria-busy={status === "streaming"}>
			<FailedAttempts attempts={failedAttempts} request={request} />
			{parts.map((part, index) => (
				// Parts only ever come at the end.
				<Part key={index} part={part} running={status === "streaming"} />
			))}
			{status === "streaming" && !parts.some(isAnswer) && <p className="caption">{t("chat.waiting")}</p>}
			{(status === "stopped" || status === "interrupted") && <p className="caption">{t(`chat.${status}`)}</p>}
			{status === "failed" && !error && <p className="answer-error">{t("chat.failed")}</p>}
			{error && <FailureBlock error={error} askedTier={askedTier(message)} actions={actions} />}
			{request && <UsageBadge request={request} />}
		</article>
	)
})

function Part({ part, running }: { readonly part: AnswerPart; readonly running: boolean }) {
	const { t } = useWords()
	switch (part.kind) {
		case "text":
			return part.text === "" ? null : <p className="prose">{part.text}</p>
		case "reasoning":
			// A model may sign a thought that it keeps to itself.
			return part.text === "" ? null : (
				<details className="reasoning">
					<summary>{t("chat.reasoning")}</summary>
					<p className="prose">{part.text}</p>
				</details>
			)
		case "redacted-reasoning":
			return <p className="caption">{t("chat.redactedReasoning")}</p>
		case "tool-call":
			return <ToolCallPart call={part} running={running} />
	}
}

function isAnswer({ kind }: AnswerPart): boolean {
	return kind === "text" || kind === "tool-call"
}

/** What the attempt asked for that ended the answer; undefined = not known, or nothing was sent. */
function askedTier({ failedAttempts, request }: AssistantMessage): ServiceTier | undefined {
	const last = failedAttempts?.at(-1)
	return last?.nextTier === null ? (last.sentTier ?? "default") : request?.requestedTier
}
