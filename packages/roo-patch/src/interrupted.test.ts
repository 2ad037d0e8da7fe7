import { execFile } from "node:child_process"
import { build } from "esbuild"
import { beforeAll, describe, expect, it, vi } from "vitest"
import { applyPatch, revertPatch } from "./patch"
import type { Payload } from "./payload"
import { Refusal, RolledBack } from "./refusal"
import { withDiskFaults, type DiskChange } from "./testing/disk-faults"
import { localePath, lookAlike, PROJECT_ROOT, SMALL_PAYLOAD } from "./testing/look-alike"
import { differences, TempTree } from "./testing/temp-tree"

/**
 * If a write fails, nothing was written or all writes are rolled back. If the process is killed, so that a rollback is
 * impossible, the next run completes or reverts the patch. Both are tested at every change of the disk.
 */

const disk = vi.hoisted(() => ({ beforeChange: (_: { operation: string }) => {} }))

vi.mock("node:fs", async (original) => {
	const fs = await original<typeof import("node:fs")>()
	const { withDiskFaults: wrap } = await vi.importActual<{ withDiskFaults: typeof withDiskFaults }>(
		"./testing/disk-faults",
	)
	return { ...fs, ...wrap(fs, (change) => disk.beforeChange(change)) }
})

const NEWER: Payload = { ...SMALL_PAYLOAD, locales: { en: { label: "Tier" } } }
const OLDER: Payload = {
	version: "0.9.0",
	files: {
		"packages/types/src/bedrock-tiers/index.ts": "export type BedrockTierUsage = number\n",
		"packages/types/src/bedrock-tiers/core/old.ts": "export const old = 1\n",
	},
	locales: { en: { label: "Older" } },
}
const files = Object.fromEntries(
	Object.entries(lookAlike("with-upstream-tiers")).filter(
		([path]) => !path.includes("/locales/") || path === localePath("en"),
	),
)

const apply = (tree: TempTree, payload = NEWER) => applyPatch(tree.root, payload)
const revert = (tree: TempTree) => revertPatch(tree.root, NEWER)

const CLEAN = new TempTree(files)
const PATCHED = CLEAN.copy()
apply(PATCHED)
const PATCHED_BY_OLDER = CLEAN.copy()
apply(PATCHED_BY_OLDER, OLDER)

const RUNS = [
	{ name: "apply", start: CLEAN, run: apply, action: "apply", end: PATCHED },
	{ name: "revert", start: PATCHED, run: revert, action: "revert", end: CLEAN },
	{ name: "apply over an older version", start: PATCHED_BY_OLDER, run: apply, action: "apply", end: PATCHED },
]

const fileDifferences = (a: TempTree, b: TempTree) => differences(a.snapshot(), b.snapshot())

/** Runs while the disk has faults. Returns the error; `null` when the run was completed. */
function runWithFaults(run: () => unknown, beforeChange: (change: Pick<DiskChange, "operation">) => void): unknown {
	disk.beforeChange = beforeChange
	try {
		run()
		return null
	} catch (error) {
		return error
	} finally {
		disk.beforeChange = () => {}
	}
}

function countChanges({ start, run }: (typeof RUNS)[number]): number {
	const tree = start.copy()
	let count = 0
	expect(
		runWithFaults(
			() => run(tree),
			() => void count++,
		),
	).toBe(null)
	return count
}

const errorWithCode = (code: string) => Object.assign(new Error(code), { code })

describe.each(RUNS)("$name", ({ start, run, end, ...others }) => {
	it("leaves every file as it was when one change of the disk fails, whichever it is", () => {
		const changeCount = countChanges({ start, run, end, ...others })
		expect(changeCount).toBeGreaterThan(40)
		const outcomes = new Set<string>()
		for (let failing = 1; failing <= changeCount; failing++) {
			const tree = start.copy()
			let count = 0
			const error = runWithFaults(
				() => run(tree),
				() => {
					if (++count === failing) throw errorWithCode("EACCES")
				},
			)
			if (error === null) {
				outcomes.add("completed")
				run(tree)
				expect(fileDifferences(end, tree)).toEqual([])
				continue
			}
			expect(fileDifferences(start, tree)).toEqual([])
			if (!(error instanceof Refusal || error instanceof RolledBack)) throw error
			outcomes.add(error instanceof RolledBack ? "rolled back" : "refused")
			expect(error.message).toMatch(
				/^Could not write [\w./-]+: permission denied \(EACCES\)\.( Every file is as it was before\.)?$/,
			)
		}
		// Only the deletion of the temporary folder may fail without effect.
		expect([...outcomes]).toEqual(["refused", "rolled back", "completed"])
	})

	it("refuses with nothing changed when the disk is full from any write on", () => {
		const isWrite = ({ operation }: Pick<DiskChange, "operation">) =>
			["openSync", "writeFileSync"].includes(operation)
		let writeCount = 0
		runWithFaults(
			() => run(start.copy()),
			(change) => void (isWrite(change) && writeCount++),
		)
		for (let writesLeft = 0; writesLeft < writeCount; writesLeft++) {
			const tree = start.copy()
			let count = 0
			const error = runWithFaults(
				() => run(tree),
				(change) => {
					if (isWrite(change) && count++ >= writesLeft) throw errorWithCode("ENOSPC")
				},
			)
			expect(error).toBeInstanceOf(Refusal)
			expect((error as Refusal).message).toMatch(/^Could not write [\w./-]+: the disk is full \(ENOSPC\)\.$/)
			expect(fileDifferences(start, tree)).toEqual([])
		}
	})

	it("names the files that could not be restored when every change fails from one on, and the next run completes", () => {
		const changeCount = countChanges({ start, run, end, ...others })
		let incompleteCount = 0
		for (let changesLeft = 0; changesLeft < changeCount; changesLeft++) {
			const tree = start.copy()
			let count = 0
			const error = runWithFaults(
				() => run(tree),
				() => {
					if (count++ >= changesLeft) throw errorWithCode("EROFS")
				},
			)
			if (error instanceof RolledBack && error.notRestored.length > 0) {
				incompleteCount++
				expect(error.message).toContain(`These files could not be restored: ${error.notRestored.join(", ")}.`)
				for (const path of fileDifferences(start, tree))
					if (!path.startsWith(".bedrock-tiers-run/") && !path.endsWith("/"))
						expect(error.notRestored).toContain(path)
			}
			run(tree)
			expect(fileDifferences(end, tree)).toEqual([])
		}
		expect(incompleteCount).toBeGreaterThan(15)
	})
})

describe("a process that is killed at any change of the disk", () => {
	let program: TempTree
	beforeAll(async () => {
		program = new TempTree({}, { git: false, modules: true })
		await build({
			absWorkingDir: PROJECT_ROOT,
			entryPoints: ["packages/roo-patch/src/testing/run-until-killed.ts"],
			outfile: program.path("run.cjs"),
			bundle: true,
			platform: "node",
			format: "cjs",
			external: ["typescript"],
			logLevel: "warning",
		})
	})

	/** Returns the signal that ended the child process, or its output. */
	function runChild(tree: TempTree, action: string, killAt: number): Promise<string> {
		const args = [program.path("run.cjs"), tree.root, action, JSON.stringify(NEWER), String(killAt)]
		return new Promise((resolve) => {
			execFile(process.execPath, args, (error, stdout, stderr) =>
				resolve(error ? (error.signal ?? stderr) : stdout),
			)
		})
	}

	it.each(RUNS)("leaves a checkout that the next run completes and that revert restores: $name", async (each) => {
		const { start, action } = each
		const changeCount = countChanges(each)
		const kill = async (killAt: number) => {
			const killed = start.copy()
			expect(await runChild(killed, action, killAt)).toBe("SIGKILL")
			const reverted = killed.copy()
			apply(killed)
			expect(fileDifferences(PATCHED, killed)).toEqual([])
			revert(killed)
			expect(fileDifferences(CLEAN, killed)).toEqual([])
			revert(reverted)
			expect(fileDifferences(CLEAN, reverted)).toEqual([])
		}
		for (let killAt = 1; killAt <= changeCount; killAt += 2)
			await Promise.all([kill(killAt), ...(killAt < changeCount ? [kill(killAt + 1)] : [])])
		expect(await runChild(start.copy(), action, changeCount + 1)).toBe(String(changeCount))
	})
})
