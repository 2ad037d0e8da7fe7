import { describe, expect, it } from "vitest"
import { AnchorMiss } from "./anchor-miss"
import { applyPatch, checkPatch, revertPatch } from "./patch"
import type { Payload } from "./payload"
import { Refusal } from "./refusal"
import { replaceOnce, localePath, lookAlike, SMALL_PAYLOAD } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { differences, createCheckout, TempTree } from "./testing/temp-tree"

/** What the patch refuses. After a refusal no file is changed. */

const NEW_FILE = "src/api/providers/bedrock-service-tier.ts"

function apply(tree: TempTree, options?: { force: boolean }) {
	return applyPatch(tree.root, SMALL_PAYLOAD, options)
}

function revert(tree: TempTree, options?: { force: boolean }) {
	return revertPatch(tree.root, SMALL_PAYLOAD, options)
}

/** Returns the error that `run` throws. Asserts that no file was written. */
function thrown(tree: TempTree, run: () => unknown): unknown {
	const [before, times] = [tree.snapshot(), tree.times()]
	try {
		run()
	} catch (error) {
		expect(differences(before, tree.snapshot())).toEqual([])
		expect(tree.times()).toEqual(times)
		return error
	}
	throw new Error("It was not refused.")
}

function refusal(tree: TempTree, run: () => unknown): string {
	const error = thrown(tree, run)
	if (!(error instanceof Refusal)) throw error
	return error.message
}

function anchorMiss(tree: TempTree, run: () => unknown) {
	const error = thrown(tree, run)
	if (!(error instanceof AnchorMiss)) throw error
	const { file, message } = error
	return { file, message }
}

describe("a tree with uncommitted changes", () => {
	it("is refused with the names of the files, and accepted with --force", () => {
		const tree = createCheckout()
		tree.write("README.md", "mine\n")
		tree.write(paths.STREAM, `${tree.read(paths.STREAM)}\n// mine\n`)
		expect(refusal(tree, () => apply(tree))).toBe(
			"The work tree has changes of its own (src/api/transform/stream.ts, README.md). " +
				"Commit or stash them, or go on with --force.",
		)
		expect(apply(tree, { force: true }).status).toBe("applied")
	})

	it("is refused with the names of at most five files", () => {
		const tree = createCheckout()
		for (const name of ["1", "2", "3", "4", "5", "6", "7"]) tree.write(`notes/${name}.md`, name)
		expect(refusal(tree, () => apply(tree))).toContain(
			"(notes/1.md, notes/2.md, notes/3.md, notes/4.md, notes/5.md and 2 more)",
		)
	})

	it("is refused with the current names of a renamed, a deleted and a staged file", () => {
		const tree = createCheckout()
		tree.git("mv", "src/shared/cost.ts", "src/shared/ab costs.ts")
		tree.remove("webview-ui/src/lib/utils.ts")
		tree.write("new.ts", "export {}\n")
		tree.git("add", "new.ts")
		expect(refusal(tree, () => apply(tree))).toContain(
			"(new.ts, src/shared/ab costs.ts, webview-ui/src/lib/utils.ts)",
		)
	})

	it("is accepted when its only changes are those of the patch", () => {
		const tree = createCheckout()
		apply(tree)
		const newer: Payload = { ...SMALL_PAYLOAD, version: "2.0.0" }
		expect(applyPatch(tree.root, newer).status).toBe("applied")
	})

	it("is accepted when the changes are elsewhere in a larger repository", () => {
		const files = Object.entries(lookAlike("zoo")).map(([path, text]) => [`hosts/roo/${path}`, text] as const)
		const tree = new TempTree({ "other.txt": "as it was\n", ...Object.fromEntries(files) })
		tree.write("other.txt", "changed\n")
		expect(applyPatch(tree.path("hosts/roo"), SMALL_PAYLOAD).status).toBe("applied")
		tree.commit()
		tree.write("hosts/roo/mine.txt", "mine\n")
		const newer: Payload = { ...SMALL_PAYLOAD, version: "2.0.0" }
		expect(refusal(tree, () => applyPatch(tree.path("hosts/roo"), newer))).toContain("(mine.txt)")
	})

	it("can still be reverted", () => {
		const tree = createCheckout()
		apply(tree)
		tree.write("README.md", "mine\n")
		expect(revert(tree).status).toBe("reverted")
	})
})

describe("a tree in which only the lock file has changed", () => {
	const NEWER: Payload = { ...SMALL_PAYLOAD, version: "2.0.0" }

	it("is refused before the patch is applied", () => {
		const tree = createCheckout()
		tree.write("pnpm-lock.yaml", "changed\n")
		expect(refusal(tree, () => apply(tree))).toContain("(pnpm-lock.yaml)")
	})

	it("is accepted by a newer version, because the advised pnpm install changes it", () => {
		const tree = createCheckout()
		apply(tree)
		tree.write("pnpm-lock.yaml", "changed\n")
		expect(checkPatch(tree.root, NEWER)).toMatchObject({ status: "would-apply", needsForce: [] })
		expect(applyPatch(tree.root, NEWER).status).toBe("applied")
	})

	it("is refused by a newer version when another file has changed too", () => {
		const tree = createCheckout()
		apply(tree)
		tree.write("pnpm-lock.yaml", "changed\n")
		tree.write("packages/pnpm-lock.yaml", "changed\n")
		expect(refusal(tree, () => applyPatch(tree.root, NEWER))).toContain("(packages/pnpm-lock.yaml)")
	})
})

describe("an older version of the patch over a newer one", () => {
	const older: Payload = { ...SMALL_PAYLOAD, version: "1.9.0" }
	const newer: Payload = { ...SMALL_PAYLOAD, version: "1.10.0" }

	it("is refused, and accepted with --force", () => {
		const tree = createCheckout()
		applyPatch(tree.root, newer)
		const message = "The checkout has the patch of version 1.10.0. --force replaces it with the older 1.9.0."
		expect(refusal(tree, () => applyPatch(tree.root, older))).toBe(message)
		expect(checkPatch(tree.root, older).needsForce).toEqual([message])
		expect(applyPatch(tree.root, older, { force: true })).toMatchObject({ status: "applied", version: "1.9.0" })
		expect(applyPatch(tree.root, newer).status).toBe("applied")
	})

	it("can be reverted by the older version", () => {
		const tree = createCheckout()
		const before = tree.snapshot()
		applyPatch(tree.root, newer)
		expect(revertPatch(tree.root, older)).toMatchObject({ status: "reverted", version: "1.10.0" })
		expect(differences(before, tree.snapshot())).toEqual([])
	})
})

describe("check", () => {
	it("reports every reason for which apply needs --force, and apply refuses with all of them", () => {
		const tree = createCheckout()
		applyPatch(tree.root, { ...SMALL_PAYLOAD, version: "2.0.0" })
		tree.write(NEW_FILE, "mine\n")
		tree.write("README.md", "mine\n")
		const { status, needsForce } = checkPatch(tree.root, SMALL_PAYLOAD)
		expect(status).toBe("would-apply")
		expect(needsForce).toEqual([
			`${NEW_FILE} came with the patch and has been changed since. --force gives your changes up.`,
			"The checkout has the patch of version 2.0.0. --force replaces it with the older 1.0.0.",
			"The work tree has changes of its own (README.md). Commit or stash them, or go on with --force.",
		])
		expect(refusal(tree, () => apply(tree))).toBe(needsForce.join(" "))
	})

	it("reports no reason for a clean tree, and none when there is nothing to apply", () => {
		const tree = createCheckout()
		expect(checkPatch(tree.root, SMALL_PAYLOAD).needsForce).toEqual([])
		apply(tree)
		tree.write("README.md", "mine\n")
		expect(checkPatch(tree.root, SMALL_PAYLOAD)).toMatchObject({ status: "already-applied", needsForce: [] })
	})
})

describe("a folder without git", () => {
	it("is refused by apply without --force, and accepted by revert", () => {
		const tree = new TempTree(lookAlike("with-upstream-tiers"), { git: false })
		const before = tree.snapshot()
		expect(refusal(tree, () => apply(tree))).toBe(
			"This is no Git work tree. Changes of your own could not be recognized. --force goes on.",
		)
		expect(apply(tree, { force: true }).status).toBe("applied")
		revert(tree)
		expect(differences(before, tree.snapshot())).toEqual([])
	})
})

describe("a file at the path of a new file", () => {
	it("is refused with its name, even with --force", () => {
		const tree = createCheckout()
		tree.write(NEW_FILE, "mine\n")
		tree.commit()
		const expected = {
			file: NEW_FILE,
			message: `${NEW_FILE}: a free place for a new file: there is a file already`,
		}
		expect(anchorMiss(tree, () => apply(tree))).toEqual(expected)
		expect(anchorMiss(tree, () => apply(tree, { force: true }))).toEqual(expected)
		expect(anchorMiss(tree, () => checkPatch(tree.root, SMALL_PAYLOAD))).toEqual(expected)
	})

	it("is refused when it is at the path of a folder of the new file", () => {
		const tree = createCheckout()
		tree.write("packages/types/src/bedrock-tiers", "mine\n")
		tree.commit()
		expect(anchorMiss(tree, () => apply(tree)).message).toContain("a file stands where its folder should be")
	})
})

describe("a new file of the patch that a user has changed", () => {
	it("is deleted by revert only with --force", () => {
		const tree = createCheckout()
		const before = tree.snapshot()
		apply(tree)
		tree.write(NEW_FILE, "mine\n")
		expect(refusal(tree, () => revert(tree))).toBe(
			`${NEW_FILE} came with the patch and has been changed since. --force gives your changes up.`,
		)
		revert(tree, { force: true })
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("is overwritten by apply only with --force", () => {
		const tree = createCheckout()
		apply(tree)
		tree.write(NEW_FILE, "mine\n")
		expect(refusal(tree, () => apply(tree))).toContain("has been changed since")
		apply(tree, { force: true })
		expect(tree.read(NEW_FILE)).toBe(SMALL_PAYLOAD.files[NEW_FILE])
	})
})

describe("an edited place that a user has changed", () => {
	it.each([
		[
			"another text",
			paths.CHAT_ROW,
			"<BedrockTierLabel text={message.text} />",
			"<BedrockTierLabel text={text} />",
		],
		["removed", paths.CHAT_ROW, "\t\t\t<BedrockTierLabel text={message.text} />\n", ""],
		[
			"duplicated",
			paths.TASK,
			"keepServiceTier(this.clineMessages[apiReqIndex], chunk)\n",
			"keepServiceTier(this.clineMessages[apiReqIndex], chunk)\n\t\t\t\t\tkeepServiceTier(this.clineMessages[apiReqIndex], chunk)\n",
		],
		["another translation", localePath("fr"), "Tier (fr)", "Palier"],
	])("is neither reverted nor replaced, even with --force: %s", (_, path, from, to) => {
		const tree = createCheckout()
		apply(tree)
		tree.write(path, replaceOnce(tree.read(path), from, to))
		for (const force of [false, true])
			for (const run of [revert, apply])
				expect(refusal(tree, () => run(tree, { force }))).toContain(
					`${path} has been changed where the patch stands in it`,
				)
	})

	it("is neither reverted nor replaced when its context was copied too", () => {
		const tree = createCheckout()
		apply(tree)
		tree.write(paths.CHAT_ROW, `${tree.read(paths.CHAT_ROW)}\n${tree.read(paths.CHAT_ROW)}`)
		for (const run of [revert, apply])
			expect(refusal(tree, () => run(tree, { force: true }))).toContain(paths.CHAT_ROW)
	})

	it("is reported with the name of its file when the file was deleted", () => {
		const tree = createCheckout()
		apply(tree)
		tree.remove(paths.TASK)
		expect(anchorMiss(tree, () => revert(tree))).toEqual({
			file: paths.TASK,
			message: `${paths.TASK}: the file: there is no such file`,
		})
	})
})
