import { BILLED_TIER_BASES, type BilledTierBasis } from "../tiers/billed-tier"
import { ROUTES, type Route } from "../models/route"
import { isServiceTier, type ServedTier, type ServiceTier } from "../tiers/service-tier"
import { NOT_SENT_REASONS, type NotSentReason } from "../tiers/tier-support"
import { COST_KINDS, type CostLine } from "./calculate-cost"
import { UNPRICED_REASONS, type PriceSource, type RequestCost, type UnpricedReason } from "./price-request"
import { PRICE_ORIGINS } from "../prices/price-overrides"
import type { RequestTiming } from "./request-timing"
import type { TokenUsage } from "./token-usage"
import { MODEL_NAMED_BY, type ModelNamedBy } from "../models/declared-models"

/** One request that Bedrock accepted, with its cost as it was when it arrived. Never priced again. */
export type UsageRecord = RequestCost & {
	readonly id: string
	/** ISO time of its end. */
	readonly at: string
	/** As Bedrock was given it. */
	readonly modelId: string
	readonly baseModelId: string | null
	/** Absent in old records: then the id said it, or nobody. */
	readonly modelNamedBy?: ModelNamedBy
	readonly region: string
	readonly route: Route
	readonly requestedTier: ServiceTier
	readonly servedTier: ServedTier | null
	readonly notSentReason: NotSentReason | null
	/** Null = accepted, but ended before usage was reported. */
	readonly usage: TokenUsage | null
	/** Null or absent = not measured. */
	readonly timing?: RequestTiming | null
}

/** How a request failed that was sent and has no usage. `refused`: nothing is billed. `unanswered`: that is not known. */
export const FAILED_OUTCOMES = ["refused", "unanswered"] as const
export type FailedOutcome = (typeof FAILED_OUTCOMES)[number]

/** One attempt that was sent and brought no answer. What never left this machine is none. */
export type FailureRecord = {
	/** ISO time of its end; null = not known, in old records. */
	readonly at: string | null
	/** What went wrong, in one word. */
	readonly code: string
	readonly outcome: FailedOutcome
	/** What was asked for on the wire; nothing asked is `default`. */
	readonly sentTier: ServiceTier
}

/** Numbers of failed attempts. */
export type FailureTotals = Readonly<Record<FailedOutcome, number>>

const NO_FAILURES: FailureTotals = { refused: 0, unanswered: 0 }

export type UsageTotals = {
	readonly requests: number
	/** The sum of what was reported: all of it when `uncountedRequests` is 0, else "at least". */
	readonly tokens: TokenUsage
	/** Requests that reported no usage. */
	readonly uncountedRequests: number
	/** USD, the sum of every line that has a price: the total when `unpricedRequests` is 0, else "at least". */
	readonly knownUsd: number
	/** Requests whose cost is not fully known. */
	readonly unpricedRequests: number
}

const NOTHING: UsageTotals = {
	requests: 0,
	tokens: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
	uncountedRequests: 0,
	knownUsd: 0,
	unpricedRequests: 0,
}

/**
 * The requests of one task, the attempts that failed before them, and running totals of both. Appending is O(1), whatever the
 * length. A request is in one of the two: what Bedrock accepted is a request, however it ended.
 */
export class UsageLedger {
	readonly #requests: UsageRecord[] = []
	readonly #byTier = new Map<ServedTier, UsageTotals>()
	readonly #byModel = new Map<string, UsageTotals>()
	#total = NOTHING
	readonly #failures: FailureRecord[] = []
	readonly #failedByTier = new Map<ServiceTier, FailureTotals>()
	#failed = NO_FAILURES

	/**
	 * Restores a ledger from parsed JSON: its requests, and the failed attempts where there are any. A damaged entry costs that
	 * entry, not the ledger.
	 * @returns the ledger and how many entries were left out
	 */
	static restore(stored: unknown, storedFailures?: unknown): { ledger: UsageLedger; damaged: number } {
		const ledger = new UsageLedger()
		const damaged =
			takeEach(stored, isUsageRecord, (request) => ledger.append(request)) +
			takeEach(storedFailures, isFailureRecord, (failure) => ledger.appendFailure(failure))
		return { ledger, damaged }
	}

	append(request: UsageRecord): void {
		this.#requests.push(request)
		this.#total = plus(this.#total, request)
		add(this.#byTier, request.billedTier, request)
		add(this.#byModel, request.baseModelId ?? request.modelId, request)
	}

	appendFailure(failure: FailureRecord): void {
		const { sentTier } = failure
		this.#failures.push(failure)
		this.#failed = plusFailure(this.#failed, failure)
		this.#failedByTier.set(sentTier, plusFailure(this.#failedByTier.get(sentTier) ?? NO_FAILURES, failure))
	}

	get requests(): readonly UsageRecord[] {
		return this.#requests
	}

	get total(): UsageTotals {
		return this.#total
	}

	/** By billed tier, in the order in which the tiers were first billed. */
	get byTier(): ReadonlyMap<ServedTier, UsageTotals> {
		return this.#byTier
	}

	/** By base model id; where that is not known, by the id as Bedrock was given it. */
	get byModel(): ReadonlyMap<string, UsageTotals> {
		return this.#byModel
	}

	get failures(): readonly FailureRecord[] {
		return this.#failures
	}

	get failed(): FailureTotals {
		return this.#failed
	}

	/** By the tier that was asked for, in the order in which they first failed. */
	get failedByTier(): ReadonlyMap<ServiceTier, FailureTotals> {
		return this.#failedByTier
	}
}

/** @returns how many entries could not be taken; something else than a list counts as one, nothing as none */
function takeEach<T>(stored: unknown, fits: (entry: unknown) => entry is T, take: (entry: T) => void): number {
	if (!Array.isArray(stored)) return stored == null ? 0 : 1
	const fitting = stored.filter(fits)
	fitting.forEach(take)
	return stored.length - fitting.length
}

function plusFailure(totals: FailureTotals, { outcome }: FailureRecord): FailureTotals {
	return { ...totals, [outcome]: totals[outcome] + 1 }
}

function add<Key>(totals: Map<Key, UsageTotals>, key: Key, request: UsageRecord): void {
	totals.set(key, plus(totals.get(key) ?? NOTHING, request))
}

function plus(totals: UsageTotals, { usage, knownUsd, totalUsd }: UsageRecord): UsageTotals {
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
	}
}

type Check = (value: unknown) => boolean

/** Requests are told apart by it. */
const isModelId: Check = (value) => typeof value === "string" && value !== ""
const isText: Check = (value) => typeof value === "string"
const isAmount: Check = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null || check(value)
const oneOf =
	(words: readonly unknown[]): Check =>
	(value) =>
		words.includes(value)
const shape =
	(fields: Record<string, Check>): Check =>
	(value) =>
		typeof value === "object" &&
		value !== null &&
		Object.entries(fields).every(([key, check]) => check((value as Record<string, unknown>)[key]))

const isUsage = shape({
	inputTokens: isAmount,
	outputTokens: isAmount,
	cacheReadTokens: isAmount,
	cacheWriteTokens: isAmount,
	cacheWrite1hTokens: (value) => value === undefined || isAmount(value),
} satisfies Record<keyof TokenUsage, Check>)

const isLine = shape({
	kind: oneOf(COST_KINDS),
	tokens: isAmount,
	usdPerMTok: orNull(isAmount),
	usd: orNull(isAmount),
} satisfies Record<keyof CostLine, Check>)

const isPriceSource = shape({ origin: oneOf(PRICE_ORIGINS), source: isText, checkedOn: isText } satisfies Record<
	keyof PriceSource,
	Check
>)

const isTiming = shape({ firstTokenMs: orNull(isAmount), totalMs: isAmount } satisfies Record<
	keyof RequestTiming,
	Check
>)

const isUsageRecordShape = shape({
	id: isText,
	at: isText,
	modelId: isModelId,
	baseModelId: orNull(isModelId),
	modelNamedBy: (value) => value === undefined || oneOf(MODEL_NAMED_BY)(value),
	region: isText,
	route: oneOf(ROUTES),
	requestedTier: isServiceTier,
	servedTier: orNull(isText),
	notSentReason: orNull(oneOf(NOT_SENT_REASONS)),
	usage: orNull(isUsage),
	timing: (value) => value === undefined || orNull(isTiming)(value),
	billedTier: isText,
	basis: oneOf(BILLED_TIER_BASES satisfies readonly BilledTierBasis[]),
	lines: (value) => Array.isArray(value) && value.every(isLine),
	totalUsd: orNull(isAmount),
	knownUsd: isAmount,
	unpricedReason: orNull(oneOf(UNPRICED_REASONS satisfies readonly UnpricedReason[])),
	card: orNull(isPriceSource),
	discountPercent: (value) => isAmount(value) && (value as number) <= 100,
} satisfies Record<keyof UsageRecord, Check>)

/** Whether a stored value can be taken as a recorded request. Unknown extra keys do no harm. */
export function isUsageRecord(value: unknown): value is UsageRecord {
	return isUsageRecordShape(value)
}

const isFailureRecordShape = shape({
	at: orNull(isText),
	code: isText,
	outcome: oneOf(FAILED_OUTCOMES),
	sentTier: isServiceTier,
} satisfies Record<keyof FailureRecord, Check>)

/** Whether a stored value can be taken as a failed attempt. */
export function isFailureRecord(value: unknown): value is FailureRecord {
	return isFailureRecordShape(value)
}
