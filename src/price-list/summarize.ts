import { isLeftOut, type NotTaken, type NotTakenReason } from "./to-price-rows"

/** How often one reason stood against taking a price, and the first few cases. */
export type ReasonSummary = {
	readonly reason: NotTakenReason
	readonly count: number
	readonly examples: readonly Omit<NotTaken, "reason">[]
}

const EXAMPLES = 5

/** Counts what was not taken by reason, the most frequent first. */
export function summarize(notTaken: readonly NotTaken[]): { leftOut: ReasonSummary[]; notUnderstood: ReasonSummary[] } {
	const byReason = new Map<NotTakenReason, { count: number; examples: Omit<NotTaken, "reason">[] }>()
	for (const { reason, ...example } of notTaken) {
		const summary = byReason.get(reason) ?? { count: 0, examples: [] }
		byReason.set(reason, summary)
		summary.count++
		// One example for each detail tells more than five of one.
		const isNew = !summary.examples.some(({ detail }) => detail !== null && detail === example.detail)
		if (summary.examples.length < EXAMPLES && isNew) summary.examples.push(example)
	}
	const all = [...byReason].map(([reason, summary]) => ({ reason, ...summary })).sort((a, b) => b.count - a.count)
	return {
		leftOut: all.filter(({ reason }) => isLeftOut(reason)),
		notUnderstood: all.filter(({ reason }) => !isLeftOut(reason)),
	}
}
