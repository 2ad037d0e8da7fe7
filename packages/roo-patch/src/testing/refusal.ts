import { describe, expect, it } from "vitest"
import { AnchorMiss } from "../anchor-miss"
import { applyPatch } from "../patch"
import { changed, lookAlike, SMALL_PAYLOAD, type Generation } from "./look-alike"
import { differences, TempTree } from "./temp-tree"

/** What a person could have done to a file. */
export type Change = (text: string) => string

export const without = (part: string) => (text: string) => changed(text, part, "")
export const renamed = (from: string, to: string) => (text: string) => changed(text, from, to)
export const twice = (part: string) => (text: string) => changed(text, part, `${part}\n${part}`)
export const and = (more: string) => (text: string) => `${text}\n${more}\n`

/** A place that an edit needs, and changes that take it away or double it. */
export type Anchor = {
	readonly anchor: string
	/** In the tree with upstream's tiers unless said otherwise. */
	readonly in?: Generation
	readonly path: string
	readonly none?: Change
	readonly two?: Change
}

const trees = new Map<Generation, TempTree>()

/** What is refused of a checkout with one file changed. Nothing may be written. */
export function refused(generation: Generation, path: string, change: Change) {
	const tree = trees.get(generation) ?? new TempTree(lookAlike(generation), { git: false })
	trees.delete(generation)
	const text = tree.read(path)
	tree.write(path, change(text))
	const before = tree.snapshot()
	const error = thrown(() => applyPatch(tree.root, SMALL_PAYLOAD, { force: true }))
	expect(differences(before, tree.snapshot())).toEqual([])
	tree.write(path, text)
	// Only a tree that is as it was serves again.
	trees.set(generation, tree)
	if (!(error instanceof AnchorMiss)) throw error
	const { file, anchor, found, message } = error
	expect(message).toContain(`${file}: ${anchor}: `)
	return { file, anchor, found }
}

function thrown(run: () => unknown): unknown {
	try {
		run()
	} catch (error) {
		return error
	}
	return new Error("It was not refused.")
}

/** A test for each place that is gone, and one for each that is there twice. */
export function testAnchors(anchors: readonly Anchor[]): void {
	const cases = (change: "none" | "two") =>
		anchors.flatMap(({ in: generation = "with-upstream-tiers", [change]: made, ...row }) =>
			made ? [{ ...row, generation, made }] : [],
		)
	describe("a place that is not there is named, and nothing is written", () => {
		it.each(cases("none"))("$path: $anchor", ({ anchor, generation, path, made }) => {
			expect(refused(generation, path, made)).toEqual({ file: path, anchor, found: 0 })
		})
	})
	describe("a place that is there twice is named, and nothing is written", () => {
		it.each(cases("two"))("$path: $anchor", ({ anchor, generation, path, made }) => {
			expect(refused(generation, path, made)).toEqual({ file: path, anchor, found: 2 })
		})
	})
}
