import type { ServedTier, ServiceTier, TokenUsage } from "@bedrock-tiers/core"
import type { ApiStream, ApiStreamChunk } from "../../../provider-contract"
import type { ProviderFailure } from "../../../provider-failure"
import { ChunkStream, type Broken, type ChunkSource, type Ending } from "./chunk-stream"
import { classifyStreamFailure, incompleteStream, isServiceException } from "../failures"
import { defaultIdleLimitMs, IdleLimit } from "./idle-limit"
import type { RequestPlan } from "../request-plan"
import type { SentSecrets } from "../connection/sent-secrets"
import type { Stopwatch } from "../connection/stopwatch"
import { usageChunk, type ReportedUsage } from "./usage-chunk"

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
 * Turns Bedrock's events into the host's chunks, by the only layer around the SDK's stream: each one more costs every event.
 *
 * Usage is reported after the model's end, so it is handed on when the stream is over: once, whatever way it ended, if
 * Bedrock accepted the request. HTTP/2 may end a broken stream without an error, so an end without a stop is a failure.
 */
export function foldStream(
	open: (signal: AbortSignal) => Promise<OpenedAnswer & Attempted>,
	requestedTier: ServiceTier,
	{ signal: stop, idleLimitMs = defaultIdleLimitMs(requestedTier) }: StreamLimits,
): ApiStream {
	return new ChunkStream(async () => {
		const idle = new IdleLimit(idleLimitMs)
		const signal = idle.with(stop)
		try {
			return new AnswerInChunks(await open(signal), requestedTier, idle, signal)
		} catch (error) {
			idle.abandon()
			throw error
		}
	})
}

class AnswerInChunks implements ChunkSource<unknown, ApiStreamChunk> {
	readonly #answer: OpenedAnswer & Attempted
	readonly #events: AsyncIterator<unknown>
	readonly #requestedTier: ServiceTier
	readonly #idle: IdleLimit
	readonly #signal: AbortSignal
	readonly #reported: { -readonly [Member in keyof ReportedUsage]-?: ReportedUsage[Member] }
	#accepted = false

	constructor(answer: OpenedAnswer & Attempted, requestedTier: ServiceTier, idle: IdleLimit, signal: AbortSignal) {
		this.#answer = answer
		this.#events = answer.events[Symbol.asyncIterator]()
		this.#requestedTier = requestedTier
		this.#idle = idle
		this.#signal = signal
		this.#reported = { usage: null, servedTier: answer.servedTier ?? null, stopReason: null, invokedModelId: null }
	}

	next(): Promise<IteratorResult<unknown, unknown>> {
		this.#idle.waits()
		return this.#events.next()
	}

	read(event: unknown): readonly ApiStreamChunk[] {
		this.#accepted = true
		this.#idle.saw()
		const reading = this.#answer.read(event)
		if (reading === null) return NO_CHUNKS
		const { chunks = NO_CHUNKS } = reading
		if (chunks.length > 0) this.#answer.watch.sawToken()
		const reported = this.#reported
		reported.stopReason = reading.stopReason ?? reported.stopReason
		reported.usage = reading.usage ?? reported.usage
		reported.servedTier = reading.servedTier ?? reported.servedTier
		reported.invokedModelId = reading.invokedModelId ?? reported.invokedModelId
		return chunks
	}

	end(broken: Broken | null): Ending<ApiStreamChunk> {
		const { plan, secrets, watch } = this.#answer
		const error = broken && secrets.redact(broken.error)
		const refused = broken !== null && isServiceException(error)
		// What breaks after the model's stop, or stops it, leaves the answer whole: only its numbers may be lost.
		const whole = this.#reported.stopReason !== null && !refused
		const failure = whole ? null : { error: this.#failure(broken && { error }) }
		if (broken) this.close()
		else this.#idle.end()
		// An exception frame is an answer: Bedrock refused. Anything else may have happened after it accepted.
		if (refused && !this.#accepted) return { chunks: NO_CHUNKS, failure }
		return { chunks: [usageChunk(plan, this.#requestedTier, this.#reported, watch.read())], failure }
	}

	/** The SDK leaves a connection open whose answer is not read to its end. */
	close(): void {
		this.#idle.abandon()
	}

	#failure(broken: Broken | null): ProviderFailure {
		const { plan } = this.#answer
		if (broken) return classifyStreamFailure(broken.error, plan, this.#signal)
		// Over HTTP/2 an abort, too, ends the stream without an error.
		return this.#signal.aborted
			? classifyStreamFailure(this.#signal.reason, plan, this.#signal)
			: incompleteStream()
	}
}
