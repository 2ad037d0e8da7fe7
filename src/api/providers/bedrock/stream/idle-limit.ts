import type { ServiceTier } from "@bedrock-tiers/core"
import { detail } from "@bedrock-tiers/error-details"
import { ProviderFailure } from "../../../provider-failure"

/** How long Bedrock may send nothing before a request is aborted. Flex is sold as a tier that may wait. */
export const DEFAULT_IDLE_LIMIT_MS: Readonly<Record<ServiceTier, number>> = {
	default: 5 * 60_000,
	priority: 5 * 60_000,
	reserved: 5 * 60_000,
	flex: 15 * 60_000,
}

/**
 * Aborts a request when nothing has arrived for a time. An answer may take any time as long as something arrives. One
 * interval per request checks whether events were counted since the last check, so that no timer is set per event.
 */
export class IdleLimit {
	readonly #abort = new AbortController()
	readonly #limitMs: number
	readonly #timer: NodeJS.Timeout
	#waiting = true
	#seen = 0
	#seenBefore = 0
	#idleSince = performance.now()

	constructor(limitMs: number) {
		this.#limitMs = limitMs
		this.#timer = setInterval(() => this.#check(), Math.max(10, limitMs / 20))
		this.#timer.unref()
	}

	/**
	 * Returns a signal that aborts when the limit is reached, with the failure as its reason, or when `signal` aborts.
	 */
	signalWith(signal: AbortSignal | undefined): AbortSignal {
		return signal ? AbortSignal.any([signal, this.#abort.signal]) : this.#abort.signal
	}

	/** Records an event. Until `startWaiting` is called, time is spent by the reader, not by Bedrock. */
	recordEvent(): void {
		this.#seen++
		this.#waiting = false
	}

	startWaiting(): void {
		this.#waiting = true
	}

	/** Either `end` or `abandon` must be called when the request is over. */
	end(): void {
		clearInterval(this.#timer)
	}

	/** Ends the limit and closes what the request still holds open. */
	abandon(): void {
		this.end()
		this.#abort.abort()
	}

	#check(): void {
		const now = performance.now()
		if (!this.#waiting || this.#seen !== this.#seenBefore) {
			this.#seenBefore = this.#seen
			this.#idleSince = now
		} else if (now - this.#idleSince >= this.#limitMs) {
			this.end()
			this.#abort.abort(new ProviderFailure("timeout", detail("request.idle", { limitMs: this.#limitMs })))
		}
	}
}

/** Applies the limit to one request whose answer is not streamed. */
export async function withinIdleLimit<T>(
	limitMs: number,
	stop: AbortSignal | undefined,
	request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const idle = new IdleLimit(limitMs)
	try {
		return await request(idle.signalWith(stop))
	} finally {
		idle.end()
	}
}
