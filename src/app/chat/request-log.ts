import type { UsageRecord } from "@bedrock-tiers/core"
import type { AssistantMessage, BackgroundPurpose, FailedAttempt } from "@bedrock-tiers/protocol"

/** What is told of one request, for the output channel: never what was asked or answered, and no secret. */
export type LoggedRequest = {
	/** ISO time of its end. */
	readonly at: string
	readonly purpose: "answer" | BackgroundPurpose
	/** As Bedrock was given it. */
	readonly modelId: string
	readonly region: string
	/** Null = Bedrock did not take it. */
	readonly request: UsageRecord | null
	/** What was on the wire, where Bedrock did not take it; null = nothing left this machine. */
	readonly sentTier: string | null
	/** Milliseconds; null = nothing came, or it is not known when. */
	readonly firstTokenMs: number | null
	/** Milliseconds, of this attempt alone. */
	readonly totalMs: number
	readonly end: "complete" | "stopped" | "refused" | "unanswered" | "failed" | "not-sent"
	/** Null = none. */
	readonly failureCode: string | null
}

export type LogRequest = (request: LoggedRequest) => void

type LoggedRequestStart = Pick<LoggedRequest, "purpose" | "modelId" | "region">

/** Watches one request from its start, and tells each of its attempts once. */
export class RequestWatch {
	readonly #start: LoggedRequestStart
	readonly #log: LogRequest
	#startedAt = performance.now()
	#request: UsageRecord | null = null
	#reported: string | undefined

	constructor(start: LoggedRequestStart, log: LogRequest) {
		this.#start = start
		this.#log = log
	}

	/** The next one begins after its wait. */
	attemptFailed({ code, outcome, sentTier, waitMs }: FailedAttempt): void {
		this.#tell({ sentTier: sentTier ?? "default", end: outcome, failureCode: code })
		this.#reported = code
		this.#startedAt = performance.now() + waitMs
	}

	recorded(request: UsageRecord): void {
		this.#request = request
	}

	ended({ status, error }: Pick<AssistantMessage, "status" | "error">): void {
		const failureCode = error?.code ?? null
		if (this.#request) {
			const end = status === "complete" || status === "stopped" ? status : "failed"
			return this.#tell({ sentTier: null, end, failureCode })
		}
		// Its last attempt has been told.
		if (failureCode !== null && failureCode === this.#reported) return
		this.#tell({ sentTier: null, end: status === "stopped" ? "stopped" : "not-sent", failureCode })
	}

	#tell(what: Pick<LoggedRequest, "sentTier" | "end" | "failureCode">): void {
		const timing = this.#request?.timing
		this.#log({
			...this.#start,
			...what,
			at: new Date().toISOString(),
			request: this.#request,
			firstTokenMs: timing?.firstTokenMs ?? null,
			totalMs: timing?.totalMs ?? Math.max(0, performance.now() - this.#startedAt),
		})
	}
}

/** One line: names and values, as a log is searched. What is not known is a dash, never 0. */
export function requestLine(logged: LoggedRequest): string {
	const { request, firstTokenMs, totalMs } = logged
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
	const words = fields.map(([name, value]) => `${name}=${value == null ? "-" : inOneWord(value)}`)
	return [logged.at, logged.purpose, logged.end, ...words].join(" ")
}

function costOf({ totalUsd, knownUsd }: UsageRecord): string {
	if (totalUsd !== null) return plain(totalUsd)
	return knownUsd > 0 ? `at-least-${plain(knownUsd)}` : "not-priced"
}

/** Plain digits, no exponent, without what binary fractions add at the end. */
function plain(usd: number): string {
	return usd.toFixed(12).replace(/\.?0+$/, "")
}

/** AWS may say new words: they must not break the line. */
function inOneWord(value: string | number): string {
	return String(value)
		.replace(/[\s\p{Cc}]+/gu, "_")
		.slice(0, 200)
}
