import { useEffect, useState, type KeyboardEvent } from "react"
import type { EditedQuestion } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { AttachmentTools } from "../attachments/lazy-attachments"
import { Button } from "../ui/Button"
import { LazyPart } from "../ui/LazyPart"
import { TextArea } from "../ui/TextArea"
import { isSendKey } from "./send-key"

type QuestionEditorProps = {
	readonly edited: EditedQuestion
	readonly busy: boolean
	readonly onType: (text: string) => void
	readonly onSend: () => void
	readonly onCancel: () => void
}

/** Replaces a question while it is being edited. Its text box gets the focus when it appears. */
export function QuestionEditor({ edited, busy, onType, onSend, onCancel }: QuestionEditorProps) {
	const { t } = useLocale()
	const { messageId, text, attachments } = edited
	const [box, setBox] = useState<HTMLElement | null>(null)
	useEffect(() => box?.querySelector<HTMLElement>("vscode-text-area")?.focus(), [box])

	function onKeyDown(event: KeyboardEvent) {
		if (event.key === "Escape") onCancel()
		else if (isSendKey(event)) onSend()
		else return
		event.preventDefault()
	}

	return (
		<div ref={setBox} className="question-editor">
			<TextArea label={t("chat.editedQuestion")} value={text} onChange={onType} onKeyDown={onKeyDown} />
			<LazyPart>
				<AttachmentTools zone={box} into={messageId} attachments={attachments} />
			</LazyPart>
			<p className="caption">{t("chat.editHint")}</p>
			<div className="button-row">
				<Button disabled={busy || text.trim() === ""} onClick={onSend}>
					{t("chat.sendEdited")}
				</Button>
				<Button look="secondary" onClick={onCancel}>
					{t("chat.cancelEdit")}
				</Button>
			</div>
		</div>
	)
}
