import type {
	CostLine,
	NotSentReason,
	BilledTierBasis,
	PriceSource,
	Route,
	ServedTier,
	ServiceTier,
	UnpricedReason,
} from "@bedrock-tiers/core"

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
/** Other kinds of blocks are refused by name until they can be translated. */
export type TurnBlock = TextBlock | { readonly type: string }

export type RequestMetadata = {
	readonly taskId?: string
	/** Ends the request at once; the stream then throws a failure with the code `cancelled`. */
	readonly signal?: AbortSignal
}

export type CompletionOptions = {
	readonly signal?: AbortSignal
	/** Called once when Bedrock accepted the request: a string alone cannot carry what it cost. */
	readonly onUsage?: (usage: UsageChunk) => void
}

export type ApiStream = AsyncGenerator<ApiStreamChunk, void, void>
export type ApiStreamChunk = TextChunk | ReasoningChunk | UsageChunk
export type TextChunk = { readonly type: "text"; readonly text: string }
export type ReasoningChunk = { readonly type: "reasoning"; readonly text: string }

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
	/** As Bedrock was given it. */
	readonly modelId: string
	readonly baseModelId: string | null
	readonly region: string
	readonly route: Route
	readonly lines: readonly CostLine[]
	readonly card: PriceSource | null
	/** Percent that was taken off the list's prices. */
	readonly discountPercent: number
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
