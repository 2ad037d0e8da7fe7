import { randomUUID } from "node:crypto"
import { findModel, promptTokens, UsageLedger } from "@bedrock-tiers/core"
import type {
	AssistantMessage,
	BackgroundPurpose,
	BackgroundRequest,
	ChatMessage,
	ChatSummary,
	ChatView,
	FailedAttempt,
	TaskUsage,
	ToolCall,
	ToolResult,
	ToWebview,
} from "@bedrock-tiers/protocol"
import type { ApiHandler, ApiStreamChunk } from "../api"
import { endOf, PartsBuilder, startedAnswer, toolCalls, toolInput } from "./answer"
import { firstWords, readTitle, summaryPrompt, titlePrompt } from "./background"
import { newChatRecord, type ChatRecord, type ChatStore } from "./chat-store"
import { summarisable, systemPrompt, toTurns } from "./conversation"
import type { ChatTools, ReportProblem } from "./ports"
import { toRecordedRequest } from "./recorded-request"

export type ChatTaskDependencies = {
	readonly store: Pick<ChatStore, "save">
	readonly post: (message: ToWebview) => void
	/** More than a message has changed: a title, a summary. */
	readonly changed: () => void
	readonly reportProblem: ReportProblem
}

/** How a question is answered, by the settings as they were when it was asked. */
export type Connection = {
	readonly open: () => Promise<ApiHandler>
	/** For what nobody waits for: on the tier for that, and without thinking. */
	readonly openBackground: (purpose: BackgroundPurpose) => Promise<ApiHandler>
	/** Null = no folder is open. */
	readonly openTools: (() => Promise<ChatTools>) | null
	readonly writesTitle: boolean
	/** Tokens; null = not known for the model. */
	readonly contextWindow: number | null
}

type RequestLimits = {
	readonly signal: AbortSignal
	readonly tools: ChatTools | undefined
	/** No tool may be called any more. */
	readonly isLast: boolean
}

/** While an answer streams, what has come is written to the file at most this often. */
const SAVE_EVERY_MS = 1_000
/** Of one question. In the last one no tool may be called, so that it ends in words. */
const MAX_REQUESTS = 25
/** Of the context window. From here on earlier messages are summed up, while there is room for them in one request. */
const SUMMARISE_FROM = 0.75

/** One chat: its messages, the question that is being answered, and the ledger of what its requests cost. */
export class ChatTask {
	readonly #dependencies: ChatTaskDependencies
	readonly #id: string
	readonly #createdAt: string
	readonly #messages: ChatMessage[]
	readonly #background: BackgroundRequest[]
	readonly #ledger: UsageLedger
	/** Of those in the ledger, the ones in the background. */
	readonly #backgroundLedger: UsageLedger
	#title: string | null
	#summary: ChatSummary | null
	#toolsAllowed: boolean
	#titleTried = false
	#answering: AbortController | undefined
	#savedAt = 0

	constructor(dependencies: ChatTaskDependencies, record: ChatRecord = newChatRecord(new Date())) {
		this.#dependencies = dependencies
		this.#id = record.id
		this.#createdAt = record.createdAt
		this.#title = record.title
		this.#summary = record.summary
		this.#toolsAllowed = record.toolsAllowed
		this.#messages = record.messages.map(endInterrupted)
		this.#background = [...record.background]
		const background = record.background.map(({ request }) => request)
		this.#ledger = UsageLedger.restore([...record.messages.flatMap(requestOf), ...background]).ledger
		this.#backgroundLedger = UsageLedger.restore(background).ledger
	}

	get id(): string {
		return this.#id
	}

	get busy(): boolean {
		return this.#answering !== undefined
	}

	view(): ChatView {
		return {
			id: this.#id,
			title: this.#title ?? firstWords(this.#messages),
			toolsAllowed: this.#toolsAllowed,
			summary: this.#summary,
			messages: [...this.#messages],
			busy: this.busy,
			usage: this.#usage(),
		}
	}

	stop(): void {
		this.#answering?.abort()
	}

	/** Holds from the next request on; taken back, it holds at once. */
	async allowTools(allowed: boolean): Promise<void> {
		this.#toolsAllowed = allowed
		// An empty chat has no file yet.
		if (this.#messages.length > 0) await this.#save()
	}

	/** Sends a message and resolves when all about its answer is over, however it ended. Ignored while another is answered. */
	async send(text: string, connection: Connection): Promise<void> {
		if (this.busy) return
		await this.#answer(connection, { role: "user", id: randomUUID(), text })
	}

	/** Asks again what was answered by a failure. Ignored while an answer is on its way, and where the last one did not fail. */
	async retry(connection: Connection): Promise<void> {
		const last = this.#messages.at(-1)
		if (this.busy || last?.role !== "assistant" || last.status !== "failed") return
		await this.#answer(connection)
	}

	async #answer(connection: Connection, question?: ChatMessage): Promise<void> {
		const abort = new AbortController()
		this.#answering = abort
		if (question) this.#put(question)
		let answer = this.#put(startedAnswer())
		await this.#save()
		let handler: ApiHandler | undefined
		try {
			handler = await connection.open()
			for (let requests = 1; ; requests++) {
				await this.#sumUpWhenLong(connection, abort.signal)
				const tools = (this.#toolsAllowed && (await connection.openTools?.())) || undefined
				const isLast = requests === MAX_REQUESTS
				answer = await this.#request(handler, answer, { signal: abort.signal, tools, isLast })
				if (!tools || isLast || toolCalls(answer).length === 0) break
				answer = await this.#runTools(answer, tools, abort.signal)
				this.#put({ ...answer, status: "complete" })
				answer = this.#put(startedAnswer())
			}
			answer = { ...answer, status: "complete" }
		} catch (error) {
			answer = { ...this.#latest(answer), ...endOf(error, abort.signal) }
		} finally {
			handler?.dispose()
			this.#answering = undefined
		}
		this.#put(answer)
		await this.#save()
		if (answer.status === "complete") await this.#writeTitle(connection)
	}

	/** One request, whose answer grows in the last message. Throws its failure. */
	async #request(
		handler: ApiHandler,
		started: AssistantMessage,
		{ signal, tools, isLast }: RequestLimits,
	): Promise<AssistantMessage> {
		let answer = started
		const metadata = {
			taskId: this.#id,
			signal,
			onAttemptFailed: (attempt: FailedAttempt) => {
				answer = this.#put({ ...answer, failedAttempts: [...(answer.failedAttempts ?? []), attempt] })
			},
			...(tools ? { tools: tools.definitions, tool_choice: isLast ? ("none" as const) : ("auto" as const) } : {}),
		}
		const turns = toTurns({ messages: this.#messages, summary: this.#summary }, handler.getModel().id)
		const builder = new PartsBuilder()
		for await (const chunk of handler.createMessage(systemPrompt(tools !== undefined), turns, metadata))
			answer = this.#take(answer, chunk, builder)
		// The arguments of tool calls are whole now.
		return this.#keep({ ...answer, parts: builder.parts })
	}

	#take(answer: AssistantMessage, chunk: ApiStreamChunk, builder: PartsBuilder): AssistantMessage {
		if (chunk.type === "usage") {
			const request = toRecordedRequest(chunk, answer.id, new Date())
			this.#ledger.append(request)
			return this.#keep({ ...answer, parts: builder.parts, request })
		}
		const isSeenAtOnce = builder.take(chunk)
		const grown = this.#keep({ ...answer, parts: builder.parts })
		if (isSeenAtOnce) this.#put(grown)
		if (chunk.type === "text" || chunk.type === "reasoning")
			this.#dependencies.post({ type: "delta", messageId: answer.id, kind: chunk.type, text: chunk.text })
		if (Date.now() - this.#savedAt > SAVE_EVERY_MS) void this.#save()
		return grown
	}

	/** One after the other, each result seen as it comes. Throws when the person stops. */
	async #runTools(answer: AssistantMessage, tools: ChatTools, signal: AbortSignal): Promise<AssistantMessage> {
		let grown = this.#put(answer)
		for (const call of toolCalls(answer)) {
			signal.throwIfAborted()
			const result = await this.#runTool(call, tools, signal)
			signal.throwIfAborted()
			const parts = grown.parts.map((part) => (isCall(part, call) ? { ...part, result } : part))
			grown = this.#put({ ...grown, parts })
		}
		await this.#save()
		return grown
	}

	async #runTool(call: ToolCall, tools: ChatTools, signal: AbortSignal): Promise<ToolResult> {
		const input = toolInput(call)
		if (!input) return { ok: false, text: "The call was not whole, so nothing was run." }
		if (!this.#toolsAllowed) return { ok: false, text: "The person does not allow this any more." }
		return tools.run(call.name, input, signal)
	}

	/** Where earlier messages fill most of the window, the model is given a summary of them instead. */
	async #sumUpWhenLong(connection: Connection, signal: AbortSignal): Promise<void> {
		const { contextTokens, contextWindow } = this.#usage()
		const window = connection.contextWindow ?? contextWindow
		if (contextTokens === null || window === null || contextTokens < window * SUMMARISE_FROM) return
		const conversation = { messages: this.#messages, summary: this.#summary }
		const upToMessageId = summarisable(conversation)
		if (upToMessageId === null) return
		const text = await this.#ask("summary", summaryPrompt(conversation, upToMessageId), connection, signal)
		this.#summary = { text, upToMessageId }
		this.#dependencies.changed()
		await this.#save()
	}

	/** A chat is not worse for lack of a title, so a failure is no news, and is not tried again. */
	async #writeTitle(connection: Connection): Promise<void> {
		if (!connection.writesTitle || this.#title !== null || this.#titleTried) return
		this.#titleTried = true
		try {
			this.#title = readTitle(await this.#ask("title", titlePrompt(this.#messages), connection))
		} catch {
			return
		}
		this.#dependencies.changed()
		await this.#save()
	}

	/** A request beside the answers, in the ledger like them. */
	async #ask(
		purpose: BackgroundPurpose,
		prompt: string,
		connection: Connection,
		signal?: AbortSignal,
	): Promise<string> {
		const handler = await connection.openBackground(purpose)
		try {
			return await handler.completePrompt(prompt, {
				...(signal ? { signal } : {}),
				onUsage: (usage) => {
					const request = toRecordedRequest(usage, randomUUID(), new Date())
					this.#background.push({ purpose, request })
					this.#ledger.append(request)
					this.#backgroundLedger.append(request)
				},
			})
		} finally {
			handler.dispose()
		}
	}

	/** The answer as it was kept last, when a failure took the way back. */
	#latest(answer: AssistantMessage): AssistantMessage {
		const last = this.#messages.at(-1)
		return last?.role === "assistant" ? last : answer
	}

	/** The message's newest form, which is always the last: answers come one at a time. */
	#keep<M extends ChatMessage>(message: M): M {
		const last = this.#messages.at(-1)
		if (last?.id === message.id) this.#messages[this.#messages.length - 1] = message
		else this.#messages.push(message)
		return message
	}

	#put<M extends ChatMessage>(message: M): M {
		this.#keep(message)
		this.#dependencies.post({ type: "message", message, busy: this.busy, usage: this.#usage() })
		return message
	}

	#usage(): TaskUsage {
		const { total, byTier } = this.#ledger
		const last = this.#messages.findLast((message) => requestOf(message)[0]?.usage)
		const [request] = last ? requestOf(last) : []
		return {
			total,
			byTier: [...byTier].map(([tier, totals]) => ({ tier, totals })),
			contextTokens: request?.usage ? promptTokens(request.usage) + request.usage.outputTokens : null,
			contextWindow: (request?.baseModelId && findModel(request.baseModelId)?.contextWindow) || null,
			background: this.#backgroundLedger.total,
		}
	}

	async #save(): Promise<void> {
		this.#savedAt = Date.now()
		try {
			await this.#dependencies.store.save({
				version: 2,
				id: this.#id,
				createdAt: this.#createdAt,
				title: this.#title,
				toolsAllowed: this.#toolsAllowed,
				summary: this.#summary,
				background: [...this.#background],
				messages: [...this.#messages],
			})
		} catch (error) {
			this.#dependencies.reportProblem(`The chat could not be saved: ${String(error)}`)
		}
	}
}

function isCall(part: AssistantMessage["parts"][number], { callId }: ToolCall): part is ToolCall {
	return part.kind === "tool-call" && part.callId === callId
}

/** An answer that was on its way when its window went away will not come any more. */
function endInterrupted(message: ChatMessage): ChatMessage {
	return message.role === "assistant" && message.status === "streaming"
		? { ...message, status: "interrupted" }
		: message
}

function requestOf(message: ChatMessage) {
	return message.role === "assistant" && message.request ? [message.request] : []
}
