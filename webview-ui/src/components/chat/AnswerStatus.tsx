import type { ChatView } from "@bedrock-tiers/protocol"
import { useState } from "react"
import { useLocale } from "../../locale"

/**
 * Says to a screen reader that an answer is on its way, and that it has ended: the answer itself is not read out while it grows. A
 * failure is said by its own alert. Always in the page, since a region that appears with its text is not read.
 */
export function AnswerStatus({ chat: { id, busy, messages } }: { readonly chat: ChatView }) {
	const { t } = useLocale()
	const last = messages.at(-1)
	const status = last?.role === "assistant" ? last.status : null
	/** The chat in which an answer was seen on its way: what ended before is no news. */
	const [seen, setSeen] = useState<string | null>(null)
	if (busy && seen !== id) setSeen(id)
	const ended = seen === id && (status === "complete" || status === "stopped") ? t(`chat.said.${status}`) : ""
	return (
		<div className="visually-hidden" role="status" aria-label={t("chat.answer")}>
			{busy ? t("chat.said.busy") : ended}
		</div>
	)
}
