/** Token counts of one request as reported by Bedrock. `inputTokens` does not include cached tokens. */
export type TokenUsage = {
	readonly inputTokens: number
	readonly outputTokens: number
	readonly cacheReadTokens: number
	/** Tokens written to the cache with any TTL. */
	readonly cacheWriteTokens: number
	/** Subset of `cacheWriteTokens` written with a 1-hour TTL; absent means 0. */
	readonly cacheWrite1hTokens?: number
}

/** Tokens that the model read: input, cache reads and cache writes together. */
export function promptTokens(usage: TokenUsage): number {
	return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens
}
