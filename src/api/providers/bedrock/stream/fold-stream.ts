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

/** Content of one event of an answer, independent of the API. */
export type EventReading = {
	readonly chunks?: readonly ApiStreamChunk[]
	/** The API's own stop reason; present when the model has ended. */
	readonly stopReason?: string
	/** `null` or absent when this event reports none. A later report replaces an earlier one. */
	readonly usage?: TokenUsage | null
	readonly servedTier?: ServedTier | null
	/** Model that a prompt router chose. */
	readonly invokedModelId?: string
}

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
type AttemptContext = { readonly plan: RequestPlan; readonly watch: Stopwatch; readonly secrets: SentSecrets }

const NO_CHUNKS: readonly ApiStreamChunk[] = []

export type StreamLimits = {
	/** Aborts when the user cancels the request. */
	readonly signal?: AbortSignal | undefined
	/** How long Bedrock may send nothing, in milliseconds; defaults to the limit of the requested tier. */
	readonly idleLimitMs?: number | undefined
}

/**
 * Turns Bedrock's events into the host's chunks, in the only layer around the SDK's stream, because each further layer
 * costs time for every event.
 *
 * Usage is reported after the model's end, so it is passed on when the stream is over: once, however the stream ended,
 * if Bedrock accepted the request. HTTP/2 may end a broken stream without an error, so an end without a stop reason is
 * a failure.
 */
export function foldStream(
	open: (signal: AbortSignal) => Promise<OpenedAnswer & AttemptContext>,
	requestedTier: ServiceTier,
	{ signal: stop, idleLimitMs = defaultIdleLimitMs(requestedTier) }: StreamLimits,
): ApiStream {
	return new ChunkStream(async () => {
		const idle = new IdleLimit(idleLimitMs)
		const signal = idle.signalWith(stop)
		try {
			return new AnswerChunkSource(await open(signal), requestedTier, idle, signal)
		} catch (error) {
			idle.abandon()
			throw error
		}
	})
}

class AnswerChunkSource implements ChunkSource<unknown, ApiStreamChunk> {
	readonly #answer: OpenedAnswer & AttemptContext
	readonly #events: AsyncIterator<unknown>
	readonly #requestedTier: ServiceTier
	readonly #idle: IdleLimit
	readonly #signal: AbortSignal
	readonly #reported: { -readonly [Member in keyof ReportedUsage]-?: ReportedUsage[Member] }
	#accepted = false

	constructor(
		answer: OpenedAnswer & AttemptContext,
		requestedTier: ServiceTier,
		idle: IdleLimit,
		signal: AbortSignal,
	) {
		this.#answer = answer
		this.#events = answer.events[Symbol.asyncIterator]()
		this.#requestedTier = requestedTier
		this.#idle = idle
		this.#signal = signal
		this.#reported = { usage: null, servedTier: answer.servedTier ?? null, stopReason: null, invokedModelId: null }
	}

	next(): Promise<IteratorResult<unknown, unknown>> {
		this.#idle.startWaiting()
		return this.#events.next()
	}

	read(event: unknown): readonly ApiStreamChunk[] {
		this.#accepted = true
		this.#idle.recordEvent()
		const reading = this.#answer.read(event)
		if (reading === null) return NO_CHUNKS
		const { chunks = NO_CHUNKS } = reading
		if (chunks.length > 0) this.#answer.watch.recordToken()
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
		// An error or abort after the model's stop reason leaves the answer complete: only its token counts may be
		// lost.
		const isComplete = this.#reported.stopReason !== null && !refused
		const failure = isComplete ? null : { error: this.#failure(broken && { error }) }
		if (broken) this.close()
		else this.#idle.end()
		// An exception frame is a response: Bedrock refused the request. Any other error may have happened after it was
		// accepted.
		if (refused && !this.#accepted) return { chunks: NO_CHUNKS, failure }
		return { chunks: [usageChunk(plan, this.#requestedTier, this.#reported, watch.read())], failure }
	}

	/** The SDK leaves a connection open if its response is not read to the end. */
	close(): void {
		this.#idle.abandon()
	}

	#failure(broken: Broken | null): ProviderFailure {
		const { plan } = this.#answer
		if (broken) return classifyStreamFailure(broken.error, plan, this.#signal)
		// Over HTTP/2 an abort also ends the stream without an error.
		return this.#signal.aborted
			? classifyStreamFailure(this.#signal.reason, plan, this.#signal)
			: incompleteStream()
	}
}
