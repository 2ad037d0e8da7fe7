import { Refusal } from "./refusal"

const STOPPED = "Stopped before it was done."

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
		if (this.#signal.aborted) throw new Refusal(STOPPED)
		return performance.now() >= this.#endsAt
	}
}

/**
 * The answer, or what stands for it when there is none in time or the person stopped the call: a drive that does not answer
 * must not keep the chat waiting.
 * @param answer never rejects
 */
export async function endedBy<T>(
	signal: AbortSignal,
	maxMs: number,
	answer: Promise<T>,
	instead: (sentence: string) => T,
): Promise<T> {
	let end: (sentence: string) => void = () => undefined
	const ended = new Promise<T>((resolve) => (end = (sentence) => resolve(instead(sentence))))
	const stop = () => end(STOPPED)
	const timer = setTimeout(() => end("The files could not be reached in time."), maxMs)
	signal.addEventListener("abort", stop, { once: true })
	if (signal.aborted) stop()
	try {
		return await Promise.race([ended, answer])
	} finally {
		clearTimeout(timer)
		signal.removeEventListener("abort", stop)
	}
}
