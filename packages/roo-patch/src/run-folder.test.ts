import { spawn } from "node:child_process"
import { once } from "node:events"
import { mkdirSync } from "node:fs"
import { hostname } from "node:os"
import { describe, expect, it } from "vitest"
import { CheckoutFiles } from "./checkout-files"
import { applyPatch, checkPatch, revertPatch } from "./patch"
import { Refusal } from "./refusal"
import { RUN_FOLDER, RunFolder } from "./run-folder"
import { SMALL_PAYLOAD } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { createCheckout, differences, type TempTree } from "./testing/temp-tree"
import { writeFiles } from "./write-files"

/** Two runs at once, and what a run leaves when it is ended. */

const apply = (tree: TempTree) => applyPatch(tree.root, SMALL_PAYLOAD)

function refusal(tree: TempTree, run: () => unknown): string {
	const before = tree.snapshot()
	try {
		run()
	} catch (error) {
		expect(differences(before, tree.snapshot())).toEqual([])
		if (!(error instanceof Refusal)) throw error
		return error.message
	}
	throw new Error("It was not refused.")
}

describe("while another process is changing the checkout", () => {
	it("apply and revert are refused, and the next apply after the end of that process takes over", async () => {
		const tree = createCheckout()
		const other = spawn(process.execPath, ["--eval", "setInterval(() => {}, 60_000)"])
		const pid = String(other.pid)
		tree.write(`${RUN_FOLDER}/lock-${pid}`, hostname())
		tree.write(`${RUN_FOLDER}/new-${pid}-1`, "half of a fi")
		const message =
			`Another run of the patch (process ${pid}) is changing this checkout. Wait for its end. ` +
			"If there is none, delete the folder .bedrock-tiers-run."
		expect(refusal(tree, () => apply(tree))).toBe(message)
		expect(refusal(tree, () => revertPatch(tree.root, SMALL_PAYLOAD))).toBe(message)
		expect(refusal(tree, () => checkPatch(tree.root, SMALL_PAYLOAD))).toBe(message)
		other.kill("SIGKILL")
		await once(other, "exit")
		expect(apply(tree).status).toBe("applied")
		expect(tree.snapshot()).not.toHaveProperty([`${RUN_FOLDER}/`])
	})

	it.each([999999999, process.pid])("apply is refused when that process, %i, is on another machine", (pid) => {
		const tree = createCheckout()
		tree.write(`${RUN_FOLDER}/lock-${pid}`, `not-${hostname()}`)
		tree.write(`${RUN_FOLDER}/new-${pid}-1`, "half of a fi")
		expect(refusal(tree, () => apply(tree))).toContain(`(process ${pid})`)
		expect(refusal(tree, () => RunFolder.open(new CheckoutFiles(tree.root)))).toContain(`(process ${pid})`)
	})

	it.each([
		["takes the folder over", `lock-${process.ppid}`],
		["on another machine, with the same process id, takes the folder over", `lock-${process.pid}`],
	])("a lock is refused, and the other one stays, when another run %s between two operations", (_, lock) => {
		const tree = createCheckout()
		class RacingFiles extends CheckoutFiles {
			override createFolder(path: string): void {
				super.createFolder(path)
				super.create(`${RUN_FOLDER}/${lock}`, "other", null)
			}
		}
		expect(() => RunFolder.open(new RacingFiles(tree.root))).toThrow(
			"Another run of the patch is changing this checkout. Run this again after its end.",
		)
		const names = Object.keys(tree.snapshot()).filter((path) => path.startsWith(RUN_FOLDER))
		expect(names).toEqual([`${RUN_FOLDER}/`, `${RUN_FOLDER}/${lock}`])
	})

	it("a lock is refused when another run creates the folder between two operations", () => {
		const tree = createCheckout()
		class RacingFiles extends CheckoutFiles {
			override createFolder(path: string): void {
				super.createFolder(path)
				super.createFolder(path)
			}
		}
		expect(() => RunFolder.open(new RacingFiles(tree.root))).toThrow("Another run of the patch")
	})

	it("writeFiles refuses when a file has changed since it was read", () => {
		const tree = createCheckout()
		const files = new CheckoutFiles(tree.root)
		const text = files.read(paths.TASK)
		expect(files.has("src/new.ts")).toBe(false)
		tree.write(paths.TASK, `${text}// theirs\n`)
		expect(refusal(tree, () => writeFiles(files, [[paths.TASK, "mine\n"]]))).toBe(
			`${paths.TASK} was changed by another program during this run. Run this again.`,
		)
		tree.write(paths.TASK, text)
		tree.write("src/new.ts", "theirs\n")
		expect(refusal(tree, () => writeFiles(files, [["src/new.ts", "mine\n"]]))).toContain("src/new.ts was changed")
	})
})

describe("the folder of a run that was ended", () => {
	const leave = (...names: string[]) => {
		const tree = createCheckout()
		mkdirSync(tree.path(RUN_FOLDER))
		for (const name of names) tree.write(`${RUN_FOLDER}/${name}`, "")
		return tree
	}

	it.each([[[]], [["lock-999999999"]], [["lock-999999999", "new-999999999-1"]], [["new-999999999-12"]]])(
		"is deleted by the next apply or revert, and check reports that there is work: %j",
		(names) => {
			const [tree, other] = [leave(...names), leave(...names)]
			expect(checkPatch(tree.root, SMALL_PAYLOAD).status).toBe("would-apply")
			expect(apply(tree).status).toBe("applied")
			expect(revertPatch(other.root, SMALL_PAYLOAD).status).toBe("not-applied")
			for (const each of [tree, other]) expect(each.snapshot()).not.toHaveProperty([`${RUN_FOLDER}/`])
		},
	)

	it("is deleted when the patch is applied already", () => {
		const tree = createCheckout()
		apply(tree)
		mkdirSync(tree.path(RUN_FOLDER))
		expect(apply(tree).status).toBe("applied")
		expect(apply(tree).status).toBe("already-applied")
	})

	it.each(["mine.txt", "lock-", "lock-0", "lock--1", "lock-1e3", "new-1", "new-1-x"])(
		"is refused when it contains a file that no run creates: %s",
		(name) => {
			const tree = leave(name)
			expect(refusal(tree, () => apply(tree))).toBe(
				`${RUN_FOLDER}/${name} is no file of the patch. Delete the folder ${RUN_FOLDER}.`,
			)
		},
	)

	it("is left alone when it contains a folder", () => {
		const tree = leave()
		tree.write(`${RUN_FOLDER}/new-999999999-1/inside.txt`, "mine\n")
		expect(refusal(tree, () => apply(tree))).toMatch(/^Could not write \.bedrock-tiers-run\/new-999999999-1: /)
	})
})

it("RunFolder deletes its files when it is closed, and no others", () => {
	const tree = createCheckout()
	const run = RunFolder.open(new CheckoutFiles(tree.root))
	run.createFile("text", 0o600)
	tree.write(`${RUN_FOLDER}/mine.txt`, "mine\n")
	run.close()
	const names = Object.keys(tree.snapshot()).filter((path) => path.startsWith(RUN_FOLDER))
	expect(names).toEqual([`${RUN_FOLDER}/`, `${RUN_FOLDER}/mine.txt`])
})
