import type {
	CostLine,
	FailedOutcome,
	ModelNamedBy,
	NotSentReason,
	BilledTierBasis,
	PriceSource,
	RequestTiming,
	Route,
	ServedTier,
	ServiceTier,
	UnpricedReason,
} from "@bedrock-tiers/core"
import type { ErrorCode } from "@bedrock-tiers/protocol"

/**
 * The provider contract, in Roo Code's shape: `createMessage`, `completePrompt`, `getModel`, and the chunks of a stream.
 * Structural types of our own, so that a handler fits into the host without importing it.
 */
export type ApiHandler = {
	createMessage(systemPrompt: string, messages: readonly ChatTurn[], metadata?: RequestMetadata): ApiStream
	completePrompt(prompt: string, options?: CompletionOptions): Promise<string>
	getModel(): { id: string; info: ModelInfo }
	/** Closes the connections. Calls after it open new ones. */
	dispose(): void
}

/** A turn of the conversation, a subset of Anthropic's `MessageParam`: what the handler can translate. */
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
/** What the model thought. It goes back with its signature, as it was; without one it stays here. */
export type ThinkingBlock = { readonly type: "thinking"; readonly thinking: string; readonly signature: string }
/** Thoughts that only the model can read, base64. */
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
/** A block of any other kind is refused by name. */
export type TurnBlock =
	TextBlock | ImageBlock | ThinkingBlock | RedactedThinkingBlock | ToolUseBlock | ToolResultBlock | OtherBlock
export type OtherBlock = { readonly type: string }

/** A tool in the shape of OpenAI's chat completions, as the host defines them. */
export type ToolDefinition = {
	readonly type: "function"
	readonly function: {
		readonly name: string
		readonly description?: string
		/** JSON Schema of an object. */
		readonly parameters?: Readonly<Record<string, unknown>>
	}
}
/** `required`: any tool, but one of them. */
export type ToolChoice =
	"auto" | "none" | "required" | { readonly type: "function"; readonly function: { readonly name: string } }

/** An attempt that was sent and brought no answer, and what comes next. What never left this machine is none. */
export type FailedAttempt = {
	/** ISO time of its end. */
	readonly at: string
	readonly code: ErrorCode
	readonly message: string
	/** `refused`: nothing is billed. `unanswered`: whether Bedrock took it, and billed it, is not known. */
	readonly outcome: FailedOutcome
	/** What was on the wire; null = nothing. */
	readonly sentTier: ServiceTier | null
	/** Null = no other one follows: the failure is thrown. */
	readonly nextTier: ServiceTier | null
	/** Milliseconds until the next attempt. */
	readonly waitMs: number
}

export type RequestMetadata = {
	readonly taskId?: string
	/** Called once for each attempt that failed, the last one too, before its failure is thrown. */
	readonly onAttemptFailed?: (attempt: FailedAttempt) => void
	readonly tools?: readonly ToolDefinition[]
	readonly tool_choice?: ToolChoice
	/** Ends the request at once; the stream then throws a failure with the code `cancelled`. */
	readonly signal?: AbortSignal
}

export type CompletionOptions = {
	readonly signal?: AbortSignal
	readonly onAttemptFailed?: (attempt: FailedAttempt) => void
	/** Called once when Bedrock accepted the request: a string alone cannot carry what it cost. */
	readonly onUsage?: (usage: UsageChunk) => void
}

export type ApiStream = AsyncGenerator<ApiStreamChunk, void, void>
export type ApiStreamChunk =
	TextChunk | ReasoningChunk | ThinkingCompleteChunk | RedactedThinkingChunk | ToolCallChunk | UsageChunk
export type TextChunk = { readonly type: "text"; readonly text: string }
export type ReasoningChunk = { readonly type: "reasoning"; readonly text: string }
/** The reasoning before it is whole; with this signature it can go back in the next turn. */
export type ThinkingCompleteChunk = { readonly type: "thinking_complete"; readonly signature: string }
export type RedactedThinkingChunk = { readonly type: "redacted_thinking"; readonly data: string }
/** A tool call as it is built: first its id and name, then its arguments piece by piece, which are JSON when joined. */
export type ToolCallChunk = {
	readonly type: "tool_call_partial"
	/** The same for all pieces of one call. */
	readonly index: number
	readonly id?: string
	readonly name?: string
	readonly arguments?: string
}

/** One for every request that Bedrock accepted, the last chunk of its stream. */
export type UsageChunk = {
	readonly type: "usage"
	/** Null = the answer ended before usage was reported. Cached tokens are no input tokens. */
	readonly inputTokens: number | null
	readonly outputTokens: number | null
	readonly cacheReadTokens: number | null
	readonly cacheWriteTokens: number | null
	/** Those of the written ones that are kept for an hour. */
	readonly cacheWrite1hTokens: number | null
	/** USD, unrounded, priced by the billed tier; null = not fully known. The host's name for what is elsewhere `totalUsd`. */
	readonly totalCost: number | null
	/** USD, the sum of the lines that have a price. */
	readonly knownUsd: number
	readonly unpricedReason: UnpricedReason | null
	readonly requestedTier: ServiceTier
	/** Null = Bedrock reported none. */
	readonly servedTier: ServedTier | null
	readonly billedTier: ServedTier
	readonly basis: BilledTierBasis
	/** Why a chosen tier was not put on the wire; null when it was, or when Standard was chosen. */
	readonly notSentReason: NotSentReason | null
	/** Why the model ended, in Bedrock's words; null = the answer broke off before it said so. */
	readonly stopReason: string | null
	/** As Bedrock was given it. */
	readonly modelId: string
	readonly baseModelId: string | null
	/** Who said which model it is: its id, AWS, the person's own word, or nobody. */
	readonly modelNamedBy: ModelNamedBy
	readonly region: string
	readonly route: Route
	readonly lines: readonly CostLine[]
	readonly card: PriceSource | null
	/** Percent that was taken off the list's prices. */
	readonly discountPercent: number
	/** How long it took; null = not measured. */
	readonly timing: RequestTiming | null
}

/** What the host shows of a model, in its names. Prices in USD per million tokens, those of the chosen tier. */
export type ModelInfo = {
	readonly contextWindow: number
	readonly maxTokens?: number
	readonly supportsImages: boolean
	readonly supportsPromptCache: boolean
	readonly inputPrice?: number
	readonly outputPrice?: number
	readonly cacheReadsPrice?: number
	readonly cacheWritesPrice?: number
}
