import {
	attachmentName,
	type Attachment,
	type ChatMessage,
	type QuestionMessage,
	type TextAttachment,
} from "@bedrock-tiers/protocol"
import type { TextBlock, TurnBlock } from "../../api"
import type { AttachmentStore } from "./attachment-store"

/** Attachment contents that are sent to the model. */
export type AttachedContents = {
	/** Whether the model supports images. If not, a text block replaces each image. */
	readonly takesImages: boolean
	/** By attachment id; has no entry for an attachment that can no longer be read. */
	readonly contents: ReadonlyMap<string, Buffer>
}

export const NOTHING_ATTACHED: AttachedContents = { takesImages: false, contents: new Map() }

/** Reads the attachments of the questions. */
export async function readAttached(
	store: Pick<AttachmentStore, "read">,
	chatId: string,
	messages: readonly ChatMessage[],
	takesImages: boolean,
): Promise<AttachedContents> {
	const contents = new Map<string, Buffer>()
	for (const attachment of messages.flatMap(attachmentsOf)) {
		if (contents.has(attachment.id) || (attachment.kind === "image" && !takesImages)) continue
		const content = await store.read(chatId, attachment)
		if (content) contents.set(attachment.id, content)
	}
	return { takesImages, contents }
}

export function attachmentsOf(message: ChatMessage): readonly Attachment[] {
	return (message.role === "user" && message.attachments) || []
}

/** Content blocks of a question: attached texts, then images, then the question's own text. */
export function questionBlocks(message: QuestionMessage, { takesImages, contents }: AttachedContents): TurnBlock[] {
	const attachments = attachmentsOf(message)
	const texts = attachments.flatMap((one) => (one.kind === "text" ? [attachedText(one, contents.get(one.id))] : []))
	const images = attachments.flatMap((one): TurnBlock[] => {
		if (one.kind !== "image") return []
		if (!takesImages) return [textBlock(`[An image was here, which you do not take: ${one.name}]`)]
		const content = contents.get(one.id)
		if (!content) return [textBlock(`[An image was here, which is no longer there: ${one.name}]`)]
		return [
			{
				type: "image",
				source: { type: "base64", media_type: one.mediaType, data: content.toString("base64") },
			},
		]
	})
	return [...texts, ...images, ...(message.text.trim() === "" ? [] : [textBlock(message.text)])]
}

function attachedText(attachment: TextAttachment, content: Buffer | undefined): TurnBlock {
	if (!content) return textBlock(`[A text was here, which is no longer there: ${attachmentName(attachment)}]`)
	const { path, lines } = attachment
	const where = lines ? `${path}, lines ${lines.from} to ${lines.to}` : path
	return textBlock(`From ${where}:\n\n${codeBlock(content.toString("utf8"), languageOf(path))}`)
}

/** Language of a Markdown code block, from the file extension. */
function languageOf(path: string): string {
	return /\.([a-z0-9]{1,12})$/i.exec(path)?.[1]?.toLowerCase() ?? "text"
}

export function textBlock(text: string): TextBlock {
	return { type: "text", text }
}

/** A text as a Markdown code block, with a fence longer than any run of backticks in it. */
export function codeBlock(text: string, language = "text"): string {
	const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length))
	const fence = "`".repeat(longest + 1)
	return `${fence}${language}\n${text}\n${fence}`
}
