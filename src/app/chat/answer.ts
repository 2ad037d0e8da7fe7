import { t, type ServiceTier } from "@bedrock-tiers/core"
import { randomUUID } from "node:crypto"
import {
	withDelta,
	type AnswerPart,
	type AssistantMessage,
	type ChatError,
	type FailedAttempt,
	type ToolCall,
} from "@bedrock-tiers/protocol"
import { ProviderFailure, type ApiStreamChunk, type ToolCallChunk, type UsageChunk } from "../../api/index"
import { errorMessage } from "../storage/error-message"

/** @param askedTier as it was chosen */
export function startedAnswer(requestedTier: ServiceTier): AssistantMessage {
	const id = randomUUID()
	return { role: "assistant", id, parts: [], status: "streaming", error: null, requestedTier, request: null }
}

/**
 * An answer that was on its way when its window went away: it will not come any more. Whether Bedrock took the request, and
 * what it billed, nobody will tell, so it counts as an attempt without an answer.
 */
export function interrupted(answer: AssistantMessage): AssistantMessage {
	if (answer.request) return { ...answer, status: "interrupted" }
	const attempt: FailedAttempt = {
		code: "stream-incomplete",
		message: t("The window was closed or reloaded while the answer was on its way."),
		outcome: "unanswered",
		sentTier: answer.requestedTier ?? null,
		nextTier: null,
		waitMs: 0,
	}
	return { ...answer, status: "interrupted", failedAttempts: [...(answer.failedAttempts ?? []), attempt] }
}

/** Cancelling is not a failure. */
export function endOf(error: unknown, stop: AbortSignal): Pick<AssistantMessage, "status" | "error"> {
	const isStop = ProviderFailure.is(error) ? error.code === "cancelled" : stop.aborted
	if (isStop) return { status: "stopped", error: null }
	const shown: ChatError = ProviderFailure.is(error)
		? { code: error.code, message: error.message }
		: { code: "unknown", message: errorMessage(error) }
	return { status: "failed", error: shown }
}

/** Puts an answer's parts together from the chunks of its stream. */
export class PartsBuilder {
	#parts: AnswerPart[] = []
	/** Where each tool call lies, by its index in the stream. */
	readonly #calls = new Map<number, number>()

	get parts(): AnswerPart[] {
		return this.#parts
	}

	/**
	 * @returns whether something other than text and thoughts has come that is to be seen at once; the arguments of a
	 *   tool call are seen when they are whole
	 */
	take(chunk: Exclude<ApiStreamChunk, UsageChunk>): boolean {
		switch (chunk.type) {
			case "text":
			case "reasoning":
				this.#parts = withDelta(this.#parts, chunk.type, chunk.text)
				return false
			case "thinking_complete":
				this.#sign(chunk.signature)
				return true
			case "redacted_thinking":
				this.#parts = [...this.#parts, { kind: "redacted-reasoning", data: chunk.data }]
				return true
			case "tool_call_partial":
				return this.#takeCall(chunk)
		}
	}

	/** A model that keeps its thoughts to itself signs them all the same. */
	#sign(signature: string): void {
		const last = this.#parts.at(-1)
		this.#parts =
			last?.kind === "reasoning" && last.signature === null
				? this.#parts.with(-1, { ...last, signature })
				: [...this.#parts, { kind: "reasoning", text: "", signature }]
	}

	#takeCall({ index, id, name, arguments: more = "" }: ToolCallChunk): boolean {
		const position = this.#calls.get(index)
		const known = position === undefined ? undefined : this.#parts[position]
		if (position !== undefined && known?.kind === "tool-call") {
			this.#parts = this.#parts.with(position, { ...known, input: known.input + more })
			return false
		}
		this.#calls.set(index, this.#parts.length)
		const call: ToolCall = {
			kind: "tool-call",
			callId: id ?? randomUUID(),
			name: name ?? "",
			input: more,
			result: null,
		}
		this.#parts = [...this.#parts, call]
		return true
	}
}

export function toolCalls({ parts }: AssistantMessage): ToolCall[] {
	return parts.filter((part) => part.kind === "tool-call")
}

/** The object that the model wrote; a call without arguments is one with none. Undefined = it is not whole, or no object. */
export function toolInput({ input }: ToolCall): object | undefined {
	if (input.trim() === "") return {}
	try {
		const value: unknown = JSON.parse(input)
		return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined
	} catch {
		return undefined
	}
}
