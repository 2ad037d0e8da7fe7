import { describe, expect, it } from "vitest"
import { CheckoutFiles } from "./checkout-files"
import { isCreatedPath, isEditedPath } from "./patch-paths"
import { planPatch } from "./plan"
import { GENERATIONS, lookAlike, realPayload, treeOf } from "./testing/look-alike"
import { createCheckout, differences, TempTree } from "./testing/temp-tree"

/** The paths that the patch may use. */

describe("CheckoutFiles refuses a path for every operation", () => {
	it.each([
		...[
			"",
			".",
			"..",
			"../theirs.txt",
			"src/../../theirs.txt",
			"/etc/hostname",
			"//etc",
			"src//package.json",
			"src/",
		],
		...[".git", ".git/config", ".GIT/config", ".Git/hooks/pre-commit", "packages/.git/config", "git~1/config"],
		...[".git./config", ".git /config", ".git::$INDEX_ALLOCATION/config", ".g\u200cit/config", "src\\package.json"],
		...["C:/theirs.txt", "src/a:stream", "src/a\0b", "src/a\nb", "src/a."],
	])("%j", (path) => {
		const outer = new TempTree({ "theirs.txt": "theirs\n" }, { git: false })
		const tree = createCheckout()
		const files = new CheckoutFiles(tree.root)
		const before = [tree.snapshot(), outer.snapshot(), tree.read(".git/config")]
		for (const run of [
			() => files.read(path),
			() => files.has(path),
			() => files.readBytes(path),
			() => files.mode(path),
			() => files.list(path),
			() => files.assertWritable(path),
			() => files.create(path, "evil", null),
			() => files.move("src/package.json", path),
			() => files.move(path, "src/package.json"),
			() => files.remove(path),
			() => files.createFolder(path),
			() => files.removeFolder(path),
		])
			expect(run).toThrow("it is no path inside the checkout that the patch may use")
		expect(files.readPackageFile(path)).toBe(null)
		expect([tree.snapshot(), outer.snapshot(), tree.read(".git/config")]).toEqual(before)
	})
})

describe("CheckoutFiles", () => {
	it("creates a file only where there is nothing", () => {
		const tree = createCheckout()
		const files = new CheckoutFiles(tree.root)
		tree.link("nothing.txt", "link.txt")
		const before = tree.snapshot()
		for (const path of ["src/package.json", "src", "link.txt"])
			expect(() => files.create(path, "evil", null)).toThrow(/it exists already \(EEXIST\)|symbolic link/)
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("does not delete or replace a folder", () => {
		const files = new CheckoutFiles(createCheckout().root)
		expect(() => files.remove("src")).toThrow(/^Could not write src: /)
		expect(() => files.move("src/package.json", "src/api")).toThrow("it is no file")
		expect(() => files.removeFolder("src")).toThrow("Could not write src: it is not empty (ENOTEMPTY).")
	})
})

describe("the paths that a record may contain", () => {
	it.each(GENERATIONS)("include every path that this version changes: %s", (generation) => {
		const { edited, created } = planPatch(treeOf(lookAlike(generation)), realPayload())
		expect(edited.map(({ path }) => path).filter((path) => !isEditedPath(path))).toEqual([])
		expect(Object.keys(created).filter((path) => !isCreatedPath(path))).toEqual([])
		expect(edited.map(({ path }) => path).filter(isCreatedPath)).toEqual([])
	})
})
