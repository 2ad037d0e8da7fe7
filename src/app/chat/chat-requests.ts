import { detail } from "@bedrock-tiers/error-details"
import {
	refusedParameterRequest,
	type ParameterRequest,
	type ProfileSettings,
	type ToWebview,
} from "@bedrock-tiers/protocol"
import type { AttachmentStore } from "../attachments/attachment-store"
import type { Confirm, Handlers } from "../ports"
import { RequestRefused } from "../request-refused"
import type { ChatTask, Question } from "./chat-task"
import type { Connection } from "./connection"
import type { OpenChat } from "./open-chat"
import { resolveQuestion, type QuestionRequest } from "./resolve-question"

export type ChatRequestsDependencies = {
	readonly open: OpenChat
	readonly attachments: AttachmentStore
	/** Connects by the active profile, with these settings in place of its own. */
	readonly connect: (change: Partial<ProfileSettings>) => Promise<Connection>
	readonly confirm: Confirm
	/** Remembers for the active profile that Bedrock refused a parameter. Rejects when it cannot be written. */
	readonly rememberRefusal: (request: ParameterRequest) => Promise<void>
	readonly post: (message: ToWebview) => void
	readonly postState: () => Promise<void>
}

/** Handles the webview's messages about the open chat. Throws RequestRefused when a question cannot be sent. */
export class ChatRequests {
	readonly #dependencies: ChatRequestsDependencies

	constructor(dependencies: ChatRequestsDependencies) {
		this.#dependencies = dependencies
	}

	readonly handlers = {
		send: (message) => this.#sendQuestion(message, (chat, connection, question) => chat.send(question, connection)),
		edit: (message) =>
			this.#sendQuestion(message, (chat, connection, question) =>
				chat.edit(message.messageId, question, connection),
			),
		retry: async ({ tier, beyondLimit, withoutRefusedParameter }) => {
			if (withoutRefusedParameter) await this.#rememberRefusedParameter()
			await this.#answer((chat, connection) => chat.retry(connection), {
				serviceTier: tier,
				...(beyondLimit ? { taskLimitUsd: null } : {}),
			})
		},
		"answer-again": ({ messageId, tier }) =>
			this.#answer((chat, connection) => chat.answerAgain(messageId, connection), { serviceTier: tier }),
		stop: () => this.#dependencies.open.stop(),
		"new-chat": () => this.newChat(),
		"allow-tools": ({ allowed }) => this.#allowTools(allowed),
		"choose-chat-tier": ({ tier }) => this.#change((chat) => chat.log.change({ tier })),
	} satisfies Partial<Handlers>

	/** Starts an empty chat. The open one stays in its file. */
	async newChat(): Promise<void> {
		this.#dependencies.open.begin()
		await this.#dependencies.postState()
	}

	/** Changes the open chat. Refused while another window is answering in it. */
	async write(run: (chat: ChatTask) => Promise<void>): Promise<void> {
		if (await this.#dependencies.open.work(run)) return
		const details = [detail("chat.busy-elsewhere")]
		this.#dependencies.post({ type: "refused", requestId: null, field: "", details })
	}

	/** Asks the user first, for the chat that is open then, unless the tools are allowed already. */
	async #allowTools(toolsAllowed: boolean): Promise<void> {
		const { open, confirm } = this.#dependencies
		const { log } = await open.task()
		const isConfirmed = !toolsAllowed || log.record.toolsAllowed || (await confirm({ action: "allow-tools" }))
		await this.#change(async (chat) => {
			if (!isConfirmed || chat.id !== log.id) throw new RequestRefused(detail("action-not-confirmed"))
			await chat.log.change({ toolsAllowed })
		})
	}

	/** Remembers the parameter that the last answer's failure names. */
	async #rememberRefusedParameter(): Promise<void> {
		const { open, rememberRefusal } = this.#dependencies
		const refused = refusedParameterRequest((await open.task()).log.lastAnswer?.error?.details ?? [])
		if (refused) await rememberRefusal(refused)
	}

	async #change(run: (chat: ChatTask) => Promise<void>): Promise<void> {
		await this.write(run)
		await this.#dependencies.postState()
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
		const { open, connect } = this.#dependencies
		const { tier } = (await open.task()).log.record
		const connection = await connect({ ...(tier ? { serviceTier: tier } : {}), ...change })
		await this.write((chat) => run(chat, connection))
	}
}
