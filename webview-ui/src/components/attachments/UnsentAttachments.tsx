import { attachmentName, type Attachment, type ChatMessage } from "@bedrock-tiers/protocol"
import { useEffect, useMemo, useRef } from "react"
import { useLocale } from "../../locale"
import { useViewState } from "../store-context"
import { Button } from "../ui/Button"
import { AttachedImage } from "./AttachedImage"

type UnsentAttachmentsProps = {
	readonly attachments: readonly Attachment[]
	readonly onRemove: (id: string) => void
	/** Called when the last attachment was removed, so that the caller can move the focus elsewhere. */
	readonly onEmpty: () => void
}

/** Attachments with remove buttons. A removal moves the focus to the next attachment, else to the previous one. */
export function UnsentAttachments({ attachments, onRemove, onEmpty }: UnsentAttachmentsProps) {
	const { t } = useLocale()
	const messages = useViewState().host?.chat.messages
	/** Ids of attachments that were sent before, with a question that is edited or that the host refused. */
	const sent = useMemo(() => new Set(messages?.flatMap(attachmentIds)), [messages])
	const list = useRef<HTMLUListElement>(null)
	/** Index of the attachment that was removed while its button had the focus. */
	const removedAt = useRef<number | null>(null)

	useEffect(() => {
		const index = removedAt.current
		removedAt.current = null
		if (index === null) return
		const buttons = list.current?.querySelectorAll<HTMLElement>("vscode-button") ?? []
		const next = buttons[Math.min(index, buttons.length - 1)]
		if (next) next.focus()
		else onEmpty()
	}, [attachments, onEmpty])

	if (attachments.length === 0) return null
	return (
		<ul ref={list} className="attachments" aria-label={t("attach.list")}>
			{attachments.map((one, index) => {
				const name = attachmentName(one)
				return (
					<li key={one.id} className="row chip">
						{one.kind === "image" && (
							<AttachedImage image={one} sent={sent.has(one.id)} className="chip-image" alt="" />
						)}
						<span className="chip-name" title={name}>
							{name}
						</span>
						{one.kind === "text" && (
							<span className="caption">{t("attach.characters", { count: one.characters })}</span>
						)}
						<Button
							look="quiet"
							label={t("attach.remove", { name })}
							onClick={() => {
								removedAt.current = index
								onRemove(one.id)
							}}>
							✕
						</Button>
					</li>
				)
			})}
		</ul>
	)
}

function attachmentIds(message: ChatMessage): string[] {
	return message.role === "user" ? (message.attachments ?? []).map(({ id }) => id) : []
}
