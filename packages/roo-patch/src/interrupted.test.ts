import { mkdirSync } from "node:fs"
import { afterEach, describe, expect, it, vi } from "vitest"
import { applyPatch, revertPatch } from "./patch"
import type { Payload } from "./payload"
import { RECORD } from "./record"
import { localePath, lookAlike, SMALL_PAYLOAD } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { differences, TempTree } from "./testing/temp-tree"

/**
 * If a write fails, all writes are rolled back. If the machine stops in the middle, so that a rollback is impossible,
 * the next run can complete or revert the patch.
 */

const disk = vi.hoisted(() => ({ writesLeft: Infinity, isStopped: false }))

// A write is complete when the file is renamed to its path or removed. When no write is left, every change fails.
vi.mock("node:fs", async (original) => {
	const fs = await original<typeof import("node:fs")>()
	const limited =
		<Args extends unknown[]>(run: (...args: Args) => unknown, completesWrite: boolean) =>
		(...args: Args) => {
			if (completesWrite && disk.writesLeft-- <= 0) disk.isStopped = true
			if (disk.isStopped) throw new Error("The lights are out.")
			return run(...args)
		}
	return {
		...fs,
		renameSync: limited(fs.renameSync, true),
		rmSync: limited(fs.rmSync, true),
		writeFileSync: limited(fs.writeFileSync, false),
		mkdirSync: limited(fs.mkdirSync as (path: string) => unknown, false),
		rmdirSync: limited(fs.rmdirSync as (path: string) => unknown, false),
	}
})
const resumeWrites = () => Object.assign(disk, { writesLeft: Infinity, isStopped: false })
afterEach(resumeWrites)

const NEWER: Payload = { ...SMALL_PAYLOAD, locales: { en: { label: "Tier" } } }
const OLDER: Payload = {
	version: "0.9.0",
	files: {
		"packages/types/src/bedrock-tiers/index.ts": "export type BedrockTierUsage = number\n",
		"packages/types/src/bedrock-tiers/core/old.ts": "export const old = 1\n",
	},
	locales: { en: { label: "Older" } },
}
const { [localePath("en")]: englishTexts = "", ...others } = lookAlike("with-upstream-tiers")
const files = {
	...Object.fromEntries(Object.entries(others).filter(([path]) => !path.includes("/locales/"))),
	[localePath("en")]: englishTexts,
}

const createTree = () => new TempTree(files, { git: false })
const force = { force: true }
const apply = (tree: TempTree, payload = NEWER) => applyPatch(tree.root, payload, force)
const revert = (tree: TempTree) => revertPatch(tree.root, NEWER, force)

const BEFORE = createTree().snapshot()
const NEW = snapshotAfter((tree) => apply(tree))
const OLD = snapshotAfter((tree) => apply(tree, OLDER))

function snapshotAfter(run: (tree: TempTree) => unknown) {
	const tree = createTree()
	run(tree)
	return tree.snapshot()
}

describe("a file that cannot be written", () => {
	const blocked = (tree: TempTree, path: string) =>
		mkdirSync(tree.path(`${path}.bedrock-tiers-new`), { recursive: true })

	it.each([RECORD, paths.TYPES_INDEX, paths.TASK, paths.MANIFEST, "src/api/providers/bedrock-service-tier.ts"])(
		"makes apply roll back every write: %s",
		(path) => {
			const tree = createTree()
			blocked(tree, path)
			expect(() => apply(tree)).toThrow("EISDIR")
			tree.remove(`${path}.bedrock-tiers-new`)
			expect(differences(BEFORE, tree.snapshot())).toEqual([])
			apply(tree)
			expect(differences(NEW, tree.snapshot())).toEqual([])
		},
	)

	it.each([paths.TYPES_INDEX, paths.TASK])("makes revert roll back every write: %s", (path) => {
		const tree = createTree()
		apply(tree)
		blocked(tree, path)
		expect(() => revert(tree)).toThrow("EISDIR")
		tree.remove(`${path}.bedrock-tiers-new`)
		expect(differences(NEW, tree.snapshot())).toEqual([])
	})

	it.each([RECORD, localePath("en")])("makes apply over an older version keep that version: %s", (path) => {
		const tree = createTree()
		apply(tree, OLDER)
		blocked(tree, path)
		expect(() => apply(tree)).toThrow("EISDIR")
		tree.remove(`${path}.bedrock-tiers-new`)
		expect(differences(OLD, tree.snapshot())).toEqual([])
	})
})

/** Creates a tree in which a run was interrupted after some writes. */
function interruptRun(
	prepare: (tree: TempTree) => unknown,
	run: (tree: TempTree) => unknown,
	writes: number,
): TempTree {
	const tree = createTree()
	prepare(tree)
	disk.writesLeft = writes
	expect(() => run(tree)).toThrow("The lights are out.")
	resumeWrites()
	return tree
}

describe("an interrupted run", () => {
	const runs = [
		["apply", () => {}, apply, [0, 1, 8, 14]],
		["revert", apply, revert, [0, 8, 13, 15, 16]],
		["apply over an older version", (tree: TempTree) => apply(tree, OLDER), apply, [0, 2, 3, 4, 5, 7]],
	] as const
	const cases = runs.flatMap(([name, prepare, run, after]) => after.map((writes) => ({ name, prepare, run, writes })))

	it.each(cases)("can be completed and can be reverted: $name, after $writes writes", ({ prepare, run, writes }) => {
		const completed = interruptRun(prepare, run, writes)
		apply(completed)
		// An empty folder may remain; git does not track it.
		expect(differences(NEW, completed.snapshot()).filter((path) => !path.endsWith("/"))).toEqual([])
		const reverted = interruptRun(prepare, run, writes)
		revert(reverted)
		expect(differences(BEFORE, reverted.snapshot())).toEqual([])
	})

	it("leaves files that the next run does not treat as a user's own change", () => {
		const tree = new TempTree(files)
		disk.writesLeft = 4
		expect(() => applyPatch(tree.root, NEWER)).toThrow("The lights are out.")
		resumeWrites()
		expect(Object.keys(tree.snapshot())).toContainEqual(expect.stringMatching(/\.bedrock-tiers-new$/))
		expect(applyPatch(tree.root, NEWER).status).toBe("applied")
		expect(differences(NEW, tree.snapshot())).toEqual([])
	})
})
