import { describe, expect, it } from "vitest"
import { AnchorMiss } from "../anchor-miss"
import { applyPatch } from "../patch"
import { replaceOnce, lookAlike, SMALL_PAYLOAD, type Generation } from "./look-alike"
import { differences, TempTree } from "./temp-tree"

/** A change that a user could have made to a file. */
export type Change = (text: string) => string

export const remove = (part: string) => (text: string) => replaceOnce(text, part, "")
export const replace = (from: string, to: string) => (text: string) => replaceOnce(text, from, to)
export const duplicate = (part: string) => (text: string) => replaceOnce(text, part, `${part}\n${part}`)
export const append = (more: string) => (text: string) => `${text}\n${more}\n`

/** A place that an edit needs, and changes that remove or duplicate it. */
export type Anchor = {
	readonly anchor: string
	/** Default: the generation with upstream's tiers. */
	readonly in?: Generation
	readonly path: string
	readonly missing?: Change
	readonly duplicated?: Change
}

const trees = new Map<Generation, TempTree>()

/** Patches a checkout with one changed file and returns the refusal. Asserts that nothing was written. */
export function refusalOf(generation: Generation, path: string, change: Change) {
	const tree = trees.get(generation) ?? new TempTree(lookAlike(generation), { git: false })
	trees.delete(generation)
	const text = tree.read(path)
	tree.write(path, change(text))
	const before = tree.snapshot()
	const error = thrown(() => applyPatch(tree.root, SMALL_PAYLOAD, { force: true }))
	expect(differences(before, tree.snapshot())).toEqual([])
	tree.write(path, text)
	// A tree is reused only after it has been restored.
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

/** Defines one test for each missing place, and one for each duplicated place. */
export function testAnchors(anchors: readonly Anchor[]): void {
	const cases = (change: "missing" | "duplicated") =>
		anchors.flatMap(({ in: generation = "with-upstream-tiers", [change]: made, ...row }) =>
			made ? [{ ...row, generation, made }] : [],
		)
	describe("applyPatch names a missing place and writes nothing", () => {
		it.each(cases("missing"))("$path: $anchor", ({ anchor, generation, path, made }) => {
			expect(refusalOf(generation, path, made)).toEqual({ file: path, anchor, found: 0 })
		})
	})
	describe("applyPatch names a duplicated place and writes nothing", () => {
		it.each(cases("duplicated"))("$path: $anchor", ({ anchor, generation, path, made }) => {
			expect(refusalOf(generation, path, made)).toEqual({ file: path, anchor, found: 2 })
		})
	})
}
