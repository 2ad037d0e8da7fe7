import { markEstimate, shownCost, type UsageRecord } from "@bedrock-tiers/core"
import type { ConversationChange, ParameterAdjustment } from "../../api/index"
import type { AssistantMessage, BackgroundPurpose, FailedAttempt } from "@bedrock-tiers/protocol"

/** Log entry of one request, for the output channel. Contains no prompt, no answer and no secret. */
export type LoggedRequest = {
	/** ISO time of its end. */
	readonly at: string
	readonly purpose: "answer" | BackgroundPurpose
	/** Model id as sent to Bedrock. */
	readonly modelId: string
	readonly region: string
	/** `null` when Bedrock did not accept the request. */
	readonly request: UsageRecord | null
	/**
	 * Tier of a request that Bedrock did not accept, `default` if the field was left out; `null` when nothing was sent
	 * or the request was accepted.
	 */
	readonly sentTier: string | null
	/** Milliseconds until the first token; `null` when there was none or the time is unknown. */
	readonly firstTokenMs: number | null
	/** Duration of this attempt alone, in milliseconds. */
	readonly totalMs: number
	readonly end: "complete" | "stopped" | "refused" | "unanswered" | "failed" | "not-sent"
	/** `null` when the request did not fail. */
	readonly failureCode: string | null
	/** What the provider changed in the conversation so that Bedrock accepts it. */
	readonly repairs: readonly ConversationChange[]
	/** Parameters that were left out or changed. */
	readonly adjustments: readonly ParameterAdjustment[]
}

export type LogRequest = (request: LoggedRequest) => void

type LoggedRequestStart = Pick<LoggedRequest, "purpose" | "modelId" | "region">

/** Observes one request from its start and logs each of its attempts once. */
export class RequestWatch {
	readonly #start: LoggedRequestStart
	readonly #log: LogRequest
	#startedAt = performance.now()
	#request: UsageRecord | null = null
	#lastFailureCode: string | undefined
	#repairs: readonly ConversationChange[] = []
	#adjustments: readonly ParameterAdjustment[] = []

	constructor(start: LoggedRequestStart, log: LogRequest) {
		this.#start = start
		this.#log = log
	}

	/** Logs a failed attempt. The next attempt starts after `waitMs`. */
	attemptFailed({ code, outcome, sentTier, waitMs }: FailedAttempt): void {
		this.#write({ sentTier: sentTier ?? "default", end: outcome, failureCode: code })
		this.#lastFailureCode = code
		this.#startedAt = performance.now() + waitMs
	}

	adjusted(adjustments: readonly ParameterAdjustment[]): void {
		this.#adjustments = adjustments
	}

	repaired(changes: readonly ConversationChange[]): void {
		this.#repairs = changes
	}

	recorded(request: UsageRecord): void {
		this.#request = request
	}

	ended({ status, error }: Pick<AssistantMessage, "status" | "error">): void {
		const failureCode = error?.code ?? null
		if (this.#request) {
			const end = status === "complete" || status === "stopped" ? status : "failed"
			return this.#write({ sentTier: null, end, failureCode })
		}
		// The last attempt has been logged already.
		if (failureCode !== null && failureCode === this.#lastFailureCode) return
		this.#write({ sentTier: null, end: status === "stopped" ? "stopped" : "not-sent", failureCode })
	}

	#write(outcome: Pick<LoggedRequest, "sentTier" | "end" | "failureCode">): void {
		const timing = this.#request?.timing
		this.#log({
			...this.#start,
			...outcome,
			at: new Date().toISOString(),
			request: this.#request,
			repairs: this.#repairs,
			adjustments: this.#adjustments,
			firstTokenMs: timing?.firstTokenMs ?? null,
			totalMs: timing?.totalMs ?? Math.max(0, performance.now() - this.#startedAt),
		})
	}
}

/**
 * One log line of `name=value` fields. An unknown value is a dash, never 0. The last fields, with adjusted
 * parameters and repairs of the conversation, are absent when there were none.
 */
export function requestLine(logged: LoggedRequest): string {
	const { request, firstTokenMs, totalMs, repairs, adjustments } = logged
	const usage = request?.usage
	const fields: readonly (readonly [string, string | number | null | undefined])[] = [
		["model", request?.modelId ?? logged.modelId],
		["region", request?.region ?? logged.region],
		["route", request?.route],
		["requested", request?.requestedTier ?? logged.sentTier],
		["served", request?.servedTier],
		["billed", request?.billedTier],
		["input", usage?.inputTokens],
		["output", usage?.outputTokens],
		["cacheRead", usage?.cacheReadTokens],
		["cacheWrite", usage?.cacheWriteTokens],
		["usd", request && costOf(request)],
		["firstTokenMs", firstTokenMs === null ? null : Math.round(firstTokenMs)],
		["totalMs", Math.round(totalMs)],
		["failure", logged.failureCode],
	]
	const pairs = fields.map(([name, value]) => `${name}=${value == null ? "-" : toLogValue(value)}`)
	const adjusted = adjustments.map(({ parameter, reason, from, to }) =>
		from === undefined ? `${parameter}:${reason}` : `${parameter}:${from}>${to}`,
	)
	if (adjusted.length > 0) pairs.push(`adjusted=${adjusted.join(",")}`)
	const changes = repairs.map(({ code, params }) => `${code}:${params.count}`)
	if (changes.length > 0) pairs.push(`repaired=${changes.join(",")}`)
	return [logged.at, logged.purpose, logged.end, ...pairs].join(" ")
}

function costOf(request: UsageRecord): string {
	const shown = shownCost(request)
	if (shown.kind === "unknown") return "not-priced"
	const usd = markEstimate(formatPlainUsd(shown.amount), shown.isEstimated)
	return shown.kind === "exact" ? usd : `at-least-${usd}`
}

/** Decimal notation without exponent, trailing zeros and binary rounding errors. */
function formatPlainUsd(usd: number): string {
	return usd.toFixed(12).replace(/\.?0+$/, "")
}

/** Values from AWS may contain white space and control characters, which must not break the line. */
function toLogValue(value: string | number): string {
	return String(value)
		.replace(/[\s\p{Cc}]+/gu, "_")
		.slice(0, 200)
}
