import { afterEach, beforeEach, expect, test, vi } from "vitest"
import { pacedFrames } from "./paced-frames"

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["performance", "requestAnimationFrame", "setTimeout"] })
})
afterEach(() => {
	vi.useRealTimers()
})

/** A drawing that advances the fake clock by `ms`. */
const drawingOf = (ms: number) => vi.fn(() => void vi.advanceTimersByTime(ms))

test("pacedFrames uses the next frame after a quick drawing", () => {
	const schedule = pacedFrames()
	schedule(drawingOf(4))
	vi.advanceTimersByTime(20)
	const next = vi.fn()
	schedule(next)
	vi.advanceTimersByTime(16)
	expect(next).toHaveBeenCalledTimes(1)
})

test("pacedFrames pauses for 200 ms after a drawing of 100 ms, so that typing gets two thirds of the time", () => {
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
