import { randomUUID } from "node:crypto"
import type { SelectableTier, ServiceTier } from "@bedrock-tiers/core"
import type {
	AssistantMessage,
	Attachment,
	BackgroundPurpose,
	ChatMessage,
	ChatView,
	FailedAttempt,
	QuestionMessage,
	ToolCall,
	ToolResult,
} from "@bedrock-tiers/protocol"
import type { ApiHandler, ApiStreamChunk } from "../../api/index"
import { endOf, PartsBuilder, startedAnswer, toolCalls, toolInput } from "./answer"
import type { AttachmentStore } from "../attachments/attachment-store"
import { attachmentsOf, readAttached } from "../attachments/question-blocks"
import { readTitle, summaryPrompt, titlePrompt } from "./background"
import { ChatLog, type ChatLogDependencies } from "./chat-log"
import type { ChatRecord } from "../storage/chat-store"
import { summarisable, systemPrompt, toTurns, unsummarised } from "./conversation"
import type { ChatTools } from "../ports"
import { toUsageRecord } from "./usage-record"
import { checkLimit } from "./task-limit"
import { RequestWatch, type LogRequest } from "./request-log"

/** How a question is answered, by the settings as they were when it was asked. */
export type Connection = {
	readonly open: () => Promise<ApiHandler>
	/** For what nobody waits for: on the tier for that, and without thinking. */
	readonly openBackground: (purpose: BackgroundPurpose) => Promise<ApiHandler>
	/** Null = no folder is open. */
	readonly openTools: (() => Promise<ChatTools>) | null
	readonly writesTitle: boolean
	/** As it was chosen. */
	readonly requestedTier: ServiceTier
	/** Tokens; null = not known for the model. */
	readonly contextWindow: number | null
	/** Null = not known for the model. */
	readonly takesImages: boolean | null
	/** Of the whole task, in USD; null = none. */
	readonly limitUsd: number | null
	/** That requests go to. */
	readonly region: string
}

export type ChatTaskDependencies = ChatLogDependencies & {
	readonly logRequest: LogRequest
	readonly attachments: Pick<AttachmentStore, "read">
}

/** What is asked. */
export type Question = {
	readonly text: string
	/** In the chat's keeping already. */
	readonly attachments: readonly Attachment[]
}

type RequestLimits = {
	readonly signal: AbortSignal
	readonly tools: ChatTools | undefined
	/** No tool may be called any more. */
	readonly isLast: boolean
	readonly region: string
}

/** Of one question. In the last one no tool may be called, so that it ends in words. */
const MAX_REQUESTS = 25
/** Of the context window. From here on earlier messages are summed up, while there is room for them in one request. */
const SUMMARISE_FROM = 0.75
const NEVER = new AbortController().signal

/** One chat at work: questions, the requests that answer them, and what is asked beside them. */
export class ChatTask {
	readonly #post: ChatLogDependencies["post"]
	readonly #logRequest: LogRequest
	readonly #attachments: ChatTaskDependencies["attachments"]
	readonly #log: ChatLog
	#titleTried = false
	#answering: AbortController | undefined

	constructor(dependencies: ChatTaskDependencies, record?: ChatRecord, answeredElsewhere = false) {
		this.#post = dependencies.post
		this.#logRequest = dependencies.logRequest
		this.#attachments = dependencies.attachments
		this.#log = new ChatLog(dependencies, record, answeredElsewhere)
	}

	get id(): string {
		return this.#log.id
	}

	/** Whether all of it is in its file. */
	get isSaved(): boolean {
		return this.#log.isSaved
	}

	view(): ChatView {
		return this.#log.view()
	}

	stop(): void {
		this.#answering?.abort()
	}

	/** Holds from the next request on; taken back, it holds at once. */
	async allowTools(allowed: boolean): Promise<void> {
		await this.#log.allowTools(allowed)
	}

	get tier(): SelectableTier | null {
		return this.#log.tier
	}

	/** For this chat; null = the profile's. Holds from the next question on. */
	async chooseTier(tier: SelectableTier | null): Promise<void> {
		await this.#log.chooseTier(tier)
	}

	/** Of all its questions, also of those that are no longer in the conversation. */
	get attachments(): readonly Attachment[] {
		return this.#log.attachments
	}

	/**
	 * What would go to the model with a further question.
	 * @param beforeMessageId of the question that it takes the place of
	 */
	attachmentsBefore(beforeMessageId?: string): readonly Attachment[] {
		const messages = unsummarised(this.#log.conversation)
		const end = messages.findIndex(({ id }) => id === beforeMessageId)
		return (end < 0 ? messages : messages.slice(0, end)).flatMap(attachmentsOf)
	}

	/** Sends a message and resolves when all about its answer is over, however it ended. Ignored while another is answered. */
	async send(question: Question, connection: Connection): Promise<void> {
		if (this.#answering) return
		await this.#answer(connection, questionOf(question))
	}

	/**
	 * Asks a question in other words; it and all after it are left out. Ignored while an answer is on its way, and where there is no
	 * such question.
	 */
	async edit(messageId: string, question: Question, connection: Connection): Promise<void> {
		if (this.#answering || !this.#log.removeFromQuestion(messageId)) return
		await this.#answer(connection, questionOf(question), true)
	}

	/** Asks again what the answer answered; it is left out. Ignored while one is on its way, and where it is not the last. */
	async answerAgain(messageId: string, connection: Connection): Promise<void> {
		if (this.#answering || this.#log.lastAnswer?.id !== messageId || !this.#log.removeLastAnswers()) return
		await this.#answer(connection, undefined, true)
	}

	/** Asks again what was answered by a failure. Ignored while an answer is on its way, and where the last one did not fail. */
	async retry(connection: Connection): Promise<void> {
		if (this.#answering || this.#log.lastAnswer?.status !== "failed") return
		await this.#answer(connection)
	}

	/** @param afterRemoval messages are gone: it is shown as a whole, so that no new one is ever seen beside them */
	async #answer(connection: Connection, question?: ChatMessage, afterRemoval = false): Promise<void> {
		const abort = new AbortController()
		this.#answering = abort
		const log = this.#log
		log.busy = true
		const take = (message: ChatMessage) => (afterRemoval ? log.keep(message) : log.put(message))
		if (question) take(question)
		let answer = startedAnswer(connection.requestedTier)
		take(answer)
		await log.save()
		try {
			if (afterRemoval) await log.show()
			answer = { ...(await this.#requests(connection, answer, abort.signal)), status: "complete" }
		} catch (error) {
			answer = { ...(log.lastAnswer ?? answer), ...endOf(error, abort.signal) }
		}
		this.#answering = undefined
		log.busy = false
		log.put(answer)
		await log.save()
		if (answer.status === "complete") await this.#writeTitle(connection)
	}

	/** As many as it takes: each is an answer of its own. Throws the failure of the last one. */
	async #requests(connection: Connection, started: AssistantMessage, signal: AbortSignal): Promise<AssistantMessage> {
		const handler = await connection.open()
		try {
			let answer = started
			for (let requests = 1; ; requests++) {
				checkLimit(this.#log.usage().total, connection.limitUsd)
				await this.#sumUpWhenLong(connection, signal)
				const tools = (this.#log.toolsAllowed && (await connection.openTools?.())) || undefined
				const isLast = requests === MAX_REQUESTS
				answer = await this.#request(handler, answer, { signal, tools, isLast, region: connection.region })
				if (!tools || isLast || toolCalls(answer).length === 0) return answer
				answer = await this.#runTools(answer, tools, signal)
				this.#log.put({ ...answer, status: "complete" })
				answer = this.#log.put(startedAnswer(connection.requestedTier))
			}
		} finally {
			handler.dispose()
		}
	}

	/** One request, whose answer grows in the last message. Throws its failure. */
	async #request(
		handler: ApiHandler,
		started: AssistantMessage,
		{ signal, tools, isLast, region }: RequestLimits,
	): Promise<AssistantMessage> {
		let answer = started
		const watch = this.#watch("answer", handler, region)
		const metadata = {
			taskId: this.id,
			signal,
			onAttemptFailed: (attempt: FailedAttempt) => {
				watch.attemptFailed(attempt)
				this.#log.recordFailure(attempt)
				answer = this.#log.put({ ...answer, failedAttempts: [...(answer.failedAttempts ?? []), attempt] })
			},
			...(tools ? { tools: tools.definitions, tool_choice: isLast ? ("none" as const) : ("auto" as const) } : {}),
		}
		const model = handler.getModel()
		const turns = toTurns(this.#log.conversation, model.id, await this.#attached(model.info.supportsImages))
		const builder = new PartsBuilder()
		try {
			for await (const chunk of handler.createMessage(systemPrompt(tools !== undefined), turns, metadata)) {
				answer = this.#take(answer, chunk, builder)
				if (answer.request) watch.recorded(answer.request)
			}
		} catch (error) {
			watch.ended(endOf(error, signal))
			throw error
		}
		watch.ended({ status: "complete", error: null })
		// The arguments of tool calls are whole now.
		return this.#log.keep({ ...answer, parts: builder.parts })
	}

	#attached(takesImages: boolean): ReturnType<typeof readAttached> {
		return readAttached(this.#attachments, this.id, unsummarised(this.#log.conversation), takesImages)
	}

	#take(answer: AssistantMessage, chunk: ApiStreamChunk, builder: PartsBuilder): AssistantMessage {
		if (chunk.type === "usage") {
			const request = toUsageRecord(chunk, answer.id, new Date())
			this.#log.record(request)
			const stopReason = chunk.stopReason === null ? {} : { stopReason: chunk.stopReason }
			return this.#log.keep({ ...answer, parts: builder.parts, request, ...stopReason })
		}
		const isSeenAtOnce = builder.take(chunk)
		const grown = this.#log.keep({ ...answer, parts: builder.parts })
		if (isSeenAtOnce) this.#log.put(grown)
		if (chunk.type === "text" || chunk.type === "reasoning")
			this.#post({ type: "delta", messageId: answer.id, kind: chunk.type, text: chunk.text })
		this.#log.saveSometimes()
		return grown
	}

	/** One after the other, each result seen as it comes. Throws when the person stops. */
	async #runTools(answer: AssistantMessage, tools: ChatTools, signal: AbortSignal): Promise<AssistantMessage> {
		let grown = this.#log.put(answer)
		for (const call of toolCalls(answer)) {
			signal.throwIfAborted()
			const result = await this.#runTool(call, tools, signal)
			signal.throwIfAborted()
			const parts = grown.parts.map((part) =>
				part.kind === "tool-call" && part.callId === call.callId ? { ...part, result } : part,
			)
			grown = this.#log.put({ ...grown, parts })
		}
		await this.#log.save()
		return grown
	}

	async #runTool(call: ToolCall, tools: ChatTools, signal: AbortSignal): Promise<ToolResult> {
		const input = toolInput(call)
		if (!input) return { ok: false, text: "The call was not whole, so nothing was run." }
		if (!this.#log.toolsAllowed) return { ok: false, text: "The person does not allow this any more." }
		return tools.run(call.name, input, signal)
	}

	/** Where earlier messages fill most of the window, the model is given a summary of them instead. */
	async #sumUpWhenLong(connection: Connection, signal: AbortSignal): Promise<void> {
		const { contextTokens, contextWindow } = this.#log.usage()
		const window = connection.contextWindow ?? contextWindow
		if (contextTokens === null || window === null || contextTokens < window * SUMMARISE_FROM) return
		const { conversation } = this.#log
		const upToMessageId = summarisable(conversation)
		if (upToMessageId === null) return
		const prompt = summaryPrompt(conversation, upToMessageId, await this.#attached(false))
		const text = await this.#ask("summary", prompt, connection, signal)
		// Nothing would be less than the messages themselves.
		if (text.trim() !== "") await this.#log.setSummary({ text, upToMessageId })
	}

	/** A chat is not worse for lack of a title, so a failure is no news, and is not tried again. */
	async #writeTitle(connection: Connection): Promise<void> {
		if (!connection.writesTitle || this.#log.title !== null || this.#titleTried) return
		this.#titleTried = true
		try {
			const prompt = titlePrompt(this.#log.conversation.messages)
			await this.#log.setTitle(readTitle(await this.#ask("title", prompt, connection)))
		} catch {
			// The first words stay; what was tried is in the ledger.
			await this.#log.save()
		}
	}

	/** A request beside the answers, in the ledger like them. */
	async #ask(
		purpose: BackgroundPurpose,
		prompt: string,
		connection: Connection,
		signal?: AbortSignal,
	): Promise<string> {
		const handler = await connection.openBackground(purpose)
		const watch = this.#watch(purpose, handler, connection.region)
		try {
			const text = await handler.completePrompt(prompt, {
				...(signal ? { signal } : {}),
				onAttemptFailed: (attempt) => {
					watch.attemptFailed(attempt)
					this.#log.recordBackgroundFailure(attempt)
				},
				onUsage: (usage) => {
					const request = toUsageRecord(usage, randomUUID(), new Date())
					watch.recorded(request)
					this.#log.recordBackground(purpose, request)
				},
			})
			watch.ended({ status: "complete", error: null })
			return text
		} catch (error) {
			watch.ended(endOf(error, signal ?? NEVER))
			throw error
		} finally {
			handler.dispose()
		}
	}

	#watch(purpose: "answer" | BackgroundPurpose, handler: ApiHandler, region: string): RequestWatch {
		return new RequestWatch({ purpose, modelId: handler.getModel().id, region }, this.#logRequest)
	}
}

function questionOf({ text, attachments }: Question): QuestionMessage {
	return {
		role: "user",
		id: randomUUID(),
		text,
		...(attachments.length > 0 ? { attachments: [...attachments] } : {}),
	}
}
