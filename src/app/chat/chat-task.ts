import { randomUUID } from "node:crypto"
import type { UsageTotals } from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import {
	earlyEnd,
	isCutOff,
	type AssistantMessage,
	type Attachment,
	type ChatMessage,
	type FailedAttempt,
	type QuestionMessage,
} from "@bedrock-tiers/protocol"
import {
	ProviderFailure,
	type ApiHandler,
	type ApiStreamChunk,
	type ChatTurn,
	type ConversationChange,
	type ParameterAdjustment,
} from "../../api/index"
import type { AttachmentStore } from "../attachments/attachment-store"
import { attachmentsOf, readAttached } from "../attachments/question-blocks"
import type { ChatTools } from "../ports"
import type { ChatRecord } from "../storage/chat-store"
import { callProblem, endStatus, PartsBuilder, startedAnswer, toolCalls } from "./answer"
import { BackgroundRequests } from "./background-requests"
import { ChatLog, type ChatLogDependencies } from "./chat-log"
import type { Connection } from "./connection"
import { contextBudget, type ContextBudget } from "./context-budget"
import { systemPrompt, toTurns, unsummarized } from "./conversation"
import { RequestWatch, type LogRequest } from "./request-log"
import { allCallsFailed, runTools } from "./run-tools"

export type ChatTaskDependencies = ChatLogDependencies & {
	readonly logRequest: LogRequest
	readonly attachments: Pick<AttachmentStore, "read">
}

/** A question that is ready to be sent. */
export type Question = {
	readonly text: string
	/** Already stored with the chat. */
	readonly attachments: readonly Attachment[]
}

type RequestLimits = {
	readonly signal: AbortSignal
	readonly tools: ChatTools | undefined
	/** Disables tool calls. */
	readonly isLast: boolean
	readonly region: string
}

/** Whether the requests of one user message have to be shorter, because one of them was too long. */
class Shortening {
	#wasTooLong = false

	get wasTooLong(): boolean {
		return this.#wasTooLong
	}

	/** Begins shortening after the first failure for a prompt that is too long; `false` for all others. */
	beginAfter(error: unknown): boolean {
		if (this.#wasTooLong || !ProviderFailure.is(error) || error.code !== "prompt-too-long") return false
		this.#wasTooLong = true
		return true
	}
}

/** Consecutive requests whose tool calls all failed, after which no further one is sent. */
const MAX_FAILED_TOOL_REQUESTS = 3

/** Maximum requests per user message. The last one disables tools so that the answer ends in text. */
const MAX_REQUESTS = 25

/** One chat: sends questions and runs the requests that answer them. */
export class ChatTask {
	readonly log: ChatLog
	readonly #dependencies: ChatTaskDependencies
	readonly #background: BackgroundRequests
	#answering: AbortController | undefined

	constructor(dependencies: ChatTaskDependencies, record?: ChatRecord, answeredElsewhere = false) {
		this.#dependencies = dependencies
		this.log = new ChatLog(dependencies, record, answeredElsewhere)
		this.#background = new BackgroundRequests(this.log, dependencies.logRequest)
	}

	get id(): string {
		return this.log.id
	}

	stop(): void {
		this.#answering?.abort()
	}

	/**
	 * Attachments that are sent to the model with a further question.
	 * @param beforeMessageId the question that the new one replaces
	 */
	attachmentsBefore(beforeMessageId?: string): readonly Attachment[] {
		const messages = unsummarized(this.log.record)
		const end = messages.findIndex(({ id }) => id === beforeMessageId)
		return (end < 0 ? messages : messages.slice(0, end)).flatMap(attachmentsOf)
	}

	/** Sends a question. Resolves when its answer has ended, however it ended. Does nothing while another answer is streaming. */
	async send(question: Question, connection: Connection): Promise<void> {
		if (this.#answering) return
		await this.#answer(connection, questionOf(question))
	}

	/**
	 * Replaces a question and removes everything after it. Does nothing while an answer is streaming, or when there is no such
	 * question.
	 */
	async edit(messageId: string, question: Question, connection: Connection): Promise<void> {
		if (this.#answering || !this.log.removeFromQuestion(messageId)) return
		await this.#answer(connection, questionOf(question), true)
	}

	/** Replaces the last answer. Does nothing while an answer is streaming, or when the answer is not the last one. */
	async answerAgain(messageId: string, connection: Connection): Promise<void> {
		if (this.#answering || this.log.lastAnswer?.id !== messageId || !this.log.removeLastAnswers()) return
		await this.#answer(connection, undefined, true)
	}

	/** Repeats a failed answer. Does nothing while an answer is streaming, or when the last answer did not fail. */
	async retry(connection: Connection): Promise<void> {
		if (this.#answering || this.log.lastAnswer?.status !== "failed") return
		await this.#answer(connection)
	}

	/** @param afterRemoval messages were removed: the complete chat is posted, so that no new message is seen next to removed ones */
	async #answer(connection: Connection, question?: ChatMessage, afterRemoval = false): Promise<void> {
		const abort = new AbortController()
		this.#answering = abort
		const { log } = this
		log.busy = true
		const take = (message: ChatMessage) => (afterRemoval ? log.update(message) : log.publish(message))
		if (question) take(question)
		let answer = startedAnswer(connection.requestedTier)
		take(answer)
		await log.save()
		try {
			if (afterRemoval) await log.show()
			answer = { ...(await this.#requests(connection, answer, abort.signal)), status: "complete" }
		} catch (error) {
			answer = { ...(log.lastAnswer ?? answer), ...endStatus(error, abort.signal) }
		}
		this.#answering = undefined
		log.busy = false
		log.publish(answer)
		await log.save()
		if (answer.status === "complete") await this.#background.writeTitle(connection)
	}

	/** Sends requests until the model calls no more tools; each is an answer of its own. Throws the failure of the last one. */
	async #requests(connection: Connection, started: AssistantMessage, signal: AbortSignal): Promise<AssistantMessage> {
		const handler = await connection.open()
		try {
			let answer = started
			let failedRequests = 0
			const shortening = new Shortening()
			for (let requests = 1; ; requests++) {
				checkLimit(this.log.usage().total, connection.limitUsd)
				const tools = (this.log.record.toolsAllowed && (await connection.openTools?.())) || undefined
				const isLast = requests === MAX_REQUESTS
				const limits = { signal, tools, isLast, region: connection.region }
				answer = await this.#fittingRequest(connection, handler, answer, limits, shortening)
				const { stopReason } = answer
				const mayRunTools = earlyEnd(stopReason) === null || isCutOff(stopReason)
				if (!tools || isLast || !mayRunTools || toolCalls(answer).length === 0) return answer
				const { resultBytes } = this.#budget(connection, shortening)
				answer = await runTools(this.log, answer, tools, { signal, resultBytes })
				failedRequests = allCallsFailed(answer) ? failedRequests + 1 : 0
				const failed = answer
				this.log.publish({ ...answer, status: "complete" })
				answer = this.log.publish(startedAnswer(connection.requestedTier))
				if (failedRequests === MAX_FAILED_TOOL_REQUESTS) throw toolCallsFailed(failed)
			}
		} finally {
			handler.dispose()
		}
	}

	/**
	 * Sends one request. When its prompt is too long, earlier messages are summarized and tool results are shortened, and
	 * it is sent once more, unless nothing could be shortened.
	 */
	async #fittingRequest(
		connection: Connection,
		handler: ApiHandler,
		started: AssistantMessage,
		limits: RequestLimits,
		shortening: Shortening,
	): Promise<AssistantMessage> {
		const { signal } = limits
		const turns = await this.#turns(connection, handler, signal, shortening)
		try {
			return await this.#request(handler, started, turns, limits)
		} catch (error) {
			if (!shortening.beginAfter(error)) throw error
			const shorter = await this.#turns(connection, handler, signal, shortening)
			if (JSON.stringify(shorter) === JSON.stringify(turns)) throw error
			return await this.#request(handler, this.log.lastAnswer ?? started, shorter, limits)
		}
	}

	/** The turns of the next request, after earlier messages were summarized if they are too long. */
	async #turns(
		connection: Connection,
		handler: ApiHandler,
		signal: AbortSignal,
		shortening: Shortening,
	): Promise<ChatTurn[]> {
		const { wasTooLong } = shortening
		const before = this.#budget(connection, shortening)
		await this.#background.summarizeWhenLong(connection, before, { signal, wasTooLong }, () =>
			this.#attached(false),
		)
		const model = handler.getModel()
		const attached = await this.#attached(model.info.supportsImages)
		return toTurns(this.log.record, model.id, attached, this.#budget(connection, shortening).resultBytes)
	}

	/** Sends one request; its answer is the last message. Throws its failure. */
	async #request(
		handler: ApiHandler,
		started: AssistantMessage,
		turns: readonly ChatTurn[],
		{ signal, tools, isLast, region }: RequestLimits,
	): Promise<AssistantMessage> {
		let answer = started
		const model = handler.getModel()
		const watch = new RequestWatch({ purpose: "answer", modelId: model.id, region }, this.#dependencies.logRequest)
		const metadata = {
			signal,
			onAdjusted: (adjustments: readonly ParameterAdjustment[]) => watch.adjusted(adjustments),
			onRepaired: (changes: readonly ConversationChange[]) => watch.repaired(changes),
			onAttemptFailed: (attempt: FailedAttempt) => {
				watch.attemptFailed(attempt)
				this.log.requests.recordFailure(attempt)
				answer = this.log.publish({ ...answer, failedAttempts: [...(answer.failedAttempts ?? []), attempt] })
			},
			...(tools ? { tools: tools.definitions, tool_choice: isLast ? ("none" as const) : ("auto" as const) } : {}),
		}
		const builder = new PartsBuilder()
		try {
			for await (const chunk of handler.createMessage(systemPrompt(tools !== undefined), turns, metadata)) {
				answer = this.#applyChunk(answer, chunk, builder)
				if (answer.request) watch.recorded(answer.request)
			}
		} catch (error) {
			watch.ended(endStatus(error, signal))
			throw error
		}
		watch.ended({ status: "complete", error: null })
		// The arguments of tool calls are complete now.
		return this.log.update({ ...answer, parts: builder.parts })
	}

	#budget({ contextWindow }: Connection, { wasTooLong }: Shortening): ContextBudget {
		return contextBudget(this.log.record, contextWindow ?? this.log.usage().contextWindow, wasTooLong)
	}

	#attached(takesImages: boolean): ReturnType<typeof readAttached> {
		return readAttached(this.#dependencies.attachments, this.id, unsummarized(this.log.record), takesImages)
	}

	#applyChunk(answer: AssistantMessage, chunk: ApiStreamChunk, builder: PartsBuilder): AssistantMessage {
		if (chunk.type === "usage") {
			const { record, stopReason } = chunk
			this.log.requests.record(record)
			const parts = builder.parts
			return this.log.update({ ...answer, parts, request: record, ...(stopReason !== null && { stopReason }) })
		}
		const isShownAtOnce = builder.take(chunk)
		const grown = this.log.update({ ...answer, parts: builder.parts })
		if (isShownAtOnce) this.log.publishPart(grown, grown.parts.length - 1)
		if (chunk.type === "text" || chunk.type === "reasoning")
			this.#dependencies.post({ type: "delta", messageId: answer.id, kind: chunk.type, text: chunk.text })
		this.log.saveSoon()
		return grown
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

/** @param answer the last answer whose tool calls failed */
function toolCallsFailed(answer: AssistantMessage): ProviderFailure {
	const wasCutOff = toolCalls(answer).some((call) => callProblem(answer, call) === "cut-off")
	return new ProviderFailure("tool-calls-failed", [
		detail("chat.tool-calls-failed", { count: MAX_FAILED_TOOL_REQUESTS }),
		...(wasCutOff ? [detail("chat.tool-call-cut-off")] : []),
	])
}

/**
 * @param limitUsd `null` for no limit
 * @throws ProviderFailure `task-limit` when the known cost has reached the limit; nothing is sent then
 */
function checkLimit({ knownUsd, unpricedRequests }: UsageTotals, limitUsd: number | null): void {
	if (limitUsd === null || knownUsd < limitUsd) return
	const code = unpricedRequests > 0 ? "chat.task-limit-at-least" : "chat.task-limit"
	throw new ProviderFailure("task-limit", detail(code, { spentUsd: knownUsd, limitUsd }))
}
