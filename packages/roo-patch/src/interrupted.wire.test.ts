import { mkdirSync } from "node:fs"
import { afterEach, describe, expect, it, vi } from "vitest"
import { applyPatch, revertPatch } from "./patch"
import type { Payload } from "./payload"
import { RECORD } from "./record"
import { localePath, lookAlike, SMALL_PAYLOAD } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { differences, TempTree } from "./testing/temp-tree"

/**
 * All or nothing where a write fails. Where the machine goes away in the middle, so that nothing can be taken back either,
 * the next run finds its way: forward and back.
 */

const power = vi.hoisted(() => ({ left: Infinity, isOut: false }))

// A write ends when the file is put in its place, or removed. After the last one nothing can be changed any more.
vi.mock("node:fs", async (original) => {
	const fs = await original<typeof import("node:fs")>()
	const powered =
		<Args extends unknown[]>(run: (...args: Args) => unknown, isEnd: boolean) =>
		(...args: Args) => {
			if (isEnd && power.left-- <= 0) power.isOut = true
			if (power.isOut) throw new Error("The lights are out.")
			return run(...args)
		}
	return {
		...fs,
		renameSync: powered(fs.renameSync, true),
		rmSync: powered(fs.rmSync, true),
		writeFileSync: powered(fs.writeFileSync, false),
		mkdirSync: powered(fs.mkdirSync as (path: string) => unknown, false),
		rmdirSync: powered(fs.rmdirSync as (path: string) => unknown, false),
	}
})
const lightsOn = () => Object.assign(power, { left: Infinity, isOut: false })
afterEach(lightsOn)

const NEWER: Payload = { ...SMALL_PAYLOAD, locales: { en: { label: "Tier" } } }
const OLDER: Payload = {
	version: "0.9.0",
	files: {
		"packages/types/src/bedrock-tiers/index.ts": "export type BedrockTierUsage = number\n",
		"packages/types/src/bedrock-tiers/core/old.ts": "export const old = 1\n",
	},
	locales: { en: { label: "Older" } },
}
const { [localePath("en")]: words = "", ...others } = lookAlike("with-upstream-tiers")
const files = {
	...Object.fromEntries(Object.entries(others).filter(([path]) => !path.includes("/locales/"))),
	[localePath("en")]: words,
}

const layOut = () => new TempTree(files, { git: false })
const force = { force: true }
const apply = (tree: TempTree, payload = NEWER) => applyPatch(tree.root, payload, force)
const revert = (tree: TempTree) => revertPatch(tree.root, NEWER, force)

const BEFORE = layOut().snapshot()
const NEW = snapshotAfter((tree) => apply(tree))
const OLD = snapshotAfter((tree) => apply(tree, OLDER))

function snapshotAfter(run: (tree: TempTree) => unknown) {
	const tree = layOut()
	run(tree)
	return tree.snapshot()
}

describe("a file that cannot be written", () => {
	const blocked = (tree: TempTree, path: string) =>
		mkdirSync(tree.path(`${path}.bedrock-tiers-new`), { recursive: true })

	it.each([RECORD, paths.TYPES_INDEX, paths.TASK, paths.MANIFEST, "src/api/providers/bedrock-service-tier.ts"])(
		"apply takes everything back: %s",
		(path) => {
			const tree = layOut()
			blocked(tree, path)
			expect(() => apply(tree)).toThrow("EISDIR")
			tree.remove(`${path}.bedrock-tiers-new`)
			expect(differences(BEFORE, tree.snapshot())).toEqual([])
			apply(tree)
			expect(differences(NEW, tree.snapshot())).toEqual([])
		},
	)

	it.each([paths.TYPES_INDEX, paths.TASK])("revert takes everything back: %s", (path) => {
		const tree = layOut()
		apply(tree)
		blocked(tree, path)
		expect(() => revert(tree)).toThrow("EISDIR")
		tree.remove(`${path}.bedrock-tiers-new`)
		expect(differences(NEW, tree.snapshot())).toEqual([])
	})

	it.each([RECORD, localePath("en")])("over an older version, that one stays: %s", (path) => {
		const tree = layOut()
		apply(tree, OLDER)
		blocked(tree, path)
		expect(() => apply(tree)).toThrow("EISDIR")
		tree.remove(`${path}.bedrock-tiers-new`)
		expect(differences(OLD, tree.snapshot())).toEqual([])
	})
})

/** A tree where the lights went out after some writes. */
function cutOff(prepare: (tree: TempTree) => unknown, run: (tree: TempTree) => unknown, writes: number): TempTree {
	const tree = layOut()
	prepare(tree)
	power.left = writes
	expect(() => run(tree)).toThrow("The lights are out.")
	lightsOn()
	return tree
}

describe("a run that broke off", () => {
	const runs = [
		["apply", () => {}, apply, [0, 1, 8, 14]],
		["revert", apply, revert, [0, 8, 13, 15, 16]],
		["apply over an older version", (tree: TempTree) => apply(tree, OLDER), apply, [0, 2, 3, 4, 5, 7]],
	] as const
	const cases = runs.flatMap(([name, prepare, run, after]) => after.map((writes) => ({ name, prepare, run, writes })))

	it.each(cases)("$name, after $writes writes: can be finished, and can be taken out", ({ prepare, run, writes }) => {
		const forward = cutOff(prepare, run, writes)
		apply(forward)
		// An empty folder may stay, which git does not see.
		expect(differences(NEW, forward.snapshot()).filter((path) => !path.endsWith("/"))).toEqual([])
		const back = cutOff(prepare, run, writes)
		revert(back)
		expect(differences(BEFORE, back.snapshot())).toEqual([])
	})

	it("is not taken for a person's own change by the next one", () => {
		const tree = new TempTree(files)
		power.left = 4
		expect(() => applyPatch(tree.root, NEWER)).toThrow("The lights are out.")
		lightsOn()
		expect(Object.keys(tree.snapshot())).toContainEqual(expect.stringMatching(/\.bedrock-tiers-new$/))
		expect(applyPatch(tree.root, NEWER).status).toBe("applied")
		expect(differences(NEW, tree.snapshot())).toEqual([])
	})
})
