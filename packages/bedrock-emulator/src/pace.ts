/** How fast a tier answers. */
export type TierPace = { firstTokenMs: number; tokensPerSecond: number }

const DEFAULT_PACE: TierPace = { firstTokenMs: 400, tokensPerSecond: 70 }

/** Invented speeds, in AWS's order: priority before default before flex. AWS publishes no numbers. */
const TIER_PACES: Readonly<Record<string, TierPace>> = {
	priority: { firstTokenMs: 150, tokensPerSecond: 120 },
	flex: { firstTokenMs: 1200, tokensPerSecond: 35 },
}

export function paceOf(servedTier: string | null): TierPace {
	return TIER_PACES[servedTier ?? "default"] ?? DEFAULT_PACE
}

/** What the tier would take for an answer of that length, in whole milliseconds: the same in every run. */
export function latencyMs(servedTier: string | null, outputTokens: number): number {
	const { firstTokenMs, tokensPerSecond } = paceOf(servedTier)
	return Math.round(firstTokenMs + (outputTokens * 1000) / tokensPerSecond)
}

/** Resolves after the time is over, or at once when the signal aborts: whichever comes first. Never rejects. */
export function rest(ms: number, signal: AbortSignal): Promise<void> {
	if (ms <= 0 || signal.aborted) return Promise.resolve()
	return new Promise((resolve) => {
		const done = () => {
			clearTimeout(timer)
			signal.removeEventListener("abort", done)
			resolve()
		}
		const timer = setTimeout(done, ms)
		signal.addEventListener("abort", done)
	})
}
