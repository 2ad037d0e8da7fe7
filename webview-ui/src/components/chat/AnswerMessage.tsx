import type { ServiceTier } from "@bedrock-tiers/core"
import type { AnswerPart, AssistantMessage, FailureAction } from "@bedrock-tiers/protocol"
import { memo } from "react"
import { useLocale } from "../../locale"
import { useStreamingParts } from "../store-context"
import { AnswerActions } from "./AnswerActions"
import type { RetryTierOptions } from "./retry-tier-options"
import { cutOffReason } from "./cut-off"
import { Markdown } from "../markdown/Markdown"
import { LazyDetails } from "../ui/LazyDetails"
import { LazyPart } from "../ui/LazyPart"
import { FailedAttempts, FailureBlock } from "./lazy-failures"
import { ToolCallPart } from "./ToolCallPart"
import { UsageBadge } from "./UsageBadge"

type AnswerMessageProps = {
	readonly message: AssistantMessage
	/** 1-based position among all messages: most messages of a long chat are not in the page. */
	readonly ordinal: number
	readonly total: number
	/** Actions that are offered to the user after a failure. */
	readonly actions: readonly FailureAction[]
	/** `null` when it is not the last answer, or another answer is in progress. */
	readonly retryOptions: RetryTierOptions | null
}

/** Rendered again only when its own content changed: a delta must not render the whole chat again. */
export const AnswerMessage = memo(function AnswerMessage({
	message,
	ordinal,
	total,
	actions,
	retryOptions,
}: AnswerMessageProps) {
	const { t } = useLocale()
	const { id, status, error, request, failedAttempts = [] } = message
	const cutOff = cutOffReason(message)
	const parts = useStreamingParts(id) ?? message.parts
	return (
		<article
			className="stack message"
			aria-label={t("chat.answer")}
			aria-posinset={ordinal}
			aria-setsize={total}
			aria-busy={status === "streaming"}>
			{(failedAttempts.length > 0 || request?.notSentReason === "tier-refused") && (
				<LazyPart>
					<FailedAttempts attempts={failedAttempts} request={request} />
				</LazyPart>
			)}
			{parts.map((part, index) => (
				// Parts are only ever appended, so the index is a stable key.
				<Part key={index} part={part} running={status === "streaming"} />
			))}
			{status === "streaming" && !parts.some(isAnswer) && <p className="caption">{t("chat.waiting")}</p>}
			{(status === "stopped" || status === "interrupted") && <p className="caption">{t(`chat.${status}`)}</p>}
			{cutOff && <p className="caption">{t(`chat.cutOff.${cutOff}`)}</p>}
			{status === "failed" && !error && <p className="answer-error">{t("chat.failed")}</p>}
			{error && (
				<LazyPart>
					<FailureBlock error={error} requestedTier={requestedTier(message)} actions={actions} />
				</LazyPart>
			)}
			{request && <UsageBadge request={request} />}
			{status !== "streaming" && <AnswerActions message={message} retryOptions={retryOptions} />}
		</article>
	)
})

function Part({ part, running }: { readonly part: AnswerPart; readonly running: boolean }) {
	const { t } = useLocale()
	switch (part.kind) {
		case "text":
			return part.text === "" ? null : <Markdown text={part.text} />
		case "reasoning":
			// A reasoning part may have a signature and no text.
			return part.text === "" ? null : (
				<LazyDetails className="reasoning" summary={t("chat.reasoning")}>
					<Markdown text={part.text} />
				</LazyDetails>
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

/** Requested tier of the attempt that ended the answer; `undefined` when it is unknown or nothing was sent. */
function requestedTier({ failedAttempts, request }: AssistantMessage): ServiceTier | undefined {
	const last = failedAttempts?.at(-1)
	return last?.nextTier === null ? (last.sentTier ?? "default") : request?.requestedTier
}
