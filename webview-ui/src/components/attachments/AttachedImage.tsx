import { attachmentFile, UNSENT_FOLDER, type ImageAttachment } from "@bedrock-tiers/protocol"
import { useState } from "react"
import { useWords } from "../../words"
import { useViewState } from "../store-context"

type AttachedImageProps = {
	readonly image: ImageAttachment
	readonly className: string
	/** Empty where its name stands beside it. */
	readonly alt: string
}

/** An image from the host's files. It says so when it is not there. */
export function AttachedImage({ image, className, alt }: AttachedImageProps) {
	const { t } = useWords()
	const chatId = useViewState().host?.chat.id
	/** Sent ones lie with their chat; one that is being added, or comes back, in the other place. */
	const [failures, setFailures] = useState(0)
	const folder = [chatId, UNSENT_FOLDER][failures]
	if (folder === undefined) return <span className="attachment-gone">{t("attach.gone", { name: image.name })}</span>
	return (
		<img
			className={className}
			src={`${attachmentsUri()}/${folder}/${attachmentFile(image)}`}
			alt={alt}
			width={image.width}
			height={image.height}
			onError={() => setFailures(failures + 1)}
		/>
	)
}

/** Where VS Code lets the page load them from, and nothing else. */
function attachmentsUri(): string {
	return document.querySelector<HTMLElement>("[data-attachments]")?.dataset.attachments ?? ""
}
