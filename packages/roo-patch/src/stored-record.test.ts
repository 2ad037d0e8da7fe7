import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { revertPatch } from "./patch"
import { RECORD, type PatchRecord } from "./record"
import { realPayload, type Files } from "./testing/look-alike"
import { TempTree } from "./testing/temp-tree"
import { applyEdits } from "./text-edit"

const stored = (name: string) => readFileSync(join(import.meta.dirname, "testing/a3595b6", name), "utf8")

it("A record that commit a3595b6 wrote reverts every edited file to its bytes before the patch", () => {
	const originals = JSON.parse(stored("originals.json")) as Files
	const { edited } = JSON.parse(stored("record.json")) as PatchRecord
	const tree = new TempTree(originals)
	const before = tree.snapshot()
	for (const [path, { edits }] of Object.entries(edited)) {
		let shift = 0
		const forward = edits.map(({ at, inserted, removed }) => {
			const start = at + shift
			shift += removed.length - inserted.length
			return { start, end: start + removed.length, text: inserted }
		})
		tree.write(path, applyEdits(originals[path] ?? "", forward) ?? "")
	}
	tree.write(RECORD, stored("record.json"))
	expect(revertPatch(tree.root, realPayload()).files.every(({ exact }) => exact)).toBe(true)
	expect(tree.snapshot()).toEqual(before)
})
