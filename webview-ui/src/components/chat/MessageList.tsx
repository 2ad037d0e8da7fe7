import {
	offeredActions,
	type AssistantMessage,
	type ChatView,
	type FailureAction,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import { memo, useEffect, useMemo, useRef } from "react"
import type { EditedQuestion } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { Markdown } from "../markdown/Markdown"
import { LazyDetails } from "../ui/LazyDetails"
import { AnswerMessage } from "./AnswerMessage"
import { retryTierOptions } from "./retry-tier-options"
import { EmptyChat } from "./EmptyChat"
import { QuestionMessage } from "./QuestionMessage"
import { useMessageWindow } from "./use-message-window"

type MessageListProps = {
	readonly chat: ChatView
	/** Settings of the next request; `undefined` when there is no profile. */
	readonly settings: ProfileSettings | undefined
	/** The question that is being edited; `null` when there is none. */
	readonly editing: EditedQuestion | null
}

const NO_ACTIONS: readonly FailureAction[] = []

/** Not rendered again when only the composer's text or the streaming answer changes. */
export const MessageList = memo(function MessageList({ chat, settings, editing }: MessageListProps) {
	const { t } = useLocale()
	const { messages, busy, summary } = chat
	const { items, height, measure, follows, goToEnd, listProps } = useMessageWindow(messages)

	const retryOptions = useMemo(() => (settings ? retryTierOptions(settings) : null), [settings])

	const lastUserMessage = messages.findLast((message) => message.role === "user")?.id
	const previousUserMessage = useRef(lastUserMessage)
	useEffect(() => {
		if (lastUserMessage !== previousUserMessage.current) goToEnd()
		previousUserMessage.current = lastUserMessage
	}, [lastUserMessage, goToEnd])

	return (
		<div
			{...listProps}
			className="messages"
			role="log"
			// A growing answer would be read out in fragments; `AnswerStatus` announces it. Messages that enter the
			// page because the user scrolls must not be announced.
			aria-live={busy || !follows ? "off" : "polite"}
			aria-label={t("chat.messages")}
			tabIndex={0}>
			{messages.length === 0 && <EmptyChat />}
			<div className="messages-all" style={{ height }}>
				{items.map(({ key, index, start }) => {
					const message = messages[index]
					if (!message) return null
					const isLast = index === messages.length - 1
					const position = { ordinal: index + 1, total: messages.length }
					return (
						<div
							key={key}
							ref={measure}
							className="message-place"
							data-index={index}
							data-message-id={message.id}
							style={{ transform: `translateY(${start}px)` }}>
							{message.role === "user" ? (
								<QuestionMessage
									message={message}
									{...position}
									draft={editing?.messageId === message.id ? editing : null}
									busy={busy}
								/>
							) : (
								<AnswerMessage
									message={message}
									{...position}
									actions={isLast && !busy && settings ? actionsAfter(message, settings) : NO_ACTIONS}
									retryOptions={isLast && !busy ? retryOptions : null}
								/>
							)}
							{summary?.upToMessageId === message.id && (
								<LazyDetails className="summary-line" summary={t("chat.summary")}>
									<Markdown text={summary.text} />
								</LazyDetails>
							)}
						</div>
					)
				})}
			</div>
		</div>
	)
})

function actionsAfter({ status, error }: AssistantMessage, settings: ProfileSettings): readonly FailureAction[] {
	return status === "failed" && error ? offeredActions(error.code, settings) : NO_ACTIONS
}
