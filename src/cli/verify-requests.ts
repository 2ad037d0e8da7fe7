import { REQUEST_APIS, SERVICE_TIERS, type UsageRecord } from "@bedrock-tiers/core"
import { detailsOf } from "@bedrock-tiers/error-details"
import { ERROR_CODES, type ErrorCode } from "@bedrock-tiers/protocol"
import * as z from "zod/mini"
import { ProviderFailure, type ApiHandler, type UsageChunk } from "../api"
import { VERIFY_PROMPT, VERIFY_WAYS, type PlannedRequest, type VerifyWay } from "./verify-plan"

const nullableCount = z.nullable(z.int().check(z.gte(0)))

export const rowSchema = z.strictObject({
	api: z.enum(REQUEST_APIS),
	way: z.enum(VERIFY_WAYS),
	tier: z.enum(SERVICE_TIERS),
	/** `refused`: AWS refused the request, so nothing was billed. `not-sent`: no request left this machine. */
	outcome: z.enum(["accepted", "refused", "failed", "not-sent"]),
	/** Reason why the row is not as expected; `null` when it is. */
	surprise: z.nullable(
		z.enum([
			"tier-left-out",
			"served-otherwise",
			"served-tier-not-reported",
			"usage-not-reported",
			"refused-though-listed",
			"failed",
		]),
	),
	/** Error code of a refusal or a failure; `null` when there was none. */
	code: z.nullable(z.enum(ERROR_CODES)),
	message: z.nullable(z.string()),
	/** `null` when Bedrock did not report it. */
	servedTier: z.nullable(z.string()),
	inputTokens: nullableCount,
	outputTokens: nullableCount,
	/** USD; `null` when not fully priced. */
	totalUsd: z.nullable(z.number().check(z.gte(0))),
	/** Milliseconds from the request to the end of its response; `null` when not sent. */
	requestMs: nullableCount,
})

export type VerifiedRow = z.infer<typeof rowSchema>
export type VerifySurprise = NonNullable<VerifiedRow["surprise"]>

/** Failures that would also affect every further request. */
const FATAL_CODES: ReadonlySet<ErrorCode> = new Set([
	"credentials-missing",
	"credentials-expired",
	"network",
	"cancelled",
])

/**
 * Sends each planned request once, in sequence. Ends early after a failure that would affect all further requests.
 * @param handlerFor returns a handler for the request's API and tier that makes one attempt only
 */
export async function* sendRequests(
	requests: readonly PlannedRequest[],
	handlerFor: (request: PlannedRequest) => ApiHandler,
	signal: AbortSignal,
): AsyncGenerator<VerifiedRow, void, void> {
	for (const request of requests) {
		const row = request.send ? await sendOne(request, handlerFor(request), signal) : notSent(request)
		yield row
		if (row.code !== null && FATAL_CODES.has(row.code)) return
	}
}

function notSent({ api, way, tier }: PlannedRequest): VerifiedRow {
	return {
		api,
		way,
		tier,
		outcome: "not-sent",
		surprise: null,
		code: null,
		message: "The model does not take this tier through this API.",
		servedTier: null,
		inputTokens: null,
		outputTokens: null,
		totalUsd: null,
		requestMs: null,
	}
}

async function sendOne(request: PlannedRequest, handler: ApiHandler, signal: AbortSignal): Promise<VerifiedRow> {
	const { api, way, tier } = request
	const records: UsageRecord[] = []
	const started = performance.now()
	let failure: ProviderFailure | null = null
	try {
		await callHandler(handler, way, signal, ({ record }) => records.push(record))
	} catch (error) {
		failure = ProviderFailure.is(error) ? error : new ProviderFailure("unknown", detailsOf(error))
	} finally {
		handler.dispose()
	}
	const requestMs = Math.round(performance.now() - started)
	const [record] = records
	const outcome = outcomeOf(failure, record)
	return {
		api,
		way,
		tier,
		outcome,
		surprise: surpriseOf(request, outcome, failure, record),
		code: failure?.code ?? null,
		message: failure?.message ?? null,
		servedTier: record?.servedTier ?? null,
		inputTokens: record?.usage?.inputTokens ?? null,
		outputTokens: record?.usage?.outputTokens ?? null,
		totalUsd: record?.totalUsd ?? null,
		requestMs: outcome === "not-sent" ? null : requestMs,
	}
}

async function callHandler(
	handler: ApiHandler,
	way: VerifyWay,
	signal: AbortSignal,
	onUsage: (usage: UsageChunk) => void,
): Promise<void> {
	if (way === "whole") {
		await handler.completePrompt(VERIFY_PROMPT, { signal, onUsage })
		return
	}
	for await (const chunk of handler.createMessage("", [{ role: "user", content: VERIFY_PROMPT }], { signal }))
		if (chunk.type === "usage") onUsage(chunk)
}

function outcomeOf(failure: ProviderFailure | null, record: UsageRecord | undefined): VerifiedRow["outcome"] {
	if (failure === null) return "accepted"
	if (record) return "failed"
	// Without an HTTP status, the request was not sent or AWS could not be reached.
	if (failure.status === null) return failure.code === "bad-input" ? "not-sent" : "failed"
	return failure.code === "tier-refused" ? "refused" : "failed"
}

/**
 * When AWS accepts a requested tier, it must report that this tier served the request. A refusal is a surprise only
 * when the catalog lists the tier as supported without a dispute. Reserved is exempt, because it depends on the
 * account.
 */
function surpriseOf(
	{ tier, support }: PlannedRequest,
	outcome: VerifiedRow["outcome"],
	failure: ProviderFailure | null,
	record: UsageRecord | undefined,
): VerifySurprise | null {
	if (outcome === "not-sent") return null
	if (outcome === "refused") return support === "yes" && tier !== "reserved" ? "refused-though-listed" : null
	if (failure !== null || !record) return "failed"
	if (record.notSentReason !== null) return "tier-left-out"
	if (record.usage === null) return "usage-not-reported"
	if (record.servedTier === null) return tier === "default" ? null : "served-tier-not-reported"
	return record.servedTier === tier ? null : "served-otherwise"
}

/** Whether every planned request has a row, no row is a surprise, and at least one request was accepted. */
export function isAsExpected(planned: readonly PlannedRequest[], rows: readonly VerifiedRow[]): boolean {
	return (
		rows.length === planned.length &&
		rows.every(({ surprise }) => surprise === null) &&
		rows.some(({ outcome }) => outcome === "accepted")
	)
}
