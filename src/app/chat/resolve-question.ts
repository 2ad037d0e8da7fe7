import { formatCount, maxPromptCharacters, t } from "@bedrock-tiers/core"
import type { ToHost } from "@bedrock-tiers/protocol"
import { imageProblem } from "../attachments/attachment-requests"
import { AttachmentRefused, type AttachmentStore } from "../attachments/attachment-store"
import type { ChatTask, Connection, Question } from "./chat-task"

/** A question as it was asked for: in words, with the ids of what was put beside them. */
export type QuestionRequest = Extract<ToHost, { type: "send" | "edit" }>

export class QuestionRefused extends Error {
	/** @param field that is wrong; empty = the whole question */
	constructor(
		readonly field: string,
		message: string,
	) {
		super(message)
	}
}

/**
 * The question with what was put beside its words. Throws `QuestionRefused` for what cannot fit, before it is part of the
 * chat: no later question would get out of that.
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
	const most = maxPromptCharacters(contextWindow)
	if (characters > most) throw tooLong(characters, most)
	const earlier = chat.attachmentsBefore(request.type === "edit" ? request.messageId : undefined)
	const problem = imageProblem(attachments, earlier, takesImages, characters)
	if (problem !== undefined) throw new QuestionRefused("", problem)
	await store.take(chat.id, attachments, chat.attachments).catch(asRefused)
	return { text, attachments }
}

function asRefused(error: unknown): never {
	throw error instanceof AttachmentRefused ? new QuestionRefused("", error.message) : error
}

function tooLong(characters: number, most: number): QuestionRefused {
	const [has = "", takes = ""] = [characters, most].map(formatCount)
	const message = t("has {0} characters; the model takes {1} at most, and most likely fewer", has, takes)
	return new QuestionRefused("text", message)
}
