import type { ModelNamedBy } from "../models/declared-models"
import type { ServedTier, ServiceTier } from "../tiers/service-tier"
import type { NotSentReason } from "../tiers/tier-support"
import { isEstimated } from "./calculate-cost"
import type { PricedRequest, RequestCost } from "./price-request"
import type { RequestTiming } from "./request-timing"
import type { TokenUsage } from "./token-usage"

/** One request that Bedrock accepted, with its cost at that time. A usage record is never re-priced. */
export type UsageRecord = RequestCost &
	Omit<PricedRequest, "modelId" | "sentTier"> & {
		readonly id: string
		/** ISO time at which the request ended. */
		readonly at: string
		/** As sent to Bedrock. */
		readonly modelId: string
		/** Absent in old records, where the model id names the model, or the model is unknown. */
		readonly modelNamedBy?: ModelNamedBy
		readonly requestedTier: ServiceTier
		readonly notSentReason: NotSentReason | null
		/** `null` or absent when not measured. */
		readonly timing?: RequestTiming | null
	}

/** Outcomes of a sent attempt without usage. `refused`: not billed. `unanswered`: not known whether it is billed. */
export const FAILED_OUTCOMES = ["refused", "unanswered"] as const
export type FailedOutcome = (typeof FAILED_OUTCOMES)[number]

/** An attempt that was sent and got no answer. An attempt that never left this machine is not recorded. */
export type FailureRecord = {
	readonly outcome: FailedOutcome
	/** Tier on the wire; `null` when none was sent. */
	readonly sentTier: ServiceTier | null
}

/** Number of failed attempts by outcome. */
export type FailureTotals = Readonly<Record<FailedOutcome, number>>

const NO_FAILURES: FailureTotals = { refused: 0, unanswered: 0 }

export type UsageTotals = {
	readonly requests: number
	/** Sum of the reported token counts: exact when `uncountedRequests` is 0, otherwise a lower bound. */
	readonly tokens: TokenUsage
	/** Requests that reported no usage. */
	readonly uncountedRequests: number
	/** USD: the sum of all priced lines. Exact when `unpricedRequests` is 0, otherwise a lower bound. */
	readonly knownUsd: number
	/** Requests whose cost is not fully known. */
	readonly unpricedRequests: number
	/** Requests whose cost contains a unit price that AWS has not published. */
	readonly estimatedRequests: number
}

const NO_USAGE: UsageTotals = {
	requests: 0,
	tokens: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
	uncountedRequests: 0,
	knownUsd: 0,
	unpricedRequests: 0,
	estimatedRequests: 0,
}

/**
 * Usage records and failed attempts of one task, with running totals of both. Appending takes O(1) time, whatever the
 * length. An attempt is in exactly one of the two: what Bedrock accepted is a usage record, however it ended.
 */
export class UsageLedger {
	readonly #requests: UsageRecord[] = []
	readonly #byTier = new Map<ServedTier, UsageTotals>()
	#total = NO_USAGE
	readonly #failedByTier = new Map<ServiceTier, FailureTotals>()
	#failed = NO_FAILURES

	constructor(requests: readonly UsageRecord[] = [], failures: readonly FailureRecord[] = []) {
		for (const request of requests) this.append(request)
		for (const failure of failures) this.appendFailure(failure)
	}

	append(request: UsageRecord): void {
		const { billedTier } = request
		this.#requests.push(request)
		this.#total = addRecord(this.#total, request)
		this.#byTier.set(billedTier, addRecord(this.#byTier.get(billedTier) ?? NO_USAGE, request))
	}

	appendFailure({ outcome, sentTier }: FailureRecord): void {
		const tier = sentTier ?? "default"
		this.#failed = addFailure(this.#failed, outcome)
		this.#failedByTier.set(tier, addFailure(this.#failedByTier.get(tier) ?? NO_FAILURES, outcome))
	}

	get requests(): readonly UsageRecord[] {
		return this.#requests
	}

	get total(): UsageTotals {
		return this.#total
	}

	/** Totals by billed tier, in the order in which the tiers were first billed. */
	get byTier(): ReadonlyMap<ServedTier, UsageTotals> {
		return this.#byTier
	}

	get failed(): FailureTotals {
		return this.#failed
	}

	/**
	 * Totals of failed attempts by sent tier, in the order in which the tiers first failed. Attempts without a tier are
	 * in `default`.
	 */
	get failedByTier(): ReadonlyMap<ServiceTier, FailureTotals> {
		return this.#failedByTier
	}
}

function addFailure(totals: FailureTotals, outcome: FailedOutcome): FailureTotals {
	return { ...totals, [outcome]: totals[outcome] + 1 }
}

function addRecord(totals: UsageTotals, record: UsageRecord): UsageTotals {
	const { usage, knownUsd, totalUsd } = record
	const { tokens } = totals
	return {
		requests: totals.requests + 1,
		tokens: usage
			? {
					inputTokens: tokens.inputTokens + usage.inputTokens,
					outputTokens: tokens.outputTokens + usage.outputTokens,
					cacheReadTokens: tokens.cacheReadTokens + usage.cacheReadTokens,
					cacheWriteTokens: tokens.cacheWriteTokens + usage.cacheWriteTokens,
				}
			: tokens,
		uncountedRequests: totals.uncountedRequests + (usage ? 0 : 1),
		knownUsd: totals.knownUsd + knownUsd,
		unpricedRequests: totals.unpricedRequests + (totalUsd === null ? 1 : 0),
		estimatedRequests: totals.estimatedRequests + (isEstimated(record) ? 1 : 0),
	}
}
