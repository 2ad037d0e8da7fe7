/** How long an accepted request took, from when it was sent: attempts that failed before it, and waits, are not in it. */
export type RequestTiming = {
	/** Milliseconds until the first of the answer, thoughts included; null = none came, or it came in one piece. */
	readonly firstTokenMs: number | null
	/** Milliseconds until its end. */
	readonly totalMs: number
}

/**
 * Output tokens per second from the first to the last.
 * @param outputTokens null = not reported
 * @returns null where it cannot be told: no first token, no tokens reported, or all at once
 */
export function tokensPerSecond(
	{ firstTokenMs, totalMs }: RequestTiming,
	outputTokens: number | null | undefined,
): number | null {
	if (firstTokenMs === null || outputTokens == null || totalMs <= firstTokenMs) return null
	return (outputTokens * 1000) / (totalMs - firstTokenMs)
}
