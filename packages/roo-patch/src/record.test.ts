import { describe, expect, it } from "vitest"
import { recordFile, withoutPatch } from "./record"
import { applyEdits } from "./text-edit"

/** What the patch writes down of an edit, so that it is found again in a file that has changed since. */

const FILLER = "the same words again and again, ".repeat(8)

function patch(before: string, ...places: number[]) {
	const edits = places.map((start) => ({ start, end: start, text: "<ours>" }))
	const after = applyEdits(before, edits) ?? ""
	return { after, record: recordFile({ path: "a.ts", before, after, edits, changes: [] }) }
}

describe("the record of an edit", () => {
	it("keeps as much of what is around it as tells it from the others", () => {
		const before = `A${FILLER}${FILLER}B${FILLER}${FILLER}C`
		const { after, record } = patch(before, 1 + FILLER.length, 2 + 3 * FILLER.length)
		expect(withoutPatch(after, record)).toEqual({ text: before, exact: true })
		expect(withoutPatch(`theirs\n${after}`, record)).toEqual({ text: `theirs\n${before}`, exact: false })
	})

	it("keeps little where little is enough", () => {
		const { record } = patch(`${FILLER}B${FILLER}`, FILLER.length)
		expect(record.edits.map(({ before, after }) => [before.length, after.length])).toEqual([[32, 32]])
	})

	it("holds for a place at the very start and the very end", () => {
		const { after, record } = patch("short", 0, 5)
		expect(after).toBe("<ours>short<ours>")
		expect(withoutPatch(after, record)).toEqual({ text: "short", exact: true })
	})

	it("says nothing of a file in which the place is gone", () => {
		const { record } = patch(`${FILLER}B${FILLER}`, FILLER.length)
		expect(withoutPatch("something else", record)).toBe(null)
	})

	it("knows a file that was put back already", () => {
		const { record } = patch("short", 2)
		expect(withoutPatch("short", record)).toEqual({ text: "short", exact: true })
	})
})
