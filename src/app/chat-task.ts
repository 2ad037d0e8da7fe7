import { randomUUID } from "node:crypto"
import { findModel, promptTokens, UsageLedger } from "@bedrock-tiers/core"
import type {
	AssistantMessage,
	ChatError,
	ChatMessage,
	ChatView,
	FailedAttempt,
	TaskUsage,
	ToWebview,
} from "@bedrock-tiers/protocol"
import { ProviderFailure, type ApiHandler, type ApiStreamChunk } from "../api"
import { newChatRecord, type ChatRecord, type ChatStore } from "./chat-store"
import { SYSTEM_PROMPT, toTurns } from "./conversation"
import type { ReportProblem } from "./ports"
import { toRecordedFailure, toRecordedRequest } from "./recorded-request"

export type ChatTaskDependencies = {
	readonly store: Pick<ChatStore, "save">
	readonly post: (message: ToWebview) => void
	readonly reportProblem: ReportProblem
}

/** While an answer streams, what has come is written to the file at most this often. */
const SAVE_EVERY_MS = 1_000

/** One chat: its messages, the answer on its way, and the ledger of what its requests cost. */
export class ChatTask {
	readonly #dependencies: ChatTaskDependencies
	readonly #id: string
	readonly #createdAt: string
	readonly #messages: ChatMessage[]
	readonly #ledger: UsageLedger
	#answering: AbortController | undefined
	#savedAt = 0

	constructor(dependencies: ChatTaskDependencies, record: ChatRecord = newChatRecord(new Date())) {
		this.#dependencies = dependencies
		this.#id = record.id
		this.#createdAt = record.createdAt
		this.#messages = record.messages.map(endInterrupted)
		this.#ledger = UsageLedger.restore(
			record.messages.flatMap(requestOf),
			record.messages.flatMap(attemptsOf).map(toRecordedFailure),
		).ledger
	}

	get id(): string {
		return this.#id
	}

	get busy(): boolean {
		return this.#answering !== undefined
	}

	view(): ChatView {
		return { id: this.#id, messages: [...this.#messages], busy: this.busy, usage: this.#usage() }
	}

	stop(): void {
		this.#answering?.abort()
	}

	/** Sends a message and resolves when its answer is over, however it ended. Ignored while an answer is on its way. */
	async send(text: string, connect: () => Promise<ApiHandler>): Promise<void> {
		if (this.busy) return
		await this.#answer(connect, { role: "user", id: randomUUID(), text })
	}

	/** Asks again what was answered by a failure. Ignored while an answer is on its way, and where the last one did not fail. */
	async retry(connect: () => Promise<ApiHandler>): Promise<void> {
		const last = this.#messages.at(-1)
		if (this.busy || last?.role !== "assistant" || last.status !== "failed") return
		await this.#answer(connect)
	}

	async #answer(connect: () => Promise<ApiHandler>, question?: ChatMessage): Promise<void> {
		const abort = new AbortController()
		this.#answering = abort
		if (question) this.#put(question)
		let answer = startedAnswer()
		this.#put(answer)
		await this.#save()
		let handler: ApiHandler | undefined
		try {
			handler = await connect()
			const turns = toTurns(this.#messages)
			const onAttemptFailed = (attempt: FailedAttempt) => {
				this.#ledger.appendFailure(toRecordedFailure(attempt))
				answer = { ...answer, failedAttempts: [...(answer.failedAttempts ?? []), attempt] }
				this.#put(answer)
			}
			const metadata = { taskId: this.#id, signal: abort.signal, onAttemptFailed }
			for await (const chunk of handler.createMessage(SYSTEM_PROMPT, turns, metadata))
				answer = this.#take(answer, chunk)
			answer = { ...answer, status: "complete" }
		} catch (error) {
			answer = { ...answer, ...endOf(error) }
		} finally {
			handler?.dispose()
			this.#answering = undefined
		}
		this.#put(answer)
		await this.#save()
	}

	#take(answer: AssistantMessage, chunk: ApiStreamChunk): AssistantMessage {
		if (chunk.type === "usage") {
			const request = toRecordedRequest(chunk, answer.id, new Date())
			this.#ledger.append(request)
			return this.#keep({ ...answer, request })
		}
		// The chat offers no tools, and does not send thoughts back.
		if (chunk.type !== "text" && chunk.type !== "reasoning") return answer
		this.#dependencies.post({ type: "delta", messageId: answer.id, kind: chunk.type, text: chunk.text })
		const grown =
			chunk.type === "text"
				? { ...answer, text: answer.text + chunk.text }
				: { ...answer, reasoning: answer.reasoning + chunk.text }
		if (Date.now() - this.#savedAt > SAVE_EVERY_MS) void this.#save()
		return this.#keep(grown)
	}

	/** The message's newest form, which is always the last: answers come one at a time. */
	#keep(answer: AssistantMessage): AssistantMessage {
		this.#messages[this.#messages.length - 1] = answer
		return answer
	}

	#put(message: ChatMessage): void {
		const last = this.#messages.at(-1)
		if (last?.id === message.id) this.#messages[this.#messages.length - 1] = message
		else this.#messages.push(message)
		this.#dependencies.post({ type: "message", message, busy: this.busy, usage: this.#usage() })
	}

	#usage(): TaskUsage {
		const { total, byTier, failed, failedByTier, requests } = this.#ledger
		const last = requests.at(-1)
		return {
			total,
			byTier: [...byTier].map(([tier, totals]) => ({ tier, totals })),
			failed,
			failedByTier: [...failedByTier].map(([tier, totals]) => ({ tier, totals })),
			contextTokens: last?.usage ? promptTokens(last.usage) + last.usage.outputTokens : null,
			contextWindow: (last?.baseModelId && findModel(last.baseModelId)?.contextWindow) || null,
		}
	}

	async #save(): Promise<void> {
		this.#savedAt = Date.now()
		try {
			await this.#dependencies.store.save({
				version: 1,
				id: this.#id,
				createdAt: this.#createdAt,
				messages: [...this.#messages],
			})
		} catch (error) {
			this.#dependencies.reportProblem(`The chat could not be saved: ${String(error)}`)
		}
	}
}

function startedAnswer(): AssistantMessage {
	return {
		role: "assistant",
		id: randomUUID(),
		text: "",
		reasoning: "",
		status: "streaming",
		error: null,
		request: null,
	}
}

/** Cancelling is not a failure. */
function endOf(error: unknown): Pick<AssistantMessage, "status" | "error"> {
	if (ProviderFailure.is(error) && error.code === "cancelled") return { status: "stopped", error: null }
	const shown: ChatError = ProviderFailure.is(error)
		? { code: error.code, message: error.message }
		: { code: "unknown", message: error instanceof Error ? error.message : String(error) }
	return { status: "failed", error: shown }
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

function attemptsOf(message: ChatMessage): readonly FailedAttempt[] {
	return (message.role === "assistant" && message.failedAttempts) || []
}
