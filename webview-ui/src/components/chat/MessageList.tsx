import {
	offeredActions,
	type AssistantMessage,
	type ChatView,
	type FailureAction,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import { memo, useEffect, useRef } from "react"
import { useWords } from "../../words"
import { FoldedText } from "../markdown/FoldedText"
import { AnswerMessage } from "./AnswerMessage"
import { QuestionMessage } from "./QuestionMessage"
import { useMessageWindow } from "./use-message-window"

type MessageListProps = {
	readonly chat: ChatView
	/** What a further request would go by; undefined = there is no profile. */
	readonly settings: ProfileSettings | undefined
}

const NO_ACTIONS: readonly FailureAction[] = []

/** Not drawn again while only the composer's text changes, or an answer grows. */
export const MessageList = memo(function MessageList({ chat, settings }: MessageListProps) {
	const { t } = useWords()
	const { messages, busy, summary } = chat
	const { items, height, measure, follows, goToEnd, listProps } = useMessageWindow(messages)

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
			// A growing answer would be read out in shreds; the cost status says when it is there. And what comes into the page
			// because the person scrolls is no news.
			aria-live={busy || !follows ? "off" : "polite"}
			aria-label={t("chat.messages")}
			tabIndex={0}>
			{messages.length === 0 && <p className="empty">{t("chat.empty")}</p>}
			<div className="messages-all" style={{ height }}>
				{items.map(({ key, index, start }) => {
					const message = messages[index]
					if (!message) return null
					const place = { ordinal: index + 1, total: messages.length }
					return (
						<div
							key={key}
							ref={measure}
							className="message-place"
							data-index={index}
							data-message-id={message.id}
							style={{ transform: `translateY(${start}px)` }}>
							{message.role === "user" ? (
								<QuestionMessage message={message} {...place} />
							) : (
								<AnswerMessage
									message={message}
									{...place}
									actions={
										index === messages.length - 1 && !busy && settings
											? actionsAfter(message, settings)
											: NO_ACTIONS
									}
								/>
							)}
							{summary?.upToMessageId === message.id && (
								<FoldedText className="summary-line" title={t("chat.summary")} text={summary.text} />
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
