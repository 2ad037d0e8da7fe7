/**
 * Awaits the first event and returns the events including it, so that a refusal in Bedrock's first frame is thrown
 * before the answer begins. Not a generator, because a further layer would cost time for every event.
 * Throws an error that `isRefusal` accepts; any other failure of the first event is thrown when the events are read.
 */
export async function peek<Event>(
	events: AsyncIterable<Event>,
	isRefusal: (error: unknown) => boolean,
): Promise<AsyncIterable<Event>> {
	const iterator = events[Symbol.asyncIterator]()
	const first = iterator.next()
	try {
		await first
	} catch (error) {
		if (isRefusal(error)) throw error
	}
	let isFirstTaken = false
	const next = () => {
		if (isFirstTaken) return iterator.next()
		isFirstTaken = true
		return first
	}
	return { [Symbol.asyncIterator]: () => ({ next }) }
}
