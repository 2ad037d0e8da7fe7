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

/** One request that Bedrock accepted, with its cost at that time. A usage record is never re-priced. */
export type UsageRecord = RequestCost & {
	readonly id: string
	/** ISO time at which the request ended. */
	readonly at: string
	/** As sent to Bedrock. */
	readonly modelId: string
	/** `null` when it is not known which model was called. */
	readonly baseModelId: string | null
	/** Absent in old records, where the model id names the model, or the model is unknown. */
	readonly modelNamedBy?: ModelNamedBy
	readonly region: string
	readonly route: Route
	readonly requestedTier: ServiceTier
	readonly servedTier: ServedTier | null
	readonly notSentReason: NotSentReason | null
	/** `null` when the request was accepted, but ended before usage was reported. */
	readonly usage: TokenUsage | null
	/** `null` or absent when not measured. */
	readonly timing?: RequestTiming | null
}

/** Outcomes of a sent attempt without usage. `refused`: not billed. `unanswered`: not known whether it is billed. */
export const FAILED_OUTCOMES = ["refused", "unanswered"] as const
export type FailedOutcome = (typeof FAILED_OUTCOMES)[number]

/** One attempt that was sent and got no answer. An attempt that never left this machine is not recorded. */
export type FailureRecord = {
	/** ISO time at which the attempt ended; `null` when unknown, in old records. */
	readonly at: string | null
	/** Error code, for example `network`. */
	readonly code: string
	readonly outcome: FailedOutcome
	/** Tier on the wire; `default` when none was sent. */
	readonly sentTier: ServiceTier
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
}

const NO_USAGE: UsageTotals = {
	requests: 0,
	tokens: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
	uncountedRequests: 0,
	knownUsd: 0,
	unpricedRequests: 0,
}

/**
 * Usage records and failed attempts of one task, with running totals of both. Appending takes O(1) time, whatever the
 * length. An attempt is in exactly one of the two: what Bedrock accepted is a usage record, however it ended.
 */
export class UsageLedger {
	readonly #requests: UsageRecord[] = []
	readonly #byTier = new Map<ServedTier, UsageTotals>()
	readonly #byModel = new Map<string, UsageTotals>()
	#total = NO_USAGE
	readonly #failures: FailureRecord[] = []
	readonly #failedByTier = new Map<ServiceTier, FailureTotals>()
	#failed = NO_FAILURES

	/**
	 * Restores a ledger from parsed JSON: its usage records and, when present, its failed attempts. Damaged entries are
	 * skipped and do not affect the others.
	 * @returns the ledger and the number of skipped entries
	 */
	static restore(stored: unknown, storedFailures?: unknown): { ledger: UsageLedger; damaged: number } {
		const ledger = new UsageLedger()
		const damaged =
			restoreEntries(stored, isUsageRecord, (request) => ledger.append(request)) +
			restoreEntries(storedFailures, isFailureRecord, (failure) => ledger.appendFailure(failure))
		return { ledger, damaged }
	}

	append(request: UsageRecord): void {
		this.#requests.push(request)
		this.#total = addRecord(this.#total, request)
		addToGroup(this.#byTier, request.billedTier, request)
		addToGroup(this.#byModel, request.baseModelId ?? request.modelId, request)
	}

	appendFailure(failure: FailureRecord): void {
		const { sentTier } = failure
		this.#failures.push(failure)
		this.#failed = addFailure(this.#failed, failure)
		this.#failedByTier.set(sentTier, addFailure(this.#failedByTier.get(sentTier) ?? NO_FAILURES, failure))
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

	/** Totals by base model id, or by the model id as sent to Bedrock when the base model id is unknown. */
	get byModel(): ReadonlyMap<string, UsageTotals> {
		return this.#byModel
	}

	get failures(): readonly FailureRecord[] {
		return this.#failures
	}

	get failed(): FailureTotals {
		return this.#failed
	}

	/** Totals of failed attempts by sent tier, in the order in which the tiers first failed. */
	get failedByTier(): ReadonlyMap<ServiceTier, FailureTotals> {
		return this.#failedByTier
	}
}

/** @returns the number of skipped entries; a value that is not an array counts as 1, `null` and `undefined` as 0 */
function restoreEntries<T>(
	stored: unknown,
	isValid: (entry: unknown) => entry is T,
	append: (entry: T) => void,
): number {
	if (!Array.isArray(stored)) return stored == null ? 0 : 1
	const valid = stored.filter(isValid)
	valid.forEach(append)
	return stored.length - valid.length
}

function addFailure(totals: FailureTotals, { outcome }: FailureRecord): FailureTotals {
	return { ...totals, [outcome]: totals[outcome] + 1 }
}

function addToGroup<Key>(totals: Map<Key, UsageTotals>, key: Key, request: UsageRecord): void {
	totals.set(key, addRecord(totals.get(key) ?? NO_USAGE, request))
}

function addRecord(totals: UsageTotals, { usage, knownUsd, totalUsd }: UsageRecord): UsageTotals {
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

/** Must not be empty: totals by model use it as their key. */
const isModelId: Check = (value) => typeof value === "string" && value !== ""
const isText: Check = (value) => typeof value === "string"
const isAmount: Check = (value) => typeof value === "number" && Number.isFinite(value) && value >= 0
const orNull =
	(check: Check): Check =>
	(value) =>
		value === null || check(value)
const oneOf =
	(allowed: readonly unknown[]): Check =>
	(value) =>
		allowed.includes(value)
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

/** Whether a stored value is a valid usage record. Unknown extra keys are ignored. */
export function isUsageRecord(value: unknown): value is UsageRecord {
	return isUsageRecordShape(value)
}

const isFailureRecordShape = shape({
	at: orNull(isText),
	code: isText,
	outcome: oneOf(FAILED_OUTCOMES),
	sentTier: isServiceTier,
} satisfies Record<keyof FailureRecord, Check>)

/** Whether a stored value is a valid failure record. */
export function isFailureRecord(value: unknown): value is FailureRecord {
	return isFailureRecordShape(value)
}
