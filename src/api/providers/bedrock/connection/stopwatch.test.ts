import { afterEach, beforeEach, describe, expect, it, vi } from "vitest"
import { Stopwatch } from "./stopwatch"

beforeEach(() => void vi.useFakeTimers({ toFake: ["performance"] }))
afterEach(() => void vi.useRealTimers())

describe("Stopwatch", () => {
	it("measures the time from sending to the first token and to the end", () => {
		const watch = new Stopwatch()
		vi.advanceTimersByTime(1_000)
		watch.recordSent()
		vi.advanceTimersByTime(400)
		watch.recordToken()
		vi.advanceTimersByTime(100)
		watch.recordToken()
		vi.advanceTimersByTime(500)
		expect(watch.read()).toEqual({ firstTokenMs: 400, totalMs: 1_000 })
	})

	it("reads null before sending, and has no first-token time when no token arrived", () => {
		const watch = new Stopwatch()
		expect(watch.read()).toBeNull()
		watch.recordSent()
		vi.advanceTimersByTime(300)
		expect(watch.read()).toEqual({ firstTokenMs: null, totalMs: 300 })
	})
})
