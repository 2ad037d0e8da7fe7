import type { QuestionMessage as Question } from "@bedrock-tiers/protocol"
import { lazy, memo, useEffect, useRef } from "react"
import type { EditedQuestion } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { QuestionAttachments } from "../attachments/lazy-attachments"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { LazyPart } from "../ui/LazyPart"

const QuestionEditor = lazy(() => import("./QuestionEditor"))

type QuestionMessageProps = {
	readonly message: Question
	/** 1-based position among all messages: most messages of a long chat are not in the page. */
	readonly ordinal: number
	readonly total: number
	/** Content of its editor; `null` when it is not being edited. */
	readonly draft: EditedQuestion | null
	readonly busy: boolean
}

/** A question as it was typed, or its editor while it is being edited. */
export const QuestionMessage = memo(function QuestionMessage(props: QuestionMessageProps) {
	const { message, ordinal, total, draft, busy } = props
	const { t } = useLocale()
	const store = useStore()
	const row = useRef<HTMLDivElement>(null)
	const wasEdited = useRef(false)
	const isEdited = draft !== null

	// When the editor closes, the focus returns to the Edit button.
	useEffect(() => {
		if (wasEdited.current && !isEdited) row.current?.querySelector<HTMLElement>("vscode-button")?.focus()
		wasEdited.current = isEdited
	}, [isEdited])

	return (
		<article
			className="stack message question"
			aria-label={t("chat.you")}
			aria-posinset={ordinal}
			aria-setsize={total}>
			{draft === null ? (
				<>
					{message.attachments && (
						<LazyPart>
							<QuestionAttachments attachments={message.attachments} />
						</LazyPart>
					)}
					<p className="prose">{message.text}</p>
					<div ref={row} className="message-actions">
						<Button look="quiet" label={t("chat.editQuestion")} onClick={() => store.editQuestion(message)}>
							{t("chat.edit")}
						</Button>
					</div>
				</>
			) : (
				<LazyPart>
					<QuestionEditor edited={draft} busy={busy} />
				</LazyPart>
			)}
		</article>
	)
})
