import type { ChatView } from "@bedrock-tiers/protocol"
import { useState } from "react"
import { useLocale } from "../../locale"

/**
 * Announces to screen readers that an answer is in progress and that it has ended; the answer itself is not read out
 * while it grows. A failure has its own alert. Always in the page, since a live region that appears with its text is
 * not read.
 */
export function AnswerStatus({ chat: { id, busy, messages } }: { readonly chat: ChatView }) {
	const { t } = useLocale()
	const last = messages.at(-1)
	const status = last?.role === "assistant" ? last.status : null
	/** Id of the chat in which an answer was in progress. An answer that had ended before is not announced. */
	const [busyChatId, setBusyChatId] = useState<string | null>(null)
	if (busy && busyChatId !== id) setBusyChatId(id)
	const ended = busyChatId === id && (status === "complete" || status === "stopped") ? t(`chat.said.${status}`) : ""
	return (
		<div className="visually-hidden" role="status" aria-label={t("chat.answer")}>
			{busy ? t("chat.said.busy") : ended}
		</div>
	)
}
