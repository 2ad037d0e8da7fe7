import {
	attachmentName,
	type Attachment,
	type ChatMessage,
	type QuestionMessage,
	type TextAttachment,
} from "@bedrock-tiers/protocol"
import type { TurnBlock } from "../../api"
import { fenced } from "../chat/fenced"
import type { AttachmentStore } from "./attachment-store"

/** What the model is given of attachments. */
export type AttachedContents = {
	/** Whether the model takes images. Where it does not, it is told that there was one. */
	readonly takesImages: boolean
	/** By id; one that cannot be read any more is not there. */
	readonly contents: ReadonlyMap<string, Buffer>
}

export const NOTHING_ATTACHED: AttachedContents = { takesImages: false, contents: new Map() }

/** Reads what the questions have besides their words. */
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

/** A question as the model is given it: texts, images, and last what is asked of them. */
export function questionBlocks(message: QuestionMessage, { takesImages, contents }: AttachedContents): TurnBlock[] {
	const attachments = attachmentsOf(message)
	const texts = attachments.flatMap((one) => (one.kind === "text" ? [textBlock(one, contents.get(one.id))] : []))
	const images = attachments.flatMap((one): TurnBlock[] => {
		if (one.kind !== "image") return []
		if (!takesImages) return [words(`[An image was here, which you do not take: ${one.name}]`)]
		const content = contents.get(one.id)
		if (!content) return [words(`[An image was here, which is no longer there: ${one.name}]`)]
		return [
			{
				type: "image",
				source: { type: "base64", media_type: one.mediaType, data: content.toString("base64") },
			},
		]
	})
	return [...texts, ...images, ...(message.text.trim() === "" ? [] : [words(message.text)])]
}

function textBlock(attachment: TextAttachment, content: Buffer | undefined): TurnBlock {
	if (!content) return words(`[A text was here, which is no longer there: ${attachmentName(attachment)}]`)
	const { path, lines } = attachment
	const where = lines ? `${path}, lines ${lines.from} to ${lines.to}` : path
	return words(`From ${where}:\n\n${fenced(content.toString("utf8"), languageOf(path))}`)
}

/** By the end of the name, as a block of code has it. */
function languageOf(path: string): string {
	return /\.([a-z0-9]{1,12})$/i.exec(path)?.[1]?.toLowerCase() ?? "text"
}

function words(text: string): TurnBlock {
	return { type: "text", text }
}
