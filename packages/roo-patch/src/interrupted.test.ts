import { describe, expect, it, vi } from "vitest"
import { Refusal, RolledBack } from "./refusal"
import type { DiskChange, withDiskFaults } from "./testing/disk-faults"
import { fileDifferences, RUNS } from "./testing/interrupted-runs"

/** If a change of the disk fails, nothing was written or all writes are rolled back. */

const disk = vi.hoisted(() => ({ beforeChange: (_: Pick<DiskChange, "operation">) => {} }))

vi.mock("node:fs", async (original) => {
	const fs = await original<typeof import("node:fs")>()
	const { withDiskFaults: wrap } = await vi.importActual<{ withDiskFaults: typeof withDiskFaults }>(
		"./testing/disk-faults",
	)
	return { ...fs, ...wrap(fs, (change) => disk.beforeChange(change)) }
})

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
		expect(changeCount).toBeGreaterThan(25)
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
					if (!path.startsWith(".bedrock-tiers-run/")) expect(error.notRestored).toContain(path)
			}
			run(tree)
			expect(fileDifferences(end, tree)).toEqual([])
		}
		expect(incompleteCount).toBeGreaterThan(5)
	})
})
