import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Stopwatch } from "./stopwatch"

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }))
afterEach(() => void vi.useRealTimers())

describe("The time of a request", () => {
	it("begins when it is sent, and its first token is the first", () => {
		const watch = new Stopwatch()
		vi.advanceTimersByTime(1_000)
		watch.sent()
		vi.advanceTimersByTime(400)
		watch.sawToken()
		vi.advanceTimersByTime(100)
		watch.sawToken()
		vi.advanceTimersByTime(500)
		expect(watch.read()).toEqual({ firstTokenMs: 400, totalMs: 1_000 })
	})

	it("has no first token where none came, and is none where nothing was sent", () => {
		const watch = new Stopwatch()
		expect(watch.read()).toBeNull()
		watch.sent()
		vi.advanceTimersByTime(300)
		expect(watch.read()).toEqual({ firstTokenMs: null, totalMs: 300 })
	})
})
