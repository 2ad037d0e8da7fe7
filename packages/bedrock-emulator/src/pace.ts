/** Simulated speed of a service tier. */
export type TierPace = { firstTokenMs: number; tokensPerSecond: number }

const DEFAULT_PACE: TierPace = { firstTokenMs: 400, tokensPerSecond: 70 }

/** Invented values in AWS's order: priority is the fastest, flex the slowest. AWS publishes no numbers. */
const TIER_PACES: Readonly<Record<string, TierPace>> = {
	priority: { firstTokenMs: 150, tokensPerSecond: 120 },
	flex: { firstTokenMs: 1200, tokensPerSecond: 35 },
}

export function paceOf(servedTier: string | null): TierPace {
	return TIER_PACES[servedTier ?? "default"] ?? DEFAULT_PACE
}

/** Simulated latency of an answer, in whole milliseconds. It is the same in every run. */
export function latencyMs(servedTier: string | null, outputTokens: number): number {
	const { firstTokenMs, tokensPerSecond } = paceOf(servedTier)
	return Math.round(firstTokenMs + (outputTokens * 1000) / tokensPerSecond)
}

/** Resolves after `ms` milliseconds or when the signal aborts, whichever comes first. Never rejects. */
export function delay(ms: number, signal: AbortSignal): Promise<void> {
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
