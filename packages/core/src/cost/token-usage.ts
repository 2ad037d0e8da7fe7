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

/**
 * Cache writes from a reported total and the parts by TTL. A total that is missing, or less than the parts, is their
 * sum: Bedrock may report the parts without the total.
 * @param total `undefined` or `null` when not reported
 */
export function cacheWriteTokens(
	total: number | null | undefined,
	parts: { readonly shortTtl: number; readonly oneHour: number },
): Required<Pick<TokenUsage, "cacheWriteTokens" | "cacheWrite1hTokens">> {
	return {
		cacheWriteTokens: Math.max(total ?? 0, parts.shortTtl + parts.oneHour),
		cacheWrite1hTokens: parts.oneHour,
	}
}

/** Tokens that the model read: input, cache reads and cache writes together. */
export function promptTokens(usage: TokenUsage): number {
	return usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens
}
