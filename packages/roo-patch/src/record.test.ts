import { describe, expect, it } from "vitest"
import { recordFile, withoutPatch } from "./record"
import { applyEdits } from "./text-edit"

/** The record of an edit, with which the edit is found again in a file that has changed since. */

const FILLER = "the same words again and again, ".repeat(8)

function patch(before: string, ...places: number[]) {
	const edits = places.map((start) => ({ start, end: start, text: "<ours>" }))
	const after = applyEdits(before, edits) ?? ""
	return { after, record: recordFile({ path: "a.ts", before, after, edits, changes: [] }) }
}

describe("the record of an edit", () => {
	it("stores as much context as distinguishes the edit from the others", () => {
		const before = `A${FILLER}${FILLER}B${FILLER}${FILLER}C`
		const { after, record } = patch(before, 1 + FILLER.length, 2 + 3 * FILLER.length)
		expect(withoutPatch(after, record)).toEqual({ text: before, exact: true })
		expect(withoutPatch(`theirs\n${after}`, record)).toEqual({ text: `theirs\n${before}`, exact: false })
	})

	it("stores 32 characters of context on each side when that is enough", () => {
		const { record } = patch(`${FILLER}B${FILLER}`, FILLER.length)
		expect(record.edits.map(({ before, after }) => [before.length, after.length])).toEqual([[32, 32]])
	})

	it("works for edits at the start and at the end of a file", () => {
		const { after, record } = patch("short", 0, 5)
		expect(after).toBe("<ours>short<ours>")
		expect(withoutPatch(after, record)).toEqual({ text: "short", exact: true })
	})

	it("gives null for a file in which the place is missing", () => {
		const { record } = patch(`${FILLER}B${FILLER}`, FILLER.length)
		expect(withoutPatch("something else", record)).toBe(null)
	})

	it("recognizes a file that has been restored already", () => {
		const { record } = patch("short", 2)
		expect(withoutPatch("short", record)).toEqual({ text: "short", exact: true })
	})
})
