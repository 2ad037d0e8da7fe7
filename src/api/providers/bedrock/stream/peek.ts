import { isServiceException } from "../failures"

/**
 * Awaits the first event and returns the events including it, so that a refusal in Bedrock's first frame is thrown
 * before the answer begins. Not a generator, because a further layer would cost time for every event.
 * Any other failure of the first event is thrown when the events are read.
 * @param events `undefined` when the response has no event stream
 */
export async function peek<Event>(events: AsyncIterable<Event> = noEvents()): Promise<AsyncIterable<Event>> {
	const iterator = events[Symbol.asyncIterator]()
	const first = iterator.next()
	try {
		await first
	} catch (error) {
		if (isServiceException(error)) throw error
	}
	let isFirstTaken = false
	const next = () => {
		if (isFirstTaken) return iterator.next()
		isFirstTaken = true
		return first
	}
	return { [Symbol.asyncIterator]: () => ({ next }) }
}

async function* noEvents(): AsyncGenerator<never> {}
