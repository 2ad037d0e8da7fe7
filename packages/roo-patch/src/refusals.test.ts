import { describe, expect, it } from "vitest"
import { AnchorMiss } from "./anchor-miss"
import { applyPatch, checkPatch, Refusal, revertPatch } from "./patch"
import type { Payload } from "./payload"
import { RECORD } from "./record"
import { changed, localePath, lookAlike, SMALL_PAYLOAD } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { differences, layOut, TempTree } from "./testing/temp-tree"

/** What the patch will not do, and that it then does nothing at all. */

const OURS = "src/api/providers/bedrock-service-tier.ts"

function apply(tree: TempTree, options?: { force: boolean }) {
	return applyPatch(tree.root, SMALL_PAYLOAD, options)
}

function revert(tree: TempTree, options?: { force: boolean }) {
	return revertPatch(tree.root, SMALL_PAYLOAD, options)
}

/** What is thrown; no file may be touched. */
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

function miss(tree: TempTree, run: () => unknown) {
	const error = thrown(tree, run)
	if (!(error instanceof AnchorMiss)) throw error
	const { file, message } = error
	return { file, message }
}

describe("a tree with changes of its own", () => {
	it("is refused with the files named; --force goes on", () => {
		const tree = layOut()
		tree.write("README.md", "mine\n")
		tree.write(paths.STREAM, `${tree.read(paths.STREAM)}\n// mine\n`)
		expect(refusal(tree, () => apply(tree))).toBe(
			"The work tree has changes of its own (src/api/transform/stream.ts, README.md). " +
				"Commit or stash them, or go on with --force.",
		)
		expect(apply(tree, { force: true }).status).toBe("applied")
	})

	it("names no more than five of them", () => {
		const tree = layOut()
		for (const name of ["1", "2", "3", "4", "5", "6", "7"]) tree.write(`notes/${name}.md`, name)
		expect(refusal(tree, () => apply(tree))).toContain(
			"(notes/1.md, notes/2.md, notes/3.md, notes/4.md, notes/5.md and 2 more)",
		)
	})

	it("is refused for a renamed, a deleted and a staged file, by the names that they have now", () => {
		const tree = layOut()
		tree.git("mv", "src/shared/cost.ts", "src/shared/ab costs.ts")
		tree.remove("webview-ui/src/lib/utils.ts")
		tree.write("new.ts", "export {}\n")
		tree.git("add", "new.ts")
		expect(refusal(tree, () => apply(tree))).toContain(
			"(new.ts, src/shared/ab costs.ts, webview-ui/src/lib/utils.ts)",
		)
	})

	it("is not one whose only changes are the patch's own", () => {
		const tree = layOut()
		apply(tree)
		const newer: Payload = { ...SMALL_PAYLOAD, version: "2.0.0" }
		expect(applyPatch(tree.root, newer).status).toBe("applied")
	})

	it("is not one in a larger repository with changes elsewhere", () => {
		const files = Object.entries(lookAlike("zoo")).map(([path, text]) => [`hosts/roo/${path}`, text] as const)
		const tree = new TempTree({ "other.txt": "as it was\n", ...Object.fromEntries(files) })
		tree.write("other.txt", "changed\n")
		expect(applyPatch(tree.path("hosts/roo"), SMALL_PAYLOAD).status).toBe("applied")
		tree.commit()
		tree.write("hosts/roo/mine.txt", "mine\n")
		const newer: Payload = { ...SMALL_PAYLOAD, version: "2.0.0" }
		expect(refusal(tree, () => applyPatch(tree.path("hosts/roo"), newer))).toContain("(mine.txt)")
	})

	it("can be reverted all the same", () => {
		const tree = layOut()
		apply(tree)
		tree.write("README.md", "mine\n")
		expect(revert(tree).status).toBe("reverted")
	})
})

describe("a folder without git", () => {
	it("is refused; --force goes on, and revert needs none", () => {
		const tree = new TempTree(lookAlike("with-upstream-tiers"), { git: false })
		const before = tree.snapshot()
		expect(refusal(tree, () => apply(tree))).toBe(
			"This is no git work tree, so changes could not be told apart. --force goes on.",
		)
		expect(apply(tree, { force: true }).status).toBe("applied")
		revert(tree)
		expect(differences(before, tree.snapshot())).toEqual([])
	})
})

describe("a file in the way of a new one", () => {
	it("is refused with its name, with --force too", () => {
		const tree = layOut()
		tree.write(OURS, "mine\n")
		tree.commit()
		const expected = { file: OURS, message: `${OURS}: a free place for a new file: there is a file already` }
		expect(miss(tree, () => apply(tree))).toEqual(expected)
		expect(miss(tree, () => apply(tree, { force: true }))).toEqual(expected)
		expect(miss(tree, () => checkPatch(tree.root, SMALL_PAYLOAD))).toEqual(expected)
	})

	it("is refused where one of its folders should be", () => {
		const tree = layOut()
		tree.write("packages/types/src/bedrock-tiers", "mine\n")
		tree.commit()
		expect(miss(tree, () => apply(tree)).message).toContain("a file stands where its folder should be")
	})
})

describe("a new file of ours that a person has changed", () => {
	it("is not removed, unless with --force", () => {
		const tree = layOut()
		const before = tree.snapshot()
		apply(tree)
		tree.write(OURS, "mine\n")
		expect(refusal(tree, () => revert(tree))).toBe(
			`${OURS} came with the patch and has been changed since. --force gives your changes up.`,
		)
		revert(tree, { force: true })
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("is not written over, unless with --force", () => {
		const tree = layOut()
		apply(tree)
		tree.write(OURS, "mine\n")
		expect(refusal(tree, () => apply(tree))).toContain("has been changed since")
		apply(tree, { force: true })
		expect(tree.read(OURS)).toBe(SMALL_PAYLOAD.files[OURS])
	})
})

describe("a place of ours that a person has changed", () => {
	it.each([
		[
			"another text",
			paths.CHAT_ROW,
			"<BedrockTierLabel text={message.text} />",
			"<BedrockTierLabel text={text} />",
		],
		["gone", paths.CHAT_ROW, "\t\t\t<BedrockTierLabel text={message.text} />\n", ""],
		[
			"there twice",
			paths.TASK,
			"keepServiceTier(this.clineMessages[apiReqIndex], chunk)\n",
			"keepServiceTier(this.clineMessages[apiReqIndex], chunk)\n\t\t\t\t\tkeepServiceTier(this.clineMessages[apiReqIndex], chunk)\n",
		],
		["other words", localePath("fr"), "Tier (fr)", "Palier"],
	])("%s: neither taken out nor replaced, with --force neither", (_, path, from, to) => {
		const tree = layOut()
		apply(tree)
		tree.write(path, changed(tree.read(path), from, to))
		for (const force of [false, true])
			for (const run of [revert, apply])
				expect(refusal(tree, () => run(tree, { force }))).toContain(
					`${path} has been changed where the patch stands in it`,
				)
	})

	it("a copy of all that is around it: neither", () => {
		const tree = layOut()
		apply(tree)
		tree.write(paths.CHAT_ROW, `${tree.read(paths.CHAT_ROW)}\n${tree.read(paths.CHAT_ROW)}`)
		for (const run of [revert, apply])
			expect(refusal(tree, () => run(tree, { force: true }))).toContain(paths.CHAT_ROW)
	})

	it("a patched file that is gone is named", () => {
		const tree = layOut()
		apply(tree)
		tree.remove(paths.TASK)
		expect(miss(tree, () => revert(tree))).toEqual({
			file: paths.TASK,
			message: `${paths.TASK}: the file: there is no such file`,
		})
	})
})

describe("a damaged record", () => {
	it.each([
		["cut off", (text: string) => text.slice(0, text.length / 2)],
		["empty", () => ""],
		["of another kind", () => "[]"],
		["null", () => "null"],
		["without edits", (text: string) => changed(text, '"edited"', '"elsewhere"')],
	])("%s: refused", (_, damage) => {
		const tree = layOut()
		apply(tree)
		tree.write(RECORD, damage(tree.read(RECORD)))
		const expected = `${RECORD} is damaged. Bring it back from version control, then run this again.`
		for (const run of [apply, revert]) expect(refusal(tree, () => run(tree, { force: true }))).toBe(expected)
		expect(refusal(tree, () => checkPatch(tree.root, SMALL_PAYLOAD))).toBe(expected)
	})

	it("that says something else was there before: refused, since it would not be the very bytes", () => {
		const tree = layOut()
		apply(tree)
		tree.write(RECORD, changed(tree.read(RECORD), '"removed": "\\"^3.922.0\\""', '"removed": "\\"^3.900.0\\""'))
		expect(refusal(tree, () => revert(tree))).toContain(paths.MANIFEST)
	})

	it("that names files outside of the checkout: refused", () => {
		const tree = layOut()
		apply(tree)
		const record = JSON.parse(tree.read(RECORD)) as { created: Record<string, string> }
		record.created["../../outside.txt"] = ""
		tree.write(RECORD, JSON.stringify(record))
		const outside = new TempTree({ "outside.txt": "theirs\n" }, { git: false })
		record.created = { [`../${outside.root.split("/").at(-1)}/outside.txt`]: "" }
		tree.write(RECORD, JSON.stringify(record))
		expect(() => revert(tree, { force: true })).toThrow(AnchorMiss)
		expect(outside.read("outside.txt")).toBe("theirs\n")
	})
})

describe("links and foreign bytes", () => {
	it.each([paths.HANDLER, "webview-ui/src/components", "src/api/providers", "packages/types/src"])(
		"a link that leads out: %s",
		(path) => {
			const tree = layOut()
			const outside = new TempTree({}, { git: false })
			tree.moveAway(path, outside.path("moved"))
			tree.commit()
			const there = outside.snapshot()
			for (const force of [false, true])
				expect(miss(tree, () => apply(tree, { force })).message).toMatch(
					/: a symbolic link leads away from it$/,
				)
			expect(miss(tree, () => checkPatch(tree.root, SMALL_PAYLOAD)).message).toMatch(
				/: a symbolic link leads away from it$/,
			)
			expect(differences(there, outside.snapshot())).toEqual([])
		},
	)

	it("a link to a folder beside the checkout, whose name begins like the checkout's", () => {
		const files = Object.entries(lookAlike("zoo")).map(([path, text]) => [`roo/${path}`, text] as const)
		const tree = new TempTree({ ...Object.fromEntries(files), "roo-other/theirs.txt": "theirs\n" }, { git: false })
		tree.moveAway("roo/src/api/providers", tree.path("roo-other/providers"))
		const run = () => applyPatch(tree.path("roo"), SMALL_PAYLOAD, { force: true })
		expect(miss(tree, run).message).toMatch(/: a symbolic link leads away from it$/)
	})

	it("a link that was put in after the patch keeps it from being taken out", () => {
		const tree = layOut()
		apply(tree)
		const outside = new TempTree({}, { git: false })
		tree.moveAway(paths.TASK, outside.path("Task.ts"))
		const there = outside.snapshot()
		expect(miss(tree, () => revert(tree)).file).toBe(paths.TASK)
		expect(differences(there, outside.snapshot())).toEqual([])
	})

	it("a dangling link in the way of a new file", () => {
		const tree = layOut()
		tree.link("/nonexistent/anywhere", OURS)
		tree.commit()
		expect(miss(tree, () => apply(tree)).file).toBe(OURS)
	})

	it("a checkout that is reached through a link is one like any other", () => {
		const [tree, links] = [layOut(), new TempTree({}, { git: false })]
		links.link(tree.root, "roo")
		expect(applyPatch(links.path("roo"), SMALL_PAYLOAD).status).toBe("applied")
	})

	it("a file that is not UTF-8", () => {
		const tree = layOut()
		tree.write(paths.CHAT_ROW, Buffer.from(`// caf\xe9\n${tree.read(paths.CHAT_ROW)}`, "latin1"))
		tree.commit()
		expect(miss(tree, () => apply(tree))).toEqual({
			file: paths.CHAT_ROW,
			message: `${paths.CHAT_ROW}: the file: it is not UTF-8`,
		})
	})

	it("a folder of a file's name", () => {
		const tree = layOut()
		tree.remove(paths.STREAM)
		tree.write(`${paths.STREAM}/inside.ts`, "")
		tree.commit()
		expect(miss(tree, () => apply(tree))).toEqual({
			file: paths.STREAM,
			message: `${paths.STREAM}: the file: it is no file`,
		})
	})
})
