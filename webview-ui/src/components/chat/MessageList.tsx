import {
	offeredActions,
	type AssistantMessage,
	type ChatView,
	type FailureAction,
	type ProfileSettings,
} from "@bedrock-tiers/protocol"
import { Fragment, memo, useEffect, useRef } from "react"
import { useWords } from "../../words"
import { FoldedText } from "../markdown/FoldedText"
import { AnswerMessage } from "./AnswerMessage"
import { useStickToEnd } from "./use-stick-to-end"

type MessageListProps = {
	readonly chat: ChatView
	/** What a further request would go by; undefined = there is no profile. */
	readonly settings: ProfileSettings | undefined
}

const NO_ACTIONS: readonly FailureAction[] = []

/** Not drawn again while only the composer's text changes. */
export const MessageList = memo(function MessageList({ chat, settings }: MessageListProps) {
	const { t } = useWords()
	const { messages, busy, summary } = chat
	const { listRef, onScroll, goToEnd } = useStickToEnd()

	const lastUserMessage = messages.findLast((message) => message.role === "user")?.id
	const previousUserMessage = useRef(lastUserMessage)
	useEffect(() => {
		if (lastUserMessage !== previousUserMessage.current) goToEnd()
		previousUserMessage.current = lastUserMessage
	}, [lastUserMessage, goToEnd])

	return (
		<div
			ref={listRef}
			className="messages"
			role="log"
			// A growing answer would be read out in shreds; the cost status says when it is there.
			aria-live={busy ? "off" : "polite"}
			aria-label={t("chat.messages")}
			tabIndex={0}
			onScroll={onScroll}>
			{messages.length === 0 && <p className="empty">{t("chat.empty")}</p>}
			{messages.map((message) => (
				<Fragment key={message.id}>
					{message.role === "user" ? (
						<article className="message question" aria-label={t("chat.you")}>
							<p className="prose">{message.text}</p>
						</article>
					) : (
						<AnswerMessage
							message={message}
							actions={
								message === messages.at(-1) && !busy && settings
									? actionsAfter(message, settings)
									: NO_ACTIONS
							}
						/>
					)}
					{summary?.upToMessageId === message.id && (
						<FoldedText className="summary-line" title={t("chat.summary")} text={summary.text} />
					)}
				</Fragment>
			))}
		</div>
	)
})

function actionsAfter({ status, error }: AssistantMessage, settings: ProfileSettings): readonly FailureAction[] {
	return status === "failed" && error ? offeredActions(error.code, settings) : NO_ACTIONS
}
