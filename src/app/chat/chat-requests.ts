import { detail } from "@bedrock-tiers/error-details"
import type { ProfileSettings, ToHost, ToWebview } from "@bedrock-tiers/protocol"
import { AttachmentRequests, type AttachmentRequestsDependencies } from "../attachments/attachment-requests"
import type { ChatTask, Question } from "./chat-task"
import type { Connection } from "./connection"
import type { OpenChat } from "./open-chat"
import { resolveQuestion, type QuestionRequest } from "./resolve-question"

/** Messages of the webview about the open chat. */
export type ChatRequest = Extract<
	ToHost,
	{
		type:
			| "send"
			| "retry"
			| "edit"
			| "answer-again"
			| "stop"
			| "new-chat"
			| "allow-tools"
			| "choose-chat-tier"
			| "attach-image"
			| "attach-text"
			| "read-attachment"
	}
>

export type ChatRequestsDependencies = AttachmentRequestsDependencies & {
	readonly open: OpenChat
	/** Connects by the active profile, with these settings in place of its own. */
	readonly connect: (change: Partial<ProfileSettings>) => Promise<Connection>
	/** Resolves when every tier outcome that was reported has been stored. */
	readonly outcomesStored: () => Promise<void>
	readonly postState: () => Promise<void>
}

/** Handles the webview's messages about the open chat. Throws RequestRefused when a question cannot be sent. */
export class ChatRequests {
	readonly #dependencies: ChatRequestsDependencies
	readonly #attachments: AttachmentRequests

	constructor(dependencies: ChatRequestsDependencies) {
		this.#dependencies = dependencies
		this.#attachments = new AttachmentRequests(dependencies)
	}

	async handle(message: ChatRequest): Promise<void> {
		switch (message.type) {
			case "send":
				return this.#sendQuestion(message, (chat, connection, question) => chat.send(question, connection))
			case "edit":
				return this.#sendQuestion(message, (chat, connection, question) =>
					chat.edit(message.messageId, question, connection),
				)
			case "retry":
				return this.#answer((chat, connection) => chat.retry(connection), {
					serviceTier: message.tier,
					...(message.beyondLimit ? { taskLimitUsd: null } : {}),
				})
			case "answer-again":
				return this.#answer((chat, connection) => chat.answerAgain(message.messageId, connection), {
					serviceTier: message.tier,
				})
			case "stop":
				return this.#dependencies.open.stop()
			case "new-chat":
				return this.newChat()
			case "allow-tools":
				await this.write((chat) => chat.allowTools(message.allowed))
				return this.#dependencies.postState()
			case "choose-chat-tier":
				await this.write((chat) => chat.chooseTier(message.tier))
				return this.#dependencies.postState()
			case "attach-image":
				return this.#attachments.addImage(message)
			case "attach-text":
				return this.#attachments.addText(message.requestId, message.source)
			case "read-attachment":
				return this.#postAttachment(message.id)
		}
	}

	/** Starts an empty chat. The open one stays in its file. */
	async newChat(): Promise<void> {
		this.#dependencies.open.begin()
		await this.#dependencies.postState()
	}

	/**
	 * Attaches the editor's selection to the next question.
	 * @param post used instead of the session's, since the webview may not be ready yet
	 */
	addSelection(post: (message: ToWebview) => void): Promise<void> {
		return this.#attachments.addText(null, "selection", post)
	}

	/** Changes the open chat. Refused while another window is answering in it. */
	async write(run: (chat: ChatTask) => Promise<void>): Promise<void> {
		if (await this.#dependencies.open.work(run)) return
		const details = [detail("chat.busy-elsewhere")]
		this.#dependencies.post({ type: "refused", requestId: null, field: "", details })
	}

	#sendQuestion(
		request: QuestionRequest,
		send: (chat: ChatTask, connection: Connection, question: Question) => Promise<void>,
	): Promise<void> {
		return this.#answer(async (chat, connection) =>
			send(chat, connection, await resolveQuestion(request, chat, connection, this.#dependencies.attachments)),
		)
	}

	/** @param change settings for this answer only; the chat and the profile keep theirs */
	async #answer(
		run: (chat: ChatTask, connection: Connection) => Promise<void>,
		change: Partial<ProfileSettings> = {},
	): Promise<void> {
		const { open, connect, outcomesStored } = this.#dependencies
		const { tier } = await open.task()
		const connection = await connect({ ...(tier ? { serviceTier: tier } : {}), ...change })
		await this.write((chat) => run(chat, connection))
		await outcomesStored()
	}

	async #postAttachment(id: string): Promise<void> {
		const chat = await this.#dependencies.open.task()
		await this.#attachments.postText(chat.id, id, chat.attachments)
	}
}
