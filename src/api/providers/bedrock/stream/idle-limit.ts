import { currentTranslation, t, type ServiceTier } from "@bedrock-tiers/core"
import { ProviderFailure } from "../../../provider-failure"

/** How long Bedrock may say nothing before a request is given up. Flex is sold as one that may wait. */
const DEFAULT_LIMIT_MS: Readonly<Record<ServiceTier, number>> = {
	default: 5 * 60_000,
	priority: 5 * 60_000,
	reserved: 5 * 60_000,
	flex: 15 * 60_000,
}

export function defaultIdleLimitMs(requestedTier: ServiceTier): number {
	return DEFAULT_LIMIT_MS[requestedTier]
}

/**
 * Gives a request up when nothing has come for a time. An answer may take as long as it takes while something comes.
 * One interval a request looks whether events were counted since: nothing is set for each event.
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
		this.#timer = setInterval(() => this.#look(), Math.max(10, limitMs / 20))
		this.#timer.unref()
	}

	/** Aborts when the limit is reached, with the failure as its reason, or when the person's own signal does. */
	with(signal: AbortSignal | undefined): AbortSignal {
		return signal ? AbortSignal.any([signal, this.#abort.signal]) : this.#abort.signal
	}

	/** Something came. Until `waits` the time is the reader's, not Bedrock's. */
	saw(): void {
		this.#seen++
		this.#waiting = false
	}

	waits(): void {
		this.#waiting = true
	}

	/** This or `abandon` must be called when the request is over. */
	end(): void {
		clearInterval(this.#timer)
	}

	/** Closes what the request still holds open. Nothing is waited for any more. */
	abandon(): void {
		this.end()
		this.#abort.abort()
	}

	#look(): void {
		const now = performance.now()
		if (!this.#waiting || this.#seen !== this.#seenBefore) {
			this.#seenBefore = this.#seen
			this.#idleSince = now
		} else if (now - this.#idleSince >= this.#limitMs) {
			this.end()
			this.#abort.abort(silence(this.#limitMs))
		}
	}
}

/** One request and one answer under the limit. */
export async function withinIdleLimit<T>(
	limitMs: number,
	stop: AbortSignal | undefined,
	request: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const idle = new IdleLimit(limitMs)
	try {
		return await request(idle.with(stop))
	} finally {
		idle.end()
	}
}

function silence(limitMs: number): ProviderFailure {
	const seconds = Math.round(limitMs / 1000)
	const time = seconds >= 120 ? inUnit(Math.round(seconds / 60), "minute") : inUnit(seconds, "second")
	return new ProviderFailure(
		"timeout",
		t("Bedrock said nothing for {0}, so the request was given up. Try again.", time),
	)
}

function inUnit(count: number, unit: "minute" | "second"): string {
	const { language } = currentTranslation()
	return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count)
}
