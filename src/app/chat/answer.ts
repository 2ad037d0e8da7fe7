import type { ServiceTier } from "@bedrock-tiers/core"
import { detail, detailsOf } from "@bedrock-tiers/error-details"
import { randomUUID } from "node:crypto"
import {
	isCutOff,
	withDelta,
	type AnswerPart,
	type AssistantMessage,
	type FailedAttempt,
	type ToolCall,
} from "@bedrock-tiers/protocol"
import { ProviderFailure, type ApiStreamChunk, type ToolCallChunk, type UsageChunk } from "../../api/index"

/** @param requestedTier the tier that the user chose */
export function startedAnswer(requestedTier: ServiceTier): AssistantMessage {
	const id = randomUUID()
	return { role: "assistant", id, parts: [], status: "streaming", error: null, requestedTier, request: null }
}

/**
 * Ends an answer that was still streaming when its window was closed or reloaded. Whether Bedrock accepted and billed
 * the request is unknown, so it counts as an unanswered attempt.
 */
export function interrupted(answer: AssistantMessage): AssistantMessage {
	if (answer.request) return { ...answer, status: "interrupted" }
	const attempt: FailedAttempt = {
		code: "stream-incomplete",
		details: [detail("chat.window-closed")],
		outcome: "unanswered",
		sentTier: answer.requestedTier ?? null,
		nextTier: null,
		waitMs: 0,
	}
	return { ...answer, status: "interrupted", failedAttempts: [...(answer.failedAttempts ?? []), attempt] }
}

/** Final status of an answer whose request threw `error`. A cancellation is not a failure. */
export function endStatus(error: unknown, stop?: AbortSignal): Pick<AssistantMessage, "status" | "error"> {
	const isCancelled = ProviderFailure.is(error) ? error.code === "cancelled" : stop?.aborted
	if (isCancelled) return { status: "stopped", error: null }
	const code = ProviderFailure.is(error) ? error.code : "unknown"
	return { status: "failed", error: { code, details: detailsOf(error) } }
}

/** Builds an answer's parts from the chunks of its stream. */
export class PartsBuilder {
	#parts: AnswerPart[] = []
	/** Position of each tool call in `#parts`, by its index in the stream. */
	readonly #calls = new Map<number, number>()

	get parts(): AnswerPart[] {
		return this.#parts
	}

	/**
	 * @returns whether the chunk added something other than text and reasoning, which the webview must show at once.
	 *   The arguments of a tool call are shown only when they are complete.
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
				return this.#addCallChunk(chunk)
		}
	}

	/** A model that does not return its reasoning text still signs it, so a signature can have no preceding text. */
	#sign(signature: string): void {
		const last = this.#parts.at(-1)
		this.#parts =
			last?.kind === "reasoning" && last.signature === null
				? this.#parts.with(-1, { ...last, signature })
				: [...this.#parts, { kind: "reasoning", text: "", signature }]
	}

	#addCallChunk({ index, id, name, arguments: argumentsDelta = "" }: ToolCallChunk): boolean {
		const position = this.#calls.get(index)
		const call = position === undefined ? undefined : this.#parts[position]
		if (position !== undefined && call?.kind === "tool-call") {
			this.#parts = this.#parts.with(position, { ...call, input: call.input + argumentsDelta })
			return false
		}
		this.#calls.set(index, this.#parts.length)
		const newCall: ToolCall = {
			kind: "tool-call",
			callId: id ?? randomUUID(),
			name: name ?? "",
			input: argumentsDelta,
			result: null,
		}
		this.#parts = [...this.#parts, newCall]
		return true
	}
}

export function toolCalls({ parts }: AssistantMessage): ToolCall[] {
	return parts.filter((part) => part.kind === "tool-call")
}

/** Why a tool call cannot be run. `cut-off`: the answer ended within it. `not-json`: its arguments are no JSON object. */
export type CallProblem = "cut-off" | "not-json"

/** `null` when the call can be run. Arguments that are cut before their first character look like no arguments. */
export function callProblem({ parts, stopReason }: AssistantMessage, call: ToolCall): CallProblem | null {
	const isValid = toolInput(call) !== undefined
	if (isCutOff(stopReason) && parts.at(-1) === call && (!isValid || call.input.trim() === "")) return "cut-off"
	return isValid ? null : "not-json"
}

/** Parsed arguments of a tool call; `{}` when it has none. `undefined` when the JSON is incomplete or not an object. */
export function toolInput({ input }: ToolCall): object | undefined {
	if (input.trim() === "") return {}
	try {
		const value: unknown = JSON.parse(input)
		return typeof value === "object" && value !== null && !Array.isArray(value) ? value : undefined
	} catch {
		return undefined
	}
}
