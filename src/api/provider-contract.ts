import type { FailedOutcome, OmittableParameter, ServiceTier, UsageRecord } from "@bedrock-tiers/core"
import type { ErrorDetail } from "@bedrock-tiers/error-details"
import type { ErrorCode } from "@bedrock-tiers/protocol"

/**
 * The provider contract, in Roo Code's shape: `createMessage`, `completePrompt`, `getModel`, and the chunks of a
 * stream. The types are structural and defined here, so that a handler fits into the host without importing the host's
 * types.
 */
export type ApiHandler = {
	createMessage(systemPrompt: string, messages: readonly ChatTurn[], metadata?: RequestMetadata): ApiStream
	completePrompt(prompt: string, options?: CompletionOptions): Promise<string>
	/** The id that is sent to Bedrock, and what is known of the model without a request. */
	getModel(): { readonly id: string; readonly info: { readonly supportsImages: boolean } }
	/** Closes the connections. Later calls open new ones. */
	dispose(): void
}

/** A turn of the conversation: the subset of Anthropic's `MessageParam` that the handler can translate. */
export type ChatTurn = {
	readonly role: "user" | "assistant"
	readonly content: string | readonly TurnBlock[]
}

export type TextBlock = { readonly type: "text"; readonly text: string }
export type ImageBlock = {
	readonly type: "image"
	/** Base64, without a `data:` prefix. */
	readonly source: { readonly type: "base64"; readonly media_type: string; readonly data: string }
}
/** Reasoning text of the model. It is sent back unchanged with its signature; without a signature it is not sent. */
export type ThinkingBlock = { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
/** Reasoning that only the model can read, as base64. */
export type RedactedThinkingBlock = { readonly type: "redacted_thinking"; readonly data: string }
export type ToolUseBlock = {
	readonly type: "tool_use"
	readonly id: string
	readonly name: string
	readonly input: unknown
}
export type ToolResultBlock = {
	readonly type: "tool_result"
	readonly tool_use_id: string
	readonly content?: string | readonly (TextBlock | ImageBlock)[]
	readonly is_error?: boolean
}
/** A block of any other type is rejected with an error that names the type. */
export type TurnBlock =
	TextBlock | ImageBlock | ThinkingBlock | RedactedThinkingBlock | ToolUseBlock | ToolResultBlock | OtherBlock
type OtherBlock = { readonly type: string }

/** A tool in the format of OpenAI's chat completions, as the host defines it. */
export type ToolDefinition = {
	readonly type: "function"
	readonly function: {
		readonly name: string
		readonly description?: string
		/** JSON Schema of an object; `null` or absent: no parameters. */
		readonly parameters?: Readonly<Record<string, unknown>> | null
	}
}
/** `required`: the model must call a tool, but may choose which one. */
export type ToolChoice =
	"auto" | "none" | "required" | { readonly type: "function"; readonly function: { readonly name: string } }

/**
 * An attempt that was sent but brought no answer, and what follows it. A request that never left this machine is not an
 * attempt.
 */
export type FailedAttempt = {
	/** ISO time at which the attempt ended. */
	readonly at: string
	readonly code: ErrorCode
	readonly details: readonly ErrorDetail[]
	/** `refused`: nothing is billed. `unanswered`: it is unknown whether Bedrock accepted and billed the request. */
	readonly outcome: FailedOutcome
	/** Tier that was sent; `null` when the request contained none. */
	readonly sentTier: ServiceTier | null
	/** Tier of the next attempt; `null` when no attempt follows and the failure is thrown. */
	readonly nextTier: ServiceTier | null
	/** Milliseconds until the next attempt. */
	readonly waitMs: number
}

/** What was changed in a conversation before it was sent. docs/wire-contract.md explains each code. */
export type ConversationChangeCode =
	| "blank-text-removed"
	| "call-sent-as-text"
	| "duplicate-id-replaced"
	| "first-turn-added"
	| "image-moved"
	| "image-type-corrected"
	| "last-turn-added"
	| "repeated-result-removed"
	| "result-added"
	| "result-moved"
	| "result-sent-as-text"
	| "schema-depth-limited"
	| "schema-references-resolved"
	| "schema-root-simplified"
	| "text-repaired"
	| "thinking-left-out"
	| "thought-removed"
	| "tool-id-replaced"
	| "tool-input-wrapped"
	| "tool-name-replaced"
	| "turns-joined"
/** Contains no content of the conversation. */
export type ConversationChange = {
	readonly code: ConversationChangeCode
	readonly params: { readonly count: number }
}

/**
 * A parameter that was left out or changed so that the model accepts the request. `not-accepted`: by the catalog.
 * `refused`: Bedrock refused it before. `with-thinking`: not together with thinking. `undocumented`: AWS documents no
 * field for it. `from` and `to` are tokens.
 */
export type ParameterAdjustment = {
	readonly parameter: OmittableParameter
	readonly reason: "not-accepted" | "refused" | "with-thinking" | "undocumented" | "above-maximum" | "below-minimum"
	readonly from?: number
	readonly to?: number
}

export type RequestMetadata = {
	/** Called for each attempt of which parameters were left out or changed, before it is sent. */
	readonly onAdjusted?: (adjustments: readonly ParameterAdjustment[]) => void
	/**
	 * Called for each attempt whose conversation had to be changed so that Bedrock accepts it, before it is sent. The
	 * caller's own history stays as it is.
	 */
	readonly onRepaired?: (changes: readonly ConversationChange[]) => void
	/** Called once for each failed attempt, including the last one, before its failure is thrown. */
	readonly onAttemptFailed?: (attempt: FailedAttempt) => void
	readonly tools?: readonly ToolDefinition[]
	readonly tool_choice?: ToolChoice
	/** Ends the request at once; the stream then throws a failure with the code `cancelled`. */
	readonly signal?: AbortSignal
}

export type CompletionOptions = Pick<RequestMetadata, "signal" | "onAttemptFailed" | "onAdjusted"> & {
	/** Called once if Bedrock accepted the request, because the returned string cannot carry its cost. */
	readonly onUsage?: (usage: UsageChunk) => void
}

export type ApiStream = AsyncGenerator<ApiStreamChunk, void, void>
export type ApiStreamChunk =
	TextChunk | ReasoningChunk | ThinkingCompleteChunk | RedactedThinkingChunk | ToolCallChunk | UsageChunk
export type TextChunk = { readonly type: "text"; readonly text: string }
export type ReasoningChunk = { readonly type: "reasoning"; readonly text: string }
/** Marks the reasoning before it as complete; with this signature it can be sent back in the next turn. */
export type ThinkingCompleteChunk = { readonly type: "thinking_complete"; readonly signature: string }
export type RedactedThinkingChunk = { readonly type: "redacted_thinking"; readonly data: string }
/** A piece of a tool call: first its id and name, then its arguments piece by piece, which are JSON when joined. */
export type ToolCallChunk = {
	readonly type: "tool_call_partial"
	/** The same for all pieces of one call. */
	readonly index: number
	readonly id?: string
	readonly name?: string
	readonly arguments?: string
}

/** The last chunk of a stream, sent once for every request that Bedrock accepted. */
export type UsageChunk = {
	readonly type: "usage"
	readonly record: UsageRecord
	/** Stop reason as Bedrock reports it; `null` when the answer broke off before it was reported. */
	readonly stopReason: string | null
}

/** The host's proxy settings. What is `null` is read from the environment: HTTPS_PROXY, HTTP_PROXY, NO_PROXY. */
export type ProxySettings = {
	/** `false`: every connection is direct, whatever the environment says. */
	readonly enabled: boolean
	/** Address of an http or https proxy, with or without user name and password. */
	readonly url: string | null
	/** Hosts and domains without a proxy. */
	readonly noProxy: readonly string[] | null
	/** Value of the `Proxy-Authorization` header; `null` for the user name and password of the address. */
	readonly authorization: string | null
	/** Whether the certificate of an https proxy is checked. The certificate of the endpoint always is. */
	readonly checksCertificate: boolean
}
