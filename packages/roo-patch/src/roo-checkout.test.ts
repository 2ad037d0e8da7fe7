import { execFileSync } from "node:child_process"
import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"

/**
 * Applies the patch to a real checkout, named by ROO_CHECKOUT=<path>. The files of its last commit that the patch reads
 * are copied to a temporary folder; the checkout itself is only read. Whether the patched checkout type-checks and
 * passes its tests requires an installed checkout, and is tested separately.
 */

const CHECKOUT = process.env.ROO_CHECKOUT

/** Imports the modules on demand, because most runs skip this suite. */
async function loadEngine() {
	const [{ applyPatch, revertPatch }, { planPatch }, { realPayload, treeOf }, { differences, TempTree }] =
		await Promise.all([
			import("./patch"),
			import("./plan"),
			import("./testing/look-alike"),
			import("./testing/temp-tree"),
		])
	return { applyPatch, revertPatch, planPatch, realPayload, treeOf, differences, TempTree }
}
type Engine = Awaited<ReturnType<typeof loadEngine>>
const engine = CHECKOUT ? await loadEngine() : null

/** Reads a file of the last commit, or from disk when there is no git repository; `null` when there is no such file. */
function committed(root: string, path: string): string | null {
	try {
		return execFileSync("git", ["show", `HEAD:./${path}`], {
			cwd: root,
			encoding: "utf8",
			maxBuffer: 2 ** 26,
			stdio: ["ignore", "pipe", "ignore"],
		})
	} catch {
		const isFile = !existsSync(join(root, ".git")) && existsSync(join(root, path))
		return isFile ? readFileSync(join(root, path), "utf8") : null
	}
}

/** Collects every file that the patch reads. */
function filesRead({ planPatch, realPayload, treeOf }: Engine, root: string): Record<string, string> {
	const files: Record<string, string> = {}
	const fetch = (path: string) => {
		const text = path in files ? files[path] : committed(root, path)
		if (typeof text === "string") files[path] = text
	}
	const tree = treeOf(files)
	const read = (path: string) => (fetch(path), tree.read(path))
	const has = (path: string) => (fetch(path), tree.has(path))
	planPatch({ read, has }, realPayload())
	return files
}

describe.skipIf(!engine)("a real checkout (skipped unless ROO_CHECKOUT=<path> names one)", () => {
	it("is patched once however often the patch is applied, and revert restores every byte", () => {
		if (!engine) throw new Error("It is not loaded.")
		const { applyPatch, revertPatch, realPayload, differences, TempTree } = engine
		const tree = new TempTree(filesRead(engine, CHECKOUT ?? ""))
		const payload = realPayload()
		const before = tree.snapshot()
		expect(applyPatch(tree.root, payload).status).toBe("applied")
		const [patched, times] = [tree.snapshot(), tree.times()]
		expect(applyPatch(tree.root, payload).status).toBe("already-applied")
		expect([differences(patched, tree.snapshot()), tree.times()]).toEqual([[], times])
		expect(revertPatch(tree.root, payload).status).toBe("reverted")
		expect(differences(before, tree.snapshot())).toEqual([])
		expect(differences(before, patched).length).toBeGreaterThan(30)
	})
})
