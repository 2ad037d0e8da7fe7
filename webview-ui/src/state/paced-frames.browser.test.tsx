import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { pacedFrames } from "./paced-frames"

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["performance", "requestAnimationFrame", "setTimeout"] })
})
afterEach(() => {
	vi.useRealTimers()
})

/** A drawing that takes so many milliseconds of the fake clock. */
const drawingOf = (ms: number) => vi.fn(() => void vi.advanceTimersByTime(ms))

test("a quick drawing is followed by the next frame", () => {
	const schedule = pacedFrames()
	schedule(drawingOf(4))
	vi.advanceTimersByTime(20)
	const next = vi.fn()
	schedule(next)
	vi.advanceTimersByTime(16)
	expect(next).toHaveBeenCalledTimes(1)
})

test("a drawing of 100 ms is followed by a pause of 200 ms, so that typing gets two thirds of the time", () => {
	const schedule = pacedFrames()
	schedule(drawingOf(100))
	vi.advanceTimersByTime(16)
	const next = vi.fn()
	schedule(next)
	vi.advanceTimersByTime(180)
	expect(next).not.toHaveBeenCalled()
	vi.advanceTimersByTime(60)
	expect(next).toHaveBeenCalledTimes(1)
})
