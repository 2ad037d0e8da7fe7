import { maxPromptCharacters } from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import type { ToHost } from "@bedrock-tiers/protocol"
import { imageProblem } from "../attachments/attachment-requests"
import type { AttachmentStore } from "../attachments/attachment-store"
import { RequestRefused } from "../request-refused"
import type { ChatTask, Question } from "./chat-task"
import type { Connection } from "./connection"

/** A question as the webview sends it: its text and the ids of its attachments. */
export type QuestionRequest = Extract<ToHost, { type: "send" | "edit" }>

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
	const attachments = await store.find(ids, chat.attachments)
	const characters = attachments.reduce((sum, one) => sum + (one.kind === "text" ? one.characters : 0), text.length)
	const limit = maxPromptCharacters(contextWindow)
	if (characters > limit)
		throw new RequestRefused(detail("chat.prompt-too-long", { characters, maxCharacters: limit }), "text")
	const earlier = chat.attachmentsBefore(request.type === "edit" ? request.messageId : undefined)
	const problem = imageProblem(attachments, earlier, takesImages, characters)
	if (problem !== undefined) throw new RequestRefused(problem)
	await store.copyToChat(chat.id, attachments, chat.attachments)
	return { text, attachments }
}
