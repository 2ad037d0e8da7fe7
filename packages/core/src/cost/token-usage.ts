/** Tokens of one request as Bedrock reports them. A cached token is not an input token. */
export type TokenUsage = {
	readonly inputTokens: number
	readonly outputTokens: number
	readonly cacheReadTokens: number
	/** Written to the cache, for whatever lifetime. */
	readonly cacheWriteTokens: number
	/** Those of them that were written for an hour; absent = none. */
	readonly cacheWrite1hTokens?: number
}

/** What the model read: input, cache reads and cache writes together. */
export function promptTokens(usage: TokenUsage): number {
	return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens
}
