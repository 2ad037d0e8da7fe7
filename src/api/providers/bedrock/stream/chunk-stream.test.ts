import fc from "fast-check"
import { describe, expect, it, vi } from "vitest"
import { ChunkStream, type Broken, type ChunkSource } from "./chunk-stream"

type Chunk = { readonly text: string }
/** What one event brings; "damaged" cannot be read. */
type Event = readonly Chunk[] | "damaged"

type Script = {
	readonly refused: boolean
	readonly events: readonly Event[]
	/** The events break instead of ending. */
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

/** A source that plays the script and notes what it is asked. */
function scripted({ refused, events, breaks, lastChunks, fails }: Script) {
	const asked: string[] = []
	let at = 0
	const source: ChunkSource<Event, Chunk> = {
		async next() {
			asked.push("next")
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
			asked.push(broken ? `end: ${(broken.error as Error).message}` : "end")
			return { chunks: lastChunks, failure: fails ? { error: new Error("failed") } : null }
		},
		close: () => void asked.push("close"),
	}
	const open = async () => {
		asked.push("open")
		await Promise.resolve()
		if (refused) throw new Error("refused")
		return source
	}
	return { open, asked }
}

/** The same as the language has it. */
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

/** What each call came to, and what the source was asked for it. */
async function play(stream: AsyncGenerator<Chunk, void, void>, calls: readonly Call[]) {
	const answers: Promise<unknown>[] = []
	for (const { method, waits } of calls) {
		const answer = stream[method]().catch((error: unknown) => `thrown: ${(error as Error).message}`)
		answers.push(answer)
		if (waits) await answer
	}
	return Promise.all(answers)
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

describe("a stream of chunks", () => {
	it("does what an async generator does, whatever it is asked in whatever order", async () => {
		await fc.assert(
			fc.asyncProperty(script, fc.array(call, { maxLength: 20 }), async (script, calls) => {
				const [own, language] = [scripted(script), scripted(script)]
				const answers = await play(new ChunkStream(own.open), calls)
				expect(answers).toEqual(await play(generator(language.open), calls))
				expect(own.asked).toEqual(language.asked)
			}),
			{ numRuns: 2000 },
		)
	})

	it("is read by a loop to its end, and then closes nothing", async () => {
		const { open, asked } = scripted(WHOLE)
		const texts: string[] = []
		for await (const { text } of new ChunkStream(open)) texts.push(text)
		expect(texts).toEqual(["a", "b", "c", "end"])
		expect(asked).toEqual(["open", "next", "next", "next", "next", "end"])
	})

	it("closes the source once where a loop is left", async () => {
		const { open, asked } = scripted(WHOLE)
		const stream = new ChunkStream(open)
		for await (const { text } of stream) if (text === "b") break
		expect(await stream.next()).toEqual({ done: true, value: undefined })
		await stream.return()
		expect(asked.filter((what) => what === "close")).toHaveLength(1)
		expect(asked).not.toContain("end")
	})

	it("closes the source for `throw`, which throws what it is given, and where it is disposed of", async () => {
		const thrown = scripted(WHOLE)
		const stream = new ChunkStream(thrown.open)
		await stream.next()
		await expect(stream.throw(new Error("enough"))).rejects.toThrow("enough")
		expect(thrown.asked.at(-1)).toBe("close")

		const disposed = scripted(WHOLE)
		const other = new ChunkStream(disposed.open)
		await other.next()
		await other[Symbol.asyncDispose]()
		expect(disposed.asked.at(-1)).toBe("close")
	})

	it("goes on to its end where the ending itself cannot be told", async () => {
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
