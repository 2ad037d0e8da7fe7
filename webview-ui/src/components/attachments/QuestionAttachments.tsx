import { attachmentName, type Attachment, type ImageAttachment, type TextAttachment } from "@bedrock-tiers/protocol"
import { useEffect, useRef, useState, useSyncExternalStore } from "react"
import { useLocale } from "../../locale"
import { useStore } from "../store-context"
import { Button } from "../ui/Button"
import { AttachedImage } from "./AttachedImage"

/** The attachments of a sent question: images as thumbnails, texts collapsed. */
export function QuestionAttachments({ attachments }: { readonly attachments: readonly Attachment[] }) {
	const { t } = useLocale()
	return (
		<ul className="attachments" aria-label={t("attach.list")}>
			{attachments.map((one) => (
				<li key={one.id}>{one.kind === "image" ? <SentImage image={one} /> : <SentText attachment={one} />}</li>
			))}
		</ul>
	)
}

function SentImage({ image }: { readonly image: ImageAttachment }) {
	const [open, setOpen] = useState(false)
	return (
		<>
			<AttachedImage image={image} sent className="thumbnail" alt={image.name} onOpen={() => setOpen(true)} />
			{open && <LargeImage image={image} onClose={() => setOpen(false)} />}
		</>
	)
}

/** The image in a modal dialog. When it closes, the focus returns to the element that had it before. */
function LargeImage({ image, onClose }: { readonly image: ImageAttachment; readonly onClose: () => void }) {
	const { t } = useLocale()
	const dialog = useRef<HTMLDialogElement>(null)
	useEffect(() => dialog.current?.showModal(), [])
	return (
		<dialog ref={dialog} className="large-image" aria-label={image.name} onClose={onClose}>
			<AttachedImage image={image} sent className="large" alt={image.name} />
			<Button look="secondary" onClick={() => dialog.current?.close()}>
				{t("attach.close")}
			</Button>
		</dialog>
	)
}

/** A text attachment. Its text is requested when it is expanded. */
function SentText({ attachment }: { readonly attachment: TextAttachment }) {
	const { t } = useLocale()
	const store = useStore()
	const [open, setOpen] = useState(false)
	const { id } = attachment
	const text = useSyncExternalStore(store.subscribe, () => store.getState().attachmentTexts[id])
	const name = attachmentName(attachment)

	function onToggle(isOpen: boolean) {
		setOpen(isOpen)
		if (isOpen && text === undefined) store.readAttachment(id)
	}

	return (
		<details className="attached-text" onToggle={(event) => onToggle(event.currentTarget.open)}>
			<summary>{name}</summary>
			{open && text !== undefined && (
				<pre className="tool-result" tabIndex={0}>
					{text ?? t("attach.gone", { name })}
				</pre>
			)}
		</details>
	)
}
