import type { ServedTier, ServiceTier } from "@bedrock-tiers/core"
import type { ApiStream, ApiStreamChunk } from "../../../provider-contract"
import { ChunkStream, type ChunkSource } from "./chunk-stream"
import { classifyStreamFailure, isServiceException } from "../failures"
import { IdleLimit } from "./idle-limit"
import type { RequestPlan } from "../request-plan"
import type { SentSecrets } from "../connection/sent-secrets"
import type { Stopwatch } from "../connection/stopwatch"
import { usageChunk, type ReportedUsage } from "./usage-chunk"

/**
 * Content of one event of an answer, independent of the API. `null` or absent: this event reports none. A later report
 * replaces an earlier one. A stop reason means that the model has ended.
 */
export type EventReading = Partial<ReportedUsage> & { readonly chunks?: readonly ApiStreamChunk[] }

/** An answer that has begun: its events, and a function that reads one of them. */
export type OpenedAnswer<Event = unknown> = {
	readonly events: AsyncIterable<Event>
	/**
	 * Called once for each event, in order. A method, so that an answer of any API is also an answer of unknown events.
	 */
	read(event: Event): EventReading | null
	/** Tier that the response header reports; `null` or absent when it reports none. */
	readonly servedTier?: ServedTier | null
}

/** The attempt that the answer belongs to. */
export type AttemptContext = { readonly plan: RequestPlan; readonly watch: Stopwatch; readonly secrets: SentSecrets }

const NO_CHUNKS: readonly ApiStreamChunk[] = []

/**
 * Turns Bedrock's events into the host's chunks, in the only layer around the SDK's stream, because each further layer
 * costs time for every event.
 *
 * Usage is reported after the model's end, so it is passed on when the stream is over: once, however the stream ended,
 * if Bedrock accepted the request. HTTP/2 may end a broken stream without an error, so an end without a stop reason is
 * a failure.
 * @param idleLimitMs how long Bedrock may send nothing, in milliseconds
 * @param stop aborts when the user cancels the request
 */
export function foldStream(
	open: (signal: AbortSignal) => Promise<OpenedAnswer & AttemptContext>,
	requestedTier: ServiceTier,
	idleLimitMs: number,
	stop?: AbortSignal,
): ApiStream {
	return new ChunkStream(async () => {
		const idle = new IdleLimit(idleLimitMs)
		const signal = idle.signalWith(stop)
		try {
			return answerChunks(await open(signal), requestedTier, idle, signal)
		} catch (error) {
			idle.abandon()
			throw error
		}
	})
}

function answerChunks(
	answer: OpenedAnswer & AttemptContext,
	requestedTier: ServiceTier,
	idle: IdleLimit,
	signal: AbortSignal,
): ChunkSource<unknown, ApiStreamChunk> {
	const { plan, secrets, watch } = answer
	const events = answer.events[Symbol.asyncIterator]()
	const reported: { -readonly [Member in keyof ReportedUsage]: ReportedUsage[Member] } = {
		usage: null,
		servedTier: answer.servedTier ?? null,
		stopReason: null,
	}
	let isAccepted = false
	return {
		next() {
			idle.startWaiting()
			return events.next()
		},

		read(event) {
			isAccepted = true
			idle.recordEvent()
			const reading = answer.read(event)
			if (reading === null) return NO_CHUNKS
			const { chunks = NO_CHUNKS } = reading
			if (chunks.length > 0) watch.recordToken()
			reported.stopReason = reading.stopReason ?? reported.stopReason
			reported.usage = reading.usage ?? reported.usage
			reported.servedTier = reading.servedTier ?? reported.servedTier
			reported.invokedModelId = reading.invokedModelId ?? reported.invokedModelId
			return chunks
		},

		end(broken) {
			const error = broken ? secrets.redact(broken.error) : undefined
			const isRefused = isServiceException(error)
			// An error or abort after the model's stop reason leaves the answer complete: only its token counts may be
			// lost.
			const isComplete = reported.stopReason !== null && !isRefused
			const failure = isComplete ? null : { error: classifyStreamFailure(error, plan, signal) }
			if (broken) idle.abandon()
			else idle.end()
			// An exception frame is a response: Bedrock refused the request. Any other error may have happened after it
			// was accepted.
			if (isRefused && !isAccepted) return { chunks: NO_CHUNKS, failure }
			return { chunks: [usageChunk(plan, requestedTier, reported, watch.read())], failure }
		},

		/** The SDK leaves a connection open if its response is not read to the end. */
		close() {
			idle.abandon()
		},
	}
}
