/** Tokens of one request as Bedrock reports them. The four kinds do not overlap: a cached token is not an input token. */
export type TokenUsage = {
	readonly inputTokens: number
	readonly outputTokens: number
	readonly cacheReadTokens: number
	readonly cacheWriteTokens: number
}

/** What the model read: input, cache reads and cache writes together. */
export function promptTokens(usage: TokenUsage): number {
	return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens
}
