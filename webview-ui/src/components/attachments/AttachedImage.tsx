import { attachmentFile, UNSENT_FOLDER, type ImageAttachment } from "@bedrock-tiers/protocol"
import { useState } from "react"
import { useLocale } from "../../locale"
import { useViewState } from "../store-context"

type AttachedImageProps = {
	readonly image: ImageAttachment
	/** Whether the file is in the folder of its chat, and no longer in the folder for unsent attachments. */
	readonly sent: boolean
	readonly className: string
	/** Empty when the name is shown next to the image. */
	readonly alt: string
	/** Makes the image a button, as long as its file exists. */
	readonly onOpen?: () => void
}

/** An image from the host's files, or a message when the file no longer exists. */
export function AttachedImage({ image, sent, className, alt, onOpen }: AttachedImageProps) {
	const { t } = useLocale()
	const chatId = useViewState().host?.chat.id
	const [isGone, setGone] = useState(false)
	if (isGone) return <span className="attachment-gone">{t("attach.gone", { name: image.name })}</span>
	const picture = (
		<img
			className={className}
			src={`${attachmentsUri()}/${sent ? chatId : UNSENT_FOLDER}/${attachmentFile(image)}`}
			alt={alt}
			width={image.width}
			height={image.height}
			onError={() => setGone(true)}
		/>
	)
	if (!onOpen) return picture
	return (
		<button
			type="button"
			className="thumbnail-button"
			aria-label={t("attach.open", { name: image.name })}
			onClick={onOpen}>
			{picture}
		</button>
	)
}

/** Base URI of the attachment files: VS Code lets the page load them from there only. */
function attachmentsUri(): string {
	return document.querySelector<HTMLElement>("[data-attachments]")?.dataset.attachments ?? ""
}
