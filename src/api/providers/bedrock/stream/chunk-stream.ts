/** Where chunks come from: events that bring none, one or more of them. */
export type ChunkSource<Event, Chunk> = {
	/** Asks for the next event. Rejects when the events break. */
	next(): Promise<IteratorResult<Event, unknown>>
	/** Called once for each event, in order. What it throws breaks the events. */
	read(event: Event): readonly Chunk[]
	/** Nothing more is asked for, since the events have ended, or broken: what is still to be told, and then thrown. */
	end(broken: Broken | null): Ending<Chunk>
	/** Nothing more is asked for, since nobody wants the rest. */
	close(): void
}

/** Something that was thrown, whatever it is. */
export type Broken = { readonly error: unknown }
export type Ending<Chunk> = { readonly chunks: readonly Chunk[]; readonly failure: Broken | null }

type Result<Chunk> = IteratorResult<Chunk, void>

/**
 * An async generator by hand. It does what one of the language does: nothing before the first call, and calls that overlap
 * wait for one another. With one of the language the handler took about a tenth more CPU than the SDK's events alone, with
 * this one about half as much more (docs/benchmarks.md).
 */
export class ChunkStream<Event, Chunk extends object> implements AsyncGenerator<Chunk, void, void> {
	#pull: () => Promise<Result<Chunk>>
	#close = () => {}
	/** Brought, and not yet asked for. */
	#held: readonly Chunk[] = []
	#failure: Broken | null = null
	#ended = false
	/** The last call that waited, until it is known to be answered. */
	#asked: Promise<Result<Chunk>> | null = null

	/** What `open` rejects with is thrown by the first call. */
	constructor(open: () => Promise<ChunkSource<Event, Chunk>>) {
		this.#pull = () => this.#begin(open)
	}

	next(): Promise<Result<Chunk>> {
		if (this.#asked) return this.#after(this.#asked, () => this.next())
		if (this.#ended || this.#held.length > 0) return this.#rest()
		return (this.#asked = this.#pull())
	}

	/** The rest is not wanted. */
	return(): Promise<Result<Chunk>> {
		if (this.#asked) return this.#after(this.#asked, () => this.return())
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
		const take = (result: IteratorResult<Event, unknown>) => {
			if (result.done) return this.#finish(source.end(null))
			let chunks: readonly Chunk[]
			try {
				chunks = source.read(result.value)
			} catch (error) {
				return breakOff(error)
			}
			// No pattern: this line runs for every event, and a pattern would iterate.
			const chunk = chunks[0]
			if (chunk === undefined) return this.#pull()
			if (chunks.length > 1) this.#held = chunks.slice(1)
			this.#asked = null
			return { done: false, value: chunk } as const
		}
		this.#close = () => source.close()
		this.#pull = () => source.next().then(take, breakOff)
		return this.#pull()
	}

	#finish({ chunks, failure }: Ending<Chunk>): Promise<Result<Chunk>> {
		this.#ended = true
		this.#held = chunks
		this.#failure = failure
		return this.#rest()
	}

	async #rest(): Promise<Result<Chunk>> {
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

	#after(asked: Promise<unknown>, call: () => Promise<Result<Chunk>>): Promise<Result<Chunk>> {
		const answered = () => {
			if (this.#asked === asked) this.#asked = null
			return call()
		}
		return asked.then(answered, answered)
	}
}
