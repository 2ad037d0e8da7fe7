/**
 * The events with the first of them already there, so that what Bedrock refuses in its first frame is refused before
 * the answer begins. No generator: a layer more would cost every event.
 * Throws what `isRefusal` says is one; any other failure of the first event is that of the stream, and comes with it.
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
	let taken = false
	const next = () => {
		if (taken) return iterator.next()
		taken = true
		return first
	}
	return { [Symbol.asyncIterator]: () => ({ next }) }
}
