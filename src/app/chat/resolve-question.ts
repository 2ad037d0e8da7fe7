import {
	base64Length,
	imageRefusal,
	MAX_IMAGES_PER_MESSAGE,
	maxPromptCharacters,
	type ImageRefusal,
} from "@bedrock-tiers/core"
import { detail, type ErrorDetail } from "@bedrock-tiers/error-details"
import type { Attachment } from "@bedrock-tiers/protocol"
import type { AttachmentStore } from "../attachments/attachment-store"
import type { Message } from "../ports"
import { RequestRefused } from "../request-refused"
import type { ChatTask, Question } from "./chat-task"
import type { Connection } from "./connection"

/** A question as the webview sends it: its text and the ids of its attachments. */
export type QuestionRequest = Message<"send" | "edit">

/**
 * Resolves a question's attachment ids. Throws `RequestRefused` when the question is too large for the model, before
 * it is added to the chat: otherwise every later request would be too large as well.
 */
export async function resolveQuestion(
	request: QuestionRequest,
	chat: ChatTask,
	{ contextWindow, takesImages }: Connection,
	store: AttachmentStore,
): Promise<Question> {
	const { text, attachments: ids = [] } = request
	const attachments = await store.find(ids, chat.log.attachments)
	const characters = attachments.reduce((sum, one) => sum + (one.kind === "text" ? one.characters : 0), text.length)
	const limit = maxPromptCharacters(contextWindow)
	if (characters > limit)
		throw new RequestRefused(detail("chat.prompt-too-long", { characters, maxCharacters: limit }), "text")
	const earlier = chat.attachmentsBefore(request.type === "edit" ? request.messageId : undefined)
	const earlierCharacters = images(earlier).reduce((sum, { bytes }) => sum + base64Length(bytes), 0)
	const refusal = imageRefusal(images(attachments), takesImages, earlierCharacters + characters)
	if (refusal !== null) throw new RequestRefused(REFUSAL_DETAILS[refusal])
	await store.copyToChat(chat.id, attachments, chat.log.attachments)
	return { text, attachments }
}

function images(attachments: readonly Attachment[]) {
	return attachments.filter((one) => one.kind === "image")
}

const REFUSAL_DETAILS: Readonly<Record<ImageRefusal, ErrorDetail>> = {
	"not-taken": detail("attachment.images-not-supported"),
	"not-known": detail("attachment.image-support-unknown"),
	"too-many": detail("attachment.too-many-images", { max: MAX_IMAGES_PER_MESSAGE }),
	"too-large-together": detail("attachment.images-too-large-together"),
}
