import { formatCount, maxPromptCharacters, t } from "@bedrock-tiers/core"
import type { ToHost } from "@bedrock-tiers/protocol"
import { imageProblem } from "../attachments/attachment-requests"
import { AttachmentRefused, type AttachmentStore } from "../attachments/attachment-store"
import type { ChatTask, Question } from "./chat-task"
import type { Connection } from "./connection"

/** A question as the webview sends it: its text and the ids of its attachments. */
export type QuestionRequest = Extract<ToHost, { type: "send" | "edit" }>

export class QuestionRefused extends Error {
	/** @param field the invalid field of the message; empty for the whole question */
	constructor(
		readonly field: string,
		message: string,
	) {
		super(message)
	}
}

/**
 * Resolves a question's attachment ids. Throws `QuestionRefused` when the question is too large for the model, before
 * it is added to the chat: otherwise every later request would be too large as well.
 */
export async function resolveQuestion(
	request: QuestionRequest,
	chat: ChatTask,
	{ contextWindow, takesImages }: Connection,
	store: AttachmentStore,
): Promise<Question> {
	const { text, attachments: ids = [] } = request
	const attachments = await store.find(ids, chat.attachments).catch(asRefused)
	const characters = attachments.reduce((sum, one) => sum + (one.kind === "text" ? one.characters : 0), text.length)
	const limit = maxPromptCharacters(contextWindow)
	if (characters > limit) throw tooLong(characters, limit)
	const earlier = chat.attachmentsBefore(request.type === "edit" ? request.messageId : undefined)
	const problem = imageProblem(attachments, earlier, takesImages, characters)
	if (problem !== undefined) throw new QuestionRefused("", problem)
	await store.copyToChat(chat.id, attachments, chat.attachments).catch(asRefused)
	return { text, attachments }
}

function asRefused(error: unknown): never {
	throw error instanceof AttachmentRefused ? new QuestionRefused("", error.message) : error
}

function tooLong(characters: number, limit: number): QuestionRefused {
	const [actual = "", maximum = ""] = [characters, limit].map(formatCount)
	const message = t("has {0} characters; the model takes {1} at most, and most likely fewer", actual, maximum)
	return new QuestionRefused("text", message)
}
