/** Duration of an accepted request since it was sent, without earlier failed attempts and waits. */
export type RequestTiming = {
	/**
	 * Milliseconds until the first part of the answer, reasoning included; `null` when none arrived, or the answer
	 * arrived in one piece.
	 */
	readonly firstTokenMs: number | null
	/** Milliseconds until the request ended. */
	readonly totalMs: number
}

/**
 * Output tokens per second, from the first to the last token.
 * @param outputTokens `null` when not reported
 * @returns `null` when there was no first token, no token count was reported, or all tokens arrived at once
 */
export function tokensPerSecond(
	{ firstTokenMs, totalMs }: RequestTiming,
	outputTokens: number | null | undefined,
): number | null {
	if (firstTokenMs === null || outputTokens == null || totalMs <= firstTokenMs) return null
	return (outputTokens * 1000) / (totalMs - firstTokenMs)
}
