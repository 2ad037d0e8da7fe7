/** Source of chunks: events that contain none, one or more of them. */
export type ChunkSource<Event, Chunk> = {
	/** Requests the next event. Rejects when the events break. */
	next(): Promise<IteratorResult<Event, unknown>>
	/** Called once for each event, in order. An error that it throws breaks the events. */
	read(event: Event): readonly Chunk[]
	/** Called when the events have ended or broken. Returns the last chunks, and the failure to throw after them. */
	end(broken: Broken | null): Ending<Chunk>
	/** Called when the reader does not want the rest. */
	close(): void
}

/** A thrown value of any type. */
export type Broken = { readonly error: unknown }
export type Ending<Chunk> = { readonly chunks: readonly Chunk[]; readonly failure: Broken | null }

type Result<Chunk> = IteratorResult<Chunk, void>

/**
 * A hand-written async generator. It behaves like a native one: nothing happens before the first call, and overlapping
 * calls wait for one another. With a native generator the handler took about a tenth more CPU than the SDK's events
 * alone, with this one about half as much more (docs/benchmarks.md).
 */
export class ChunkStream<Event, Chunk extends object> implements AsyncGenerator<Chunk, void, void> {
	#pull: () => Promise<Result<Chunk>>
	#close = () => {}
	/** Chunks that were read and not yet requested. */
	#held: readonly Chunk[] = []
	#failure: Broken | null = null
	#ended = false
	/** The last call that had to wait, until it is known to have settled. */
	#pending: Promise<Result<Chunk>> | null = null

	/** The first call throws what `open` rejects with. */
	constructor(open: () => Promise<ChunkSource<Event, Chunk>>) {
		this.#pull = () => this.#begin(open)
	}

	next(): Promise<Result<Chunk>> {
		if (this.#pending) return this.#callAfter(this.#pending, () => this.next())
		if (this.#ended || this.#held.length > 0) return this.#takeHeld()
		return (this.#pending = this.#pull())
	}

	/** Ends the stream early. */
	return(): Promise<Result<Chunk>> {
		if (this.#pending) return this.#callAfter(this.#pending, () => this.return())
		if (!this.#ended) this.#close()
		return this.#finish({ chunks: [], failure: null })
	}

	async throw(error: unknown): Promise<Result<Chunk>> {
		await this.return()
		throw error
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.return()
	}

	[Symbol.asyncIterator](): this {
		return this
	}

	async #begin(open: () => Promise<ChunkSource<Event, Chunk>>): Promise<Result<Chunk>> {
		let source: ChunkSource<Event, Chunk>
		try {
			source = await open()
		} catch (error) {
			return this.#finish({ chunks: [], failure: { error } })
		}
		const breakOff = (error: unknown) => this.#finish(source.end({ error }))
		const handleResult = (result: IteratorResult<Event, unknown>) => {
			if (result.done) return this.#finish(source.end(null))
			let chunks: readonly Chunk[]
			try {
				chunks = source.read(result.value)
			} catch (error) {
				return breakOff(error)
			}
			// No destructuring: this line runs for every event, and destructuring would iterate.
			const chunk = chunks[0]
			if (chunk === undefined) return this.#pull()
			if (chunks.length > 1) this.#held = chunks.slice(1)
			this.#pending = null
			return { done: false, value: chunk } as const
		}
		this.#close = () => source.close()
		this.#pull = () => source.next().then(handleResult, breakOff)
		return this.#pull()
	}

	#finish({ chunks, failure }: Ending<Chunk>): Promise<Result<Chunk>> {
		this.#ended = true
		this.#held = chunks
		this.#failure = failure
		return this.#takeHeld()
	}

	async #takeHeld(): Promise<Result<Chunk>> {
		const [chunk, ...held] = this.#held
		if (chunk !== undefined) {
			this.#held = held
			return { done: false, value: chunk }
		}
		const failure = this.#failure
		this.#failure = null
		if (failure) throw failure.error
		return { done: true, value: undefined }
	}

	#callAfter(pending: Promise<unknown>, call: () => Promise<Result<Chunk>>): Promise<Result<Chunk>> {
		const onSettled = () => {
			if (this.#pending === pending) this.#pending = null
			return call()
		}
		return pending.then(onSettled, onSettled)
	}
}
