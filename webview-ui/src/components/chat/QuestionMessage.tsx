import type { ChatMessage } from "@bedrock-tiers/protocol"
import { memo } from "react"
import { useWords } from "../../words"

type QuestionMessageProps = {
	readonly message: Extract<ChatMessage, { role: "user" }>
	/** From 1, of all messages: most of a long chat is not in the page. */
	readonly ordinal: number
	readonly total: number
}

/** As it was typed. */
export const QuestionMessage = memo(function QuestionMessage({ message, ordinal, total }: QuestionMessageProps) {
	const { t } = useWords()
	return (
		<article className="message question" aria-label={t("chat.you")} aria-posinset={ordinal} aria-setsize={total}>
			<p className="prose">{message.text}</p>
		</article>
	)
})
