import { base64Length, imageRefusal, MAX_IMAGES_PER_MESSAGE, type ImageRefusal } from "@bedrock-tiers/core"
import { detail, detailsOf, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { Attachment, EditorSource, ToHost, ToWebview } from "@bedrock-tiers/protocol"
import type { Editor } from "../ports"
import { RequestRefused } from "../request-refused"
import type { AttachmentStore } from "./attachment-store"

type Message<Type extends ToHost["type"]> = Extract<ToHost, { type: Type }>

export type AttachmentRequestsDependencies = {
	readonly attachments: AttachmentStore
	readonly editor: Editor
	readonly post: (message: ToWebview) => void
}

/** Handles the webview's requests to add attachments to a question before it is sent, and to read them. */
export class AttachmentRequests {
	readonly #dependencies: AttachmentRequestsDependencies

	constructor(dependencies: AttachmentRequestsDependencies) {
		this.#dependencies = dependencies
	}

	addImage({ requestId, name, data }: Message<"attach-image">): Promise<void> {
		return this.#add(requestId, () => this.#dependencies.attachments.addImage(name, Buffer.from(data, "base64")))
	}

	/** @param requestId `null` when a command, not the webview, made the request */
	addText(requestId: string | null, source: EditorSource, post = this.#dependencies.post): Promise<void> {
		const { editor, attachments } = this.#dependencies
		const add = async () => {
			const text = source === "selection" ? editor.selection() : await editor.chooseFile()
			if (text) return attachments.addText(text)
			if (source === "selection") throw new RequestRefused(detail("attachment.nothing-selected"))
			return null
		}
		return this.#add(requestId, add, post)
	}

	async #add(
		requestId: string | null,
		add: () => Promise<Attachment | null>,
		post = this.#dependencies.post,
	): Promise<void> {
		try {
			post({ type: "attached", requestId, attachment: await add() })
		} catch (error) {
			const details =
				error instanceof RequestRefused
					? error.details
					: [detail("attachment.not-added", { reason: detailsOf(error) })]
			post({ type: "refused", requestId, field: "", details })
		}
	}

	/** Posts the content of a text attachment, which the webview shows. */
	async postText(chatId: string, id: string, known: readonly Attachment[]): Promise<void> {
		const { attachments, post } = this.#dependencies
		const attachment = known.find((one) => one.id === id && one.kind === "text")
		const content = attachment && (await attachments.read(chatId, attachment))
		post({ type: "attachment-text", id, text: content?.toString("utf8") ?? null })
	}
}

/**
 * Why a question's images cannot be sent; `undefined` when they can.
 * @param earlier attachments of the conversation, whose images are sent again
 */
export function imageProblem(
	attachments: readonly Attachment[],
	earlier: readonly Attachment[],
	takesImages: boolean | null,
	characters: number,
): ErrorDetail | undefined {
	const images = (list: readonly Attachment[]) => list.filter((one) => one.kind === "image")
	const earlierCharacters = images(earlier).reduce((sum, { bytes }) => sum + base64Length(bytes), 0)
	const refusal = imageRefusal(images(attachments), takesImages, earlierCharacters + characters)
	return refusal === null ? undefined : REFUSAL_DETAILS[refusal]
}

const REFUSAL_DETAILS: Readonly<Record<ImageRefusal, ErrorDetail>> = {
	"not-taken": detail("attachment.images-not-supported"),
	"not-known": detail("attachment.image-support-unknown"),
	"too-many": detail("attachment.too-many-images", { max: MAX_IMAGES_PER_MESSAGE }),
	"too-large-together": detail("attachment.images-too-large-together"),
}
