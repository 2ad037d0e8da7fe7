import { Refusal } from "./refusal"

const STOPPED_MESSAGE = "Stopped before it was done."

/** Time limit and cancellation of one tool call. Each step checks it before it starts. */
export class Deadline {
	readonly #signal: AbortSignal
	readonly #endsAt: number

	constructor(signal: AbortSignal, timeMs: number) {
		this.#signal = signal
		this.#endsAt = performance.now() + timeMs
	}

	/**
	 * Whether the time limit has passed.
	 * @throws Refusal when the user stopped the call
	 */
	hasPassed(): boolean {
		if (this.#signal.aborted) throw new Refusal(STOPPED_MESSAGE)
		return performance.now() >= this.#endsAt
	}
}

/**
 * Resolves with the result, or with the fallback when `maxMs` passes or the user stops the call first: an unresponsive
 * drive must not block the chat.
 * @param result never rejects
 */
export async function withTimeout<T>(
	signal: AbortSignal,
	maxMs: number,
	result: Promise<T>,
	fallback: (message: string) => T,
): Promise<T> {
	let end: (message: string) => void = () => undefined
	const ended = new Promise<T>((resolve) => (end = (message) => resolve(fallback(message))))
	const stop = () => end(STOPPED_MESSAGE)
	const timer = setTimeout(() => end("The files could not be reached in time."), maxMs)
	signal.addEventListener("abort", stop, { once: true })
	if (signal.aborted) stop()
	try {
		return await Promise.race([ended, result])
	} finally {
		clearTimeout(timer)
		signal.removeEventListener("abort", stop)
	}
}
