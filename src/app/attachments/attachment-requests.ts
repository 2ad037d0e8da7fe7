import { detail, detailsOf } from "@bedrock-tiers/error-details"
import type { Attachment, EditorSource, ToWebview } from "@bedrock-tiers/protocol"
import type { Editor, Handlers } from "../ports"
import { RequestRefused } from "../request-refused"
import type { AttachmentStore } from "./attachment-store"

export type AttachmentRequestsDependencies = {
	readonly attachments: AttachmentStore
	readonly editor: Editor
	/** The open chat's id and its attachments. */
	readonly openChat: () => Promise<{ readonly id: string; readonly attachments: readonly Attachment[] }>
	readonly post: (message: ToWebview) => void
}

/** Handles the webview's requests to add attachments to a question before it is sent, and to read them. */
export class AttachmentRequests {
	readonly #dependencies: AttachmentRequestsDependencies

	constructor(dependencies: AttachmentRequestsDependencies) {
		this.#dependencies = dependencies
	}

	readonly handlers = {
		"attach-image": ({ requestId, name, data }) =>
			this.#add(requestId, () => this.#dependencies.attachments.addImage(name, Buffer.from(data, "base64"))),
		"attach-text": ({ requestId, source }) => this.#add(requestId, () => this.#addText(source)),
		"read-attachment": ({ id }) => this.#postText(id),
	} satisfies Partial<Handlers>

	/** Attaches the editor's selection to the next question, and posts the result with `post`. */
	addSelection(post: (message: ToWebview) => void): Promise<void> {
		return this.#add(null, () => this.#addText("selection"), post)
	}

	async #addText(source: EditorSource): Promise<Attachment | null> {
		const { editor, attachments } = this.#dependencies
		const text = source === "selection" ? editor.selection() : await editor.chooseFile()
		if (text) return attachments.addText(text)
		if (source === "selection") throw new RequestRefused(detail("attachment.nothing-selected"))
		return null
	}

	/** @param requestId `null` when a command, not the webview, made the request */
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
	async #postText(id: string): Promise<void> {
		const { attachments, openChat, post } = this.#dependencies
		const chat = await openChat()
		const attachment = chat.attachments.find((one) => one.id === id && one.kind === "text")
		const content = attachment && (await attachments.read(chat.id, attachment))
		post({ type: "attachment-text", id, text: content?.toString("utf8") ?? null })
	}
}
