import type { ServiceTier } from "@bedrock-tiers/core"
import type { AnswerPart, AssistantMessage, FailureAction } from "@bedrock-tiers/protocol"
import { memo } from "react"
import { useLocale } from "../../locale"
import { useStreamingParts } from "../store-context"
import { AnswerActions } from "./AnswerActions"
import type { RetryTierOptions } from "./retry-tier-options"
import { cutOffBy } from "./cut-off"
import { FailedAttempts } from "./FailedAttempts"
import { FoldedText } from "../markdown/FoldedText"
import { Markdown } from "../markdown/Markdown"
import { FailureBlock } from "./FailureBlock"
import { ToolCallPart } from "./ToolCallPart"
import { UsageBadge } from "./UsageBadge"

type AnswerMessageProps = {
	readonly message: AssistantMessage
	/** From 1, of all messages: most of a long chat is not in the page. */
	readonly ordinal: number
	readonly total: number
	/** What the person is offered after its failure. */
	readonly actions: readonly FailureAction[]
	/** Null = it is not the last answer, or another is on its way. */
	readonly again: RetryTierOptions | null
}

/** Drawn again only when its own text changed: a delta must not redraw the whole chat. */
export const AnswerMessage = memo(function AnswerMessage({
	message,
	ordinal,
	total,
	actions,
	again,
}: AnswerMessageProps) {
	const { t } = useLocale()
	const { id, status, error, request, failedAttempts = [] } = message
	const cutOff = cutOffBy(message)
	const parts = useStreamingParts(id) ?? message.parts
	return (
		<article
			className="message answer"
			aria-label={t("chat.answer")}
			aria-posinset={ordinal}
			aria-setsize={total}
			aria-busy={status === "streaming"}>
			<FailedAttempts attempts={failedAttempts} request={request} />
			{parts.map((part, index) => (
				// Parts only ever come at the end.
				<Part key={index} part={part} running={status === "streaming"} />
			))}
			{status === "streaming" && !parts.some(isAnswer) && <p className="caption">{t("chat.waiting")}</p>}
			{(status === "stopped" || status === "interrupted") && <p className="caption">{t(`chat.${status}`)}</p>}
			{cutOff && <p className="caption">{t(`chat.cutOff.${cutOff}`)}</p>}
			{status === "failed" && !error && <p className="answer-error">{t("chat.failed")}</p>}
			{error && <FailureBlock error={error} requestedTier={requestedTier(message)} actions={actions} />}
			{request && <UsageBadge request={request} />}
			{status !== "streaming" && <AnswerActions message={message} again={again} />}
		</article>
	)
})

function Part({ part, running }: { readonly part: AnswerPart; readonly running: boolean }) {
	const { t } = useLocale()
	switch (part.kind) {
		case "text":
			return part.text === "" ? null : <Markdown text={part.text} />
		case "reasoning":
			// A model may sign a thought that it keeps to itself.
			return part.text === "" ? null : (
				<FoldedText className="reasoning" title={t("chat.reasoning")} text={part.text} />
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
function requestedTier({ failedAttempts, request }: AssistantMessage): ServiceTier | undefined {
	const last = failedAttempts?.at(-1)
	return last?.nextTier === null ? (last.sentTier ?? "default") : request?.requestedTier
}
