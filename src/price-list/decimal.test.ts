import { describe, expect, it } from "vitest"
import { timesPowerOfTen } from "./decimal"

describe("timesPowerOfTen", () => {
	it.each([
		["0.00015", 3, 0.15],
		["0.000126175", 3, 0.126175],
		["0.0001500000", 3, 0.15],
		["0.00003605", 3, 0.03605],
		["3.3", 0, 3.3],
		["0.0000033", 6, 3.3],
		["15", 0, 15],
		["2", 3, 2_000],
		["1.5E-4", 3, 0.15],
		["0.0000000000", 3, 0],
	])("multiplies %s by ten to the power of %d exactly: %d", (text, power, expected) => {
		expect(timesPowerOfTen(text, power)).toBe(expected)
	})

	it.each(["", "free", "-1", "1,5", "0x10", "NaN", "1e999", ".5", "1".repeat(30)])("returns null for %j", (text) => {
		expect(timesPowerOfTen(text, 3)).toBeNull()
	})
})
