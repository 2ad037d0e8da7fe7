import { describe, expect, it } from "vitest"
import { pairedDifference, pairedRatio, quantile, spreadOf } from "./statistics"

describe("Statistics of many rounds", () => {
	it("spreadOf returns the median and the quartiles, interpolated between two values", () => {
		expect(spreadOf([4, 1, 3, 2])).toEqual({ rounds: 4, median: 2.5, lowerQuartile: 1.75, upperQuartile: 3.25 })
		expect(quantile([10, 20], 0.25)).toBe(12.5)
		expect(spreadOf([7])).toEqual({ rounds: 1, median: 7, lowerQuartile: 7, upperQuartile: 7 })
	})

	it("spreadOf throws for no values and for a value that is not a number", () => {
		expect(() => spreadOf([])).toThrow("nothing")
		expect(() => spreadOf([1, Number.NaN])).toThrow("not a number")
	})

	it("pairedRatio and pairedDifference compare round by round, which cancels a slow moment of the machine", () => {
		// Both take twice as long in the second round.
		expect(pairedRatio([11, 22, 11], [10, 20, 10]).median).toBeCloseTo(1.1)
		expect(pairedRatio([11, 22, 11], [10, 20, 10]).upperQuartile).toBeCloseTo(1.1)
		expect(pairedDifference([12, 22, 32], [10, 20, 30]).median).toBe(2)
		expect(() => pairedRatio([1], [1, 2])).toThrow("belong together")
	})
})
