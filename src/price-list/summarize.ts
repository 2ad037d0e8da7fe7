import { isLeftOut, type SkippedPrice, type SkipReason } from "./to-price-rows"

/** Number of prices that were skipped for one reason, with the first few examples. */
export type ReasonSummary = {
	readonly reason: SkipReason
	readonly count: number
	readonly examples: readonly Omit<SkippedPrice, "reason">[]
}

const MAX_EXAMPLES = 5

/** Counts skipped prices by reason, the most frequent reason first. */
export function summarize(skipped: readonly SkippedPrice[]): {
	leftOut: ReasonSummary[]
	notUnderstood: ReasonSummary[]
} {
	const byReason = new Map<SkipReason, { count: number; examples: Omit<SkippedPrice, "reason">[] }>()
	for (const { reason, ...example } of skipped) {
		const summary = byReason.get(reason) ?? { count: 0, examples: [] }
		byReason.set(reason, summary)
		summary.count++
		// One example per detail is more useful than five with the same detail.
		const isNew = !summary.examples.some(({ detail }) => detail !== null && detail === example.detail)
		if (summary.examples.length < MAX_EXAMPLES && isNew) summary.examples.push(example)
	}
	const all = [...byReason].map(([reason, summary]) => ({ reason, ...summary })).sort((a, b) => b.count - a.count)
	return {
		leftOut: all.filter(({ reason }) => isLeftOut(reason)),
		notUnderstood: all.filter(({ reason }) => !isLeftOut(reason)),
	}
}
