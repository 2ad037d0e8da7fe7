import type { AssistantMessage, ChatView } from "@bedrock-tiers/protocol"
import { Fragment, memo, useEffect, useRef } from "react"
import type { StreamingAnswer } from "../../state/view-reducer"
import { useWords } from "../../words"
import { AnswerMessage } from "./AnswerMessage"
import { useStickToEnd } from "./use-stick-to-end"

type MessageListProps = {
	readonly chat: ChatView
	readonly streaming: StreamingAnswer | null
	/** Asks again on Standard what the chosen tier could not serve; null = that is not offered. */
	readonly onRetryOnStandard: (() => void) | null
}

/** Not drawn again while only the composer's text changes. */
export const MessageList = memo(function MessageList({ chat, streaming, onRetryOnStandard }: MessageListProps) {
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
							parts={streaming?.messageId === message.id ? streaming.parts : message.parts}
							onRetryOnStandard={
								message === messages.at(-1) && !busy && isTheTiersFault(message)
									? onRetryOnStandard
									: null
							}
						/>
					)}
					{summary?.upToMessageId === message.id && (
						<details className="summary-line">
							<summary>{t("chat.summary")}</summary>
							<p className="prose">{summary.text}</p>
						</details>
					)}
				</Fragment>
			))}
		</div>
	)
})

function isTheTiersFault({ status, error }: AssistantMessage): boolean {
	return status === "failed" && (error?.code === "tier-refused" || error?.code === "capacity-refused")
}
