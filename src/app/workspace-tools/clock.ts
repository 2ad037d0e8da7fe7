import { Refusal } from "./refusal"

/** Whether a call is to go on: asked between any two steps. */
export class Clock {
	readonly #signal: AbortSignal
	readonly #endsAt: number

	constructor(signal: AbortSignal, timeMs: number) {
		this.#signal = signal
		this.#endsAt = performance.now() + timeMs
	}

	/** Whether the time is up. Throws a refusal when the person stopped the call. */
	isOver(): boolean {
		if (this.#signal.aborted) throw new Refusal("Stopped before it was done.")
		return performance.now() >= this.#endsAt
	}
}
