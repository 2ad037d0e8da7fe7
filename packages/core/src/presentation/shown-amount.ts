import { isEstimated } from "../cost/calculate-cost"
import type { RequestCost } from "../cost/price-request"
import type { FailureTotals, UsageTotals } from "../cost/usage-ledger"

/**
 * How an amount is shown: as it is, as a lower bound, or not at all. An unknown amount is never shown as zero. An
 * estimated amount contains a unit price that AWS has not published; it is marked with `ESTIMATE_MARK`.
 */
export type ShownAmount =
	| { readonly kind: "exact" | "at-least"; readonly amount: number; readonly isEstimated: boolean }
	| { readonly kind: "unknown" }

const ESTIMATE_MARK = "≈"

/** Puts the mark of an estimate before a formatted amount. */
export function markEstimate(amount: string, isEstimate: boolean): string {
	return isEstimate ? `${ESTIMATE_MARK}${amount}` : amount
}

/** @param known the known part of the amount */
export function shownAmount(known: number, isComplete: boolean, isEstimated = false): ShownAmount {
	if (isComplete) return { kind: "exact", amount: known, isEstimated }
	return known > 0 ? { kind: "at-least", amount: known, isEstimated } : { kind: "unknown" }
}

/** Cost of one request in USD. */
export function shownCost(cost: Pick<RequestCost, "totalUsd" | "knownUsd" | "lines">): ShownAmount {
	return shownAmount(cost.totalUsd ?? cost.knownUsd, cost.totalUsd !== null, isEstimated(cost))
}

export type CostTotals = Pick<UsageTotals, "knownUsd" | "unpricedRequests" | "estimatedRequests">

/** Cost of several requests in USD. */
export function shownTotal({ knownUsd, unpricedRequests, estimatedRequests }: CostTotals): ShownAmount {
	return shownAmount(knownUsd, unpricedRequests === 0, estimatedRequests > 0)
}

/** Totals of a task. An unanswered attempt may have been billed, so it counts as a request without a price. */
export function taskTotals(total: CostTotals, failed: FailureTotals): CostTotals {
	const { knownUsd, unpricedRequests, estimatedRequests } = total
	return { knownUsd, unpricedRequests: unpricedRequests + failed.unanswered, estimatedRequests }
}

/** A token count from totals: unknown when no request reported its usage. */
export function shownTokens(
	tokens: number,
	{ requests, uncountedRequests }: Pick<UsageTotals, "requests" | "uncountedRequests">,
): ShownAmount {
	return requests > 0 && uncountedRequests === requests
		? { kind: "unknown" }
		: { kind: uncountedRequests > 0 ? "at-least" : "exact", amount: tokens, isEstimated: false }
}
