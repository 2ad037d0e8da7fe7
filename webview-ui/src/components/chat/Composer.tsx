import type { Attachment } from "@bedrock-tiers/protocol"
import { useState, type KeyboardEvent } from "react"
import { useLocale } from "../../locale"
import { AttachmentTools } from "../attachments/lazy-attachments"
import { useStore } from "../store-context"
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
}

export function Composer({ text, attachments, adding, busy }: ComposerProps) {
	const { t } = useLocale()
	const { typeMessage, sendMessage, stop } = useStore()
	const [box, setBox] = useState<HTMLElement | null>(null)

	function onKeyDown(event: KeyboardEvent) {
		if (!isSendKey(event)) return
		event.preventDefault()
		sendMessage()
	}

	return (
		<div ref={setBox} className="stack composer">
			<TextArea
				label={t("chat.message")}
				placeholder={t("chat.messageHint")}
				value={text}
				onChange={typeMessage}
				onKeyDown={onKeyDown}
			/>
			<LazyPart fallback={<div className="stack attachment-tools" />}>
				<AttachmentTools zone={box} into={null} attachments={attachments} />
			</LazyPart>
			<div className="row composer-row">
				<span className="caption">{t("chat.keys")}</span>
				{/* Next to Send, not in its place: a double click on Send must not stop its own request. */}
				{busy && (
					<Button look="secondary" onClick={stop}>
						{t("chat.stop")}
					</Button>
				)}
				<Button disabled={busy || adding || text.trim() === ""} onClick={sendMessage}>
					{t("chat.send")}
				</Button>
			</div>
		</div>
	)
}
