import fc from "fast-check"
import { describe, expect, it, vi } from "vitest"
import { ChunkStream, type Broken, type ChunkSource } from "./chunk-stream"

type Chunk = { readonly text: string }
/** Chunks of one event; reading "damaged" throws. */
type Event = readonly Chunk[] | "damaged"

type Script = {
	readonly refused: boolean
	readonly events: readonly Event[]
	/** Whether the events break instead of ending. */
	readonly breaks: boolean
	readonly lastChunks: readonly Chunk[]
	readonly fails: boolean
}

const WHOLE: Script = {
	refused: false,
	events: [[{ text: "a" }], [], [{ text: "b" }, { text: "c" }]],
	breaks: false,
	lastChunks: [{ text: "end" }],
	fails: false,
}

/** Creates a source that plays the script and records the calls that it gets. */
function scripted({ refused, events, breaks, lastChunks, fails }: Script) {
	const recorded: string[] = []
	let at = 0
	const source: ChunkSource<Event, Chunk> = {
		async next() {
			recorded.push("next")
			await Promise.resolve()
			const value = events[at++]
			if (value !== undefined) return { done: false, value }
			if (breaks) throw new Error("broken")
			return { done: true, value: undefined }
		},
		read(event) {
			if (event === "damaged") throw new Error("damaged")
			return event
		},
		end(broken) {
			recorded.push(broken ? `end: ${(broken.error as Error).message}` : "end")
			return { chunks: lastChunks, failure: fails ? { error: new Error("failed") } : null }
		},
		close: () => void recorded.push("close"),
	}
	const open = async () => {
		recorded.push("open")
		await Promise.resolve()
		if (refused) throw new Error("refused")
		return source
	}
	return { open, recorded }
}

/** Reference implementation: a native async generator. */
async function* generator(open: () => Promise<ChunkSource<Event, Chunk>>): AsyncGenerator<Chunk, void, void> {
	const source = await open()
	let ended = false
	const end = (broken: Broken | null) => {
		ended = true
		return source.end(broken)
	}
	try {
		let broken: Broken | null = null
		try {
			for (;;) {
				const result = await source.next()
				if (result.done) break
				yield* source.read(result.value)
			}
		} catch (error) {
			broken = { error }
		}
		const { chunks, failure } = end(broken)
		yield* chunks
		if (failure) throw failure.error
	} finally {
		if (!ended) source.close()
	}
}

type Call = { readonly method: "next" | "return"; readonly waits: boolean }

/** Makes the calls and returns the result of each. */
async function play(stream: AsyncGenerator<Chunk, void, void>, calls: readonly Call[]) {
	const results: Promise<unknown>[] = []
	for (const { method, waits } of calls) {
		const result = stream[method]().catch((error: unknown) => `thrown: ${(error as Error).message}`)
		results.push(result)
		if (waits) await result
	}
	return Promise.all(results)
}

const chunk = fc.record({ text: fc.constantFrom("a", "b", "c") })
const script: fc.Arbitrary<Script> = fc.record({
	refused: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
	events: fc.array(
		fc.oneof({ weight: 9, arbitrary: fc.array(chunk, { maxLength: 3 }) }, fc.constant("damaged" as const)),
		{ maxLength: 6 },
	),
	breaks: fc.boolean(),
	lastChunks: fc.array(chunk, { maxLength: 2 }),
	fails: fc.boolean(),
})
const call: fc.Arbitrary<Call> = fc.record({
	method: fc.oneof({ weight: 9, arbitrary: fc.constant("next" as const) }, fc.constant("return" as const)),
	waits: fc.boolean(),
})

describe("ChunkStream", () => {
	it("behaves like an async generator for any sequence of calls", async () => {
		await fc.assert(
			fc.asyncProperty(script, fc.array(call, { maxLength: 20 }), async (script, calls) => {
				const [actual, reference] = [scripted(script), scripted(script)]
				const results = await play(new ChunkStream(actual.open), calls)
				expect(results).toEqual(await play(generator(reference.open), calls))
				expect(actual.recorded).toEqual(reference.recorded)
			}),
			{ numRuns: 2000 },
		)
	})

	it("does not close the source after a loop has read it to its end", async () => {
		const { open, recorded } = scripted(WHOLE)
		const texts: string[] = []
		for await (const { text } of new ChunkStream(open)) texts.push(text)
		expect(texts).toEqual(["a", "b", "c", "end"])
		expect(recorded).toEqual(["open", "next", "next", "next", "next", "end"])
	})

	it("closes the source once when a loop is left early", async () => {
		const { open, recorded } = scripted(WHOLE)
		const stream = new ChunkStream(open)
		for await (const { text } of stream) if (text === "b") break
		expect(await stream.next()).toEqual({ done: true, value: undefined })
		await stream.return()
		expect(recorded.filter((what) => what === "close")).toHaveLength(1)
		expect(recorded).not.toContain("end")
	})

	it("closes the source on `throw`, which throws the given error, and on disposal", async () => {
		const thrown = scripted(WHOLE)
		const stream = new ChunkStream(thrown.open)
		await stream.next()
		await expect(stream.throw(new Error("enough"))).rejects.toThrow("enough")
		expect(thrown.recorded.at(-1)).toBe("close")

		const disposed = scripted(WHOLE)
		const other = new ChunkStream(disposed.open)
		await other.next()
		await other[Symbol.asyncDispose]()
		expect(disposed.recorded.at(-1)).toBe("close")
	})

	it("stays ended after the source's `end` has thrown", async () => {
		const source = { next: vi.fn(), read: vi.fn(), close: vi.fn(), end: vi.fn() }
		source.next.mockResolvedValue({ done: true, value: undefined })
		source.end.mockImplementation(() => {
			throw new Error("no words")
		})
		const stream = new ChunkStream(async () => source as ChunkSource<Event, Chunk>)
		await expect(stream.next()).rejects.toThrow("no words")
		expect(await stream.return()).toEqual({ done: true, value: undefined })
		expect(await stream.next()).toEqual({ done: true, value: undefined })
	})
})
