import type { BackgroundPurpose } from "@bedrock-tiers/protocol"
import { endStatus } from "./answer"
import type { AttachedContents } from "../attachments/question-blocks"
import { readTitle, summaryPrompt, titlePrompt } from "./background"
import type { ChatLog } from "./chat-log"
import type { Connection } from "./connection"
import { nextRequestTokens, type ContextBudget } from "./context-budget"
import { summarizable } from "./conversation"
import { RequestWatch, type LogRequest } from "./request-log"

/** Share of the context window from which earlier messages are summarized, while they still fit into one request. */
const SUMMARIZE_FROM = 0.75

/** Titles and summaries of one chat: requests that are recorded like answers, but are not part of the conversation. */
export class BackgroundRequests {
	readonly #log: ChatLog
	readonly #logRequest: LogRequest
	#titleTried = false

	constructor(log: ChatLog, logRequest: LogRequest) {
		this.#log = log
		this.#logRequest = logRequest
	}

	/**
	 * Replaces earlier messages by a summary when they fill most of the context window, or when the next request may not
	 * fit.
	 * @param wasTooLong the request did not fit: the messages are summarized whatever the estimate
	 * @param readAttached reads the contents of attachments for the prompt
	 */
	async summarizeWhenLong(
		connection: Connection,
		budget: ContextBudget,
		{ signal, wasTooLong }: { readonly signal: AbortSignal; readonly wasTooLong: boolean },
		readAttached: () => Promise<AttachedContents>,
	): Promise<void> {
		const { record } = this.#log
		if (!wasTooLong && !this.#isLong(connection, budget)) return
		const upToMessageId = summarizable(record)
		if (upToMessageId === null) return
		const prompt = summaryPrompt(record, upToMessageId, await readAttached(), budget.windowBytes)
		const text = await this.#complete("summary", prompt, connection, signal)
		// An empty summary would lose the messages.
		if (text.trim() !== "") await this.#log.changeAndShow({ summary: { text, upToMessageId } })
	}

	#isLong(connection: Connection, budget: ContextBudget): boolean {
		const { contextTokens, contextWindow } = this.#log.usage()
		const window = connection.contextWindow ?? contextWindow
		if (window === null) return false
		const fillsMost = contextTokens !== null && contextTokens >= window * SUMMARIZE_FROM
		return fillsMost || nextRequestTokens(this.#log.record, contextTokens, budget) >= window
	}

	/** Best effort: a failed title request is not retried or reported. */
	async writeTitle(connection: Connection): Promise<void> {
		if (!connection.writesTitle || this.#log.record.title !== null || this.#titleTried) return
		this.#titleTried = true
		try {
			const prompt = titlePrompt(this.#log.record.messages)
			await this.#log.changeAndShow({ title: readTitle(await this.#complete("title", prompt, connection)) })
		} catch {
			// The first words remain the title. The failed attempt is in the usage of the chat.
			await this.#log.save()
		}
	}

	async #complete(
		purpose: BackgroundPurpose,
		prompt: string,
		connection: Connection,
		signal?: AbortSignal,
	): Promise<string> {
		const handler = await connection.openBackground(purpose)
		const { region } = connection
		const watch = new RequestWatch({ purpose, modelId: handler.getModel().id, region }, this.#logRequest)
		try {
			const text = await handler.completePrompt(prompt, {
				...(signal ? { signal } : {}),
				onAttemptFailed: (attempt) => {
					watch.attemptFailed(attempt)
					this.#log.requests.recordBackgroundFailure(attempt)
				},
				onUsage: ({ record }) => {
					watch.recorded(record)
					this.#log.requests.recordBackground(purpose, record)
				},
			})
			watch.ended({ status: "complete", error: null })
			return text
		} catch (error) {
			watch.ended(endStatus(error, signal))
			throw error
		} finally {
			handler.dispose()
		}
	}
}
