import { attachmentFile, UNSENT_FOLDER, type ImageAttachment } from "@bedrock-tiers/protocol"
import { useState } from "react"
import { useLocale } from "../../locale"
import { useViewState } from "../store-context"

type AttachedImageProps = {
	readonly image: ImageAttachment
	/** It lies with its chat, and no longer where it was added. */
	readonly sent: boolean
	readonly className: string
	/** Empty where its name stands beside it. */
	readonly alt: string
	/** It is a button then, as long as it is there. */
	readonly onOpen?: () => void
}

/** An image from the host's files. It says so when it is not there. */
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

/** Where VS Code lets the page load them from, and nothing else. */
function attachmentsUri(): string {
	return document.querySelector<HTMLElement>("[data-attachments]")?.dataset.attachments ?? ""
}
