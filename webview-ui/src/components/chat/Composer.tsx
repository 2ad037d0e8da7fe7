import type { Attachment } from "@bedrock-tiers/protocol"
import { useState, type KeyboardEvent } from "react"
import { useLocale } from "../../locale"
import { AttachmentTools } from "../attachments/lazy-attachments"
import { Button } from "../ui/Button"
import { LazyPart } from "../ui/LazyPart"
import { TextArea } from "../ui/TextArea"
import { isSendKey } from "./send-key"

type ComposerProps = {
	readonly text: string
	readonly attachments: readonly Attachment[]
	/** Whether an attachment is being added. */
	readonly adding: boolean
	readonly busy: boolean
	readonly onType: (text: string) => void
	readonly onSend: () => void
	readonly onStop: () => void
}

export function Composer({ text, attachments, adding, busy, onType, onSend, onStop }: ComposerProps) {
	const { t } = useLocale()
	const [box, setBox] = useState<HTMLElement | null>(null)

	function onKeyDown(event: KeyboardEvent) {
		if (!isSendKey(event)) return
		event.preventDefault()
		onSend()
	}

	return (
		<div ref={setBox} className="composer">
			<TextArea
				label={t("chat.message")}
				placeholder={t("chat.messageHint")}
				value={text}
				onChange={onType}
				onKeyDown={onKeyDown}
			/>
			<LazyPart fallback={<div className="attachment-tools" />}>
				<AttachmentTools zone={box} into={null} attachments={attachments} />
			</LazyPart>
			<div className="composer-row">
				<span className="caption">{t("chat.keys")}</span>
				{/* Next to Send, not in its place: a double click on Send must not stop its own request. */}
				{busy && (
					<Button look="secondary" onClick={onStop}>
						{t("chat.stop")}
					</Button>
				)}
				<Button disabled={busy || adding || text.trim() === ""} onClick={onSend}>
					{t("chat.send")}
				</Button>
			</div>
		</div>
	)
}
