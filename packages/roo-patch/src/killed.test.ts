import { execFile } from "node:child_process"
import { build } from "esbuild"
import { beforeAll, describe, expect, it } from "vitest"
import { apply, CLEAN, fileDifferences, NEWER, PATCHED, revert, RUNS } from "./testing/interrupted-runs"
import { PROJECT_ROOT } from "./testing/look-alike"
import { TempTree } from "./testing/temp-tree"

/** A killed process cannot roll back, so the next run completes or reverts the patch. */

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

	it.each(RUNS)(
		"leaves a checkout that the next run completes and that revert restores: $name",
		async ({ start, action }) => {
			const changeCount = Number(await runChild(start.copy(), action, 0))
			expect(changeCount).toBeGreaterThan(25)
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
		},
	)
})
