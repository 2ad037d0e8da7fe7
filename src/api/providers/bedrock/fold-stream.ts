import type { ServedTier, ServiceTier, TokenUsage } from "@bedrock-tiers/core"
import type { ApiStream, ApiStreamChunk } from "../../provider-contract"
import type { ProviderFailure } from "../../provider-failure"
import { classifyStreamFailure, incompleteStream, isServiceException } from "./failures"
import { defaultIdleLimitMs, IdleLimit } from "./idle-limit"
import type { RequestPlan } from "./request-plan"
import type { SentSecrets } from "./sent-secrets"
import type { Stopwatch } from "./stopwatch"
import { usageChunk } from "./usage-chunk"

/** What one event of an answer brings, whatever API it came through. */
export type EventReading = {
	readonly chunks?: readonly ApiStreamChunk[]
	/** The model has ended, and why, in the API's own words. */
	readonly stopReason?: string
	/** Null or absent = this event reports none. A later report takes the place of an earlier one. */
	readonly usage?: TokenUsage | null
	readonly servedTier?: ServedTier | null
	/** The model that a prompt router chose. */
	readonly invokedModelId?: string
}

/** An answer that has begun: its events, and how to read one of them. */
export type OpenedAnswer<Event = unknown> = {
	readonly events: AsyncIterable<Event>
	/** Called once for each event, in order. A method, so that an answer of any API is an answer of unknown events. */
	read(event: Event): EventReading | null
	/** Where the answer's header reports the tier; null or absent = it reports none. */
	readonly servedTier?: ServedTier | null
}

/** What the answer belongs to. */
type Attempted = { readonly plan: RequestPlan; readonly watch: Stopwatch; readonly secrets: SentSecrets }

const NO_CHUNKS: readonly ApiStreamChunk[] = []

export type StreamLimits = {
	/** The person's stop. */
	readonly signal?: AbortSignal | undefined
	/** How long Bedrock may say nothing; absent = by the tier. */
	readonly idleLimitMs?: number | undefined
}

/**
 * Turns Bedrock's events into the host's chunks. The only generator layer around the SDK's stream: each one more costs
 * every event.
 *
 * Usage is reported after the model's end, so it is handed on when the stream is over: once, whatever way it ended, if
 * Bedrock accepted the request. HTTP/2 may end a broken stream without an error, so an end without a stop is a failure.
 */
export async function* foldStream(
	open: (signal: AbortSignal) => Promise<OpenedAnswer & Attempted>,
	requestedTier: ServiceTier,
	{ signal: stop, idleLimitMs = defaultIdleLimitMs(requestedTier) }: StreamLimits,
): ApiStream {
	const idle = new IdleLimit(idleLimitMs)
	const signal = idle.with(stop)
	let over = false
	try {
		const answer = await open(signal)
		const { plan, watch, secrets } = answer
		let accepted = false
		let stopReason: string | null = null
		let usage: TokenUsage | null = null
		let servedTier = answer.servedTier ?? null
		let invokedModelId: string | null = null
		let failure: ProviderFailure | undefined
		try {
			for await (const event of answer.events) {
				accepted = true
				idle.saw()
				const reading = answer.read(event)
				if (reading?.chunks) watch.sawToken()
				for (const chunk of reading?.chunks ?? NO_CHUNKS) yield chunk
				stopReason = reading?.stopReason ?? stopReason
				usage = reading?.usage ?? usage
				servedTier = reading?.servedTier ?? servedTier
				invokedModelId = reading?.invokedModelId ?? invokedModelId
				idle.waits()
			}
			over = true
		} catch (thrown) {
			const error = secrets.outOf(thrown)
			// An exception frame is an answer: Bedrock refused. Anything else may have happened after it accepted.
			accepted ||= !isServiceException(error)
			// What breaks after the model's stop, or stops it, leaves the answer whole: only its numbers may be lost.
			const isWhole = stopReason !== null && !isServiceException(error)
			if (!isWhole) failure = classifyStreamFailure(error, plan, signal)
		}
		if (stopReason === null) {
			accepted ||= failure === undefined
			// Over HTTP/2 an abort, too, ends the stream without an error.
			failure ??= signal.aborted ? classifyStreamFailure(signal.reason, plan, signal) : incompleteStream()
		}
		if (accepted) {
			const reported = { usage, servedTier, stopReason, invokedModelId }
			yield usageChunk(plan, requestedTier, reported, watch.read())
		}
		if (failure !== undefined) throw failure
	} finally {
		idle.end()
		// The SDK leaves a connection open whose answer is not read to its end.
		if (!over) idle.abandon()
	}
}
