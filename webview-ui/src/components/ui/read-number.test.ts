import { expect, test } from "vitest"
import { readNumber } from "./read-number"

test.each([
	["10", 10],
	["7.5", 7.5],
	[".5", 0.5],
	["0.", 0],
	[" 100 ", 100],
	["1e-7", 1e-7],
	["", null],
	["  ", null],
])("readNumber parses %j as %j", (text, number) => {
	expect(readNumber(text, { max: 100 })).toBe(number)
})

test.each(["ten", "7,5", "1,000", "-1", "+1", "100.1", "NaN", "Infinity", "1e999", "10 %", "1 2", "0x1"])(
	"readNumber rejects %j when the limits are 0 and 100",
	(text) => {
		expect(readNumber(text, { max: 100 })).toBeUndefined()
	},
)

test.each([
	["1024", 1024],
	["2000", 2000],
	["1.5e3", 1500],
	["", null],
	["1023", undefined],
	["2001", undefined],
	["1024.5", undefined],
])("readNumber, limited to whole numbers from 1,024 to 2,000, parses %j as %j", (text, number) => {
	expect(readNumber(text, { min: 1_024, max: 2_000, whole: true })).toBe(number)
})
