import type { RequestCost } from "../cost/price-request"
import type { FailureTotals, UsageTotals } from "../cost/usage-ledger"

/** How an amount is shown: as it is, as a lower bound, or not at all. An unknown amount is never shown as zero. */
export type ShownAmount =
	| { readonly kind: "exact"; readonly amount: number }
	| { readonly kind: "at-least"; readonly amount: number }
	| { readonly kind: "unknown" }

/** @param known the known part of the amount */
export function shownAmount(known: number, isComplete: boolean): ShownAmount {
	if (isComplete) return { kind: "exact", amount: known }
	return known > 0 ? { kind: "at-least", amount: known } : { kind: "unknown" }
}

/** Cost of one request in USD. */
export function shownCost({ totalUsd, knownUsd }: Pick<RequestCost, "totalUsd" | "knownUsd">): ShownAmount {
	return totalUsd === null ? shownAmount(knownUsd, false) : { kind: "exact", amount: totalUsd }
}

export type CostTotals = Pick<UsageTotals, "knownUsd" | "unpricedRequests">

/** Cost of several requests in USD. */
export function shownTotal({ knownUsd, unpricedRequests }: CostTotals): ShownAmount {
	return shownAmount(knownUsd, unpricedRequests === 0)
}

/** Totals of a task. An unanswered attempt may have been billed, so it counts as a request without a price. */
export function taskTotals(total: CostTotals, failed: FailureTotals): CostTotals {
	return { knownUsd: total.knownUsd, unpricedRequests: total.unpricedRequests + failed.unanswered }
}

/** A token count from totals: unknown when no request reported its usage. */
export function shownTokens(
	tokens: number,
	{ requests, uncountedRequests }: Pick<UsageTotals, "requests" | "uncountedRequests">,
): ShownAmount {
	return requests > 0 && uncountedRequests === requests
		? { kind: "unknown" }
		: uncountedRequests > 0
			? { kind: "at-least", amount: tokens }
			: { kind: "exact", amount: tokens }
}
