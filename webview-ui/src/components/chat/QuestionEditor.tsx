import { useEffect, useState, type KeyboardEvent } from "react"
import type { EditedQuestion } from "../../state/webview-state"
import { useLocale } from "../../locale"
import { AttachmentTools } from "../attachments/lazy-attachments"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { LazyPart } from "../ui/LazyPart"
import { TextArea } from "../ui/TextArea"
import { isSendKey } from "./send-key"

type QuestionEditorProps = {
	readonly edited: EditedQuestion
	readonly busy: boolean
}

/** Replaces a question while it is being edited. Its text box gets the focus when it appears. Loaded on demand. */
export default function QuestionEditor({ edited, busy }: QuestionEditorProps) {
	const { t } = useLocale()
	const { typeEdit, sendEdit, cancelEdit } = useStore()
	const { messageId, text, attachments } = edited
	const [box, setBox] = useState<HTMLElement | null>(null)
	useEffect(() => box?.querySelector<HTMLElement>("vscode-text-area")?.focus(), [box])

	function onKeyDown(event: KeyboardEvent) {
		if (event.key === "Escape") cancelEdit()
		else if (isSendKey(event)) sendEdit()
		else return
		event.preventDefault()
	}

	return (
		<div ref={setBox} className="stack question-editor">
			<TextArea label={t("chat.editedQuestion")} value={text} onChange={typeEdit} onKeyDown={onKeyDown} />
			<LazyPart>
				<AttachmentTools zone={box} into={messageId} attachments={attachments} />
			</LazyPart>
			<p className="caption">{t("chat.editHint")}</p>
			<div className="button-row">
				<Button disabled={busy || text.trim() === ""} onClick={sendEdit}>
					{t("chat.sendEdited")}
				</Button>
				<Button look="secondary" onClick={cancelEdit}>
					{t("chat.cancelEdit")}
				</Button>
			</div>
		</div>
	)
}
