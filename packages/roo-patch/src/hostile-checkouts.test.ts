import { execFileSync } from "node:child_process"
import { linkSync, mkdirSync, statSync } from "node:fs"
import { posix } from "node:path"
import { describe, expect, it } from "vitest"
import { AnchorMiss } from "./anchor-miss"
import { applyPatch, checkPatch, revertPatch } from "./patch"
import { digest, RECORD } from "./record"
import { Refusal } from "./refusal"
import { localePath, replaceOnce, SMALL_PAYLOAD } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { createCheckout, differences, TempTree } from "./testing/temp-tree"

/** Checkouts that try to make the patch read, write or delete elsewhere, run a program, or never end. */

const apply = (tree: TempTree) => applyPatch(tree.root, SMALL_PAYLOAD, { force: true })
const check = (tree: TempTree) => checkPatch(tree.root, SMALL_PAYLOAD)
const revert = (tree: TempTree) => revertPatch(tree.root, SMALL_PAYLOAD, { force: true })

/** Returns the message of a refusal. Asserts that no file of these trees was changed. */
function refusal(run: () => unknown, ...trees: readonly TempTree[]): string {
	const before = trees.map((tree) => tree.snapshot())
	try {
		run()
	} catch (error) {
		expect(trees.map((tree, index) => differences(before[index] ?? {}, tree.snapshot()))).toEqual(
			trees.map(() => []),
		)
		if (!(error instanceof AnchorMiss || error instanceof Refusal)) throw error
		return error.message
	}
	throw new Error("It was not refused.")
}

const NEW_FILES = Object.keys(SMALL_PAYLOAD.files)
const EDITED = [
	...[paths.TYPES_INDEX, paths.MODEL_LISTS, paths.HOST_MESSAGES, paths.STREAM, paths.HANDLER, paths.SPEC, paths.TASK],
	...[paths.MANIFEST, paths.PANEL, paths.MODEL_INFO, paths.SELECTED_MODEL, paths.CHAT_ROW, localePath("en")],
]
const WRITTEN = [...EDITED, ...NEW_FILES, RECORD]

/** Every folder above the paths. */
function foldersOf(files: readonly string[]): string[] {
	const folders = new Set<string>()
	for (const path of files)
		for (let folder = posix.dirname(path); folder !== "."; folder = posix.dirname(folder)) folders.add(folder)
	return [...folders].sort()
}
const EXISTING_FOLDERS = foldersOf(EDITED)
const NEW_FOLDERS = foldersOf(NEW_FILES).filter((folder) => !EXISTING_FOLDERS.includes(folder))

const outsideTree = () => new TempTree({ "theirs.txt": "theirs\n" }, { git: false })

describe("a symbolic link", () => {
	it.each([...EDITED, ...EXISTING_FOLDERS])("that replaces %s is refused, wherever it leads", (path) => {
		const outside = outsideTree()
		for (const target of [outside.path("moved"), null]) {
			const tree = createCheckout()
			tree.moveAway(path, target ?? tree.path("moved"))
			tree.commit()
			for (const run of [apply, check])
				expect(refusal(() => run(tree), tree, outside)).toMatch(/ is a symbolic link$/)
		}
	})

	it.each([...NEW_FILES, RECORD, ...NEW_FOLDERS, ".bedrock-tiers-run"])(
		"at the path %s, which the patch creates, is refused, whether its target exists or not",
		(path) => {
			const outside = outsideTree()
			for (const target of ["theirs.txt", "nothing.txt", "."]) {
				const tree = createCheckout()
				mkdirSync(posix.dirname(tree.path(path)), { recursive: true })
				tree.link(outside.path(target), path)
				tree.commit()
				for (const run of [apply, check])
					expect(refusal(() => run(tree), tree, outside)).toMatch(/ is a symbolic link$/)
			}
		},
	)

	it.each([...WRITTEN, ...foldersOf(WRITTEN)])("that replaces %s after apply prevents revert", (path) => {
		const [tree, outside] = [createCheckout(), outsideTree()]
		apply(tree)
		tree.moveAway(path, outside.path("moved"))
		expect(refusal(() => revert(tree), tree, outside)).toMatch(/ is a symbolic link$/)
	})

	it.each(WRITTEN)("named like a temporary file of earlier versions, next to %s, is not followed", (path) => {
		const [tree, outside] = [createCheckout(), outsideTree()]
		mkdirSync(posix.dirname(tree.path(path)), { recursive: true })
		tree.link(outside.path("theirs.txt"), `${path}.bedrock-tiers-new`)
		tree.commit()
		const before = outside.snapshot()
		expect(applyPatch(tree.root, SMALL_PAYLOAD).status).toBe("applied")
		revert(tree)
		expect(differences(before, outside.snapshot())).toEqual([])
		expect(tree.git("status", "--porcelain")).toBe("")
	})

	it("to the checkout itself, by which the user names it, is accepted", () => {
		const [tree, links] = [createCheckout(), outsideTree()]
		links.link(tree.root, "roo")
		expect(applyPatch(links.path("roo"), SMALL_PAYLOAD).status).toBe("applied")
	})
})

describe("an unexpected kind of file", () => {
	const kinds: [kind: string, create: (tree: TempTree, path: string) => void, message: string][] = [
		["a folder", (tree, path) => tree.write(`${path}/inside.ts`, ""), "it is no file"],
		["a named pipe", (tree, path) => execFileSync("mkfifo", [tree.path(path)]), "it is no file"],
		["17 MB", (tree, path) => tree.write(path, Buffer.alloc(17 * 2 ** 20, " ")), "it is larger than 16 MB"],
		["not UTF-8", (tree, path) => tree.write(path, Buffer.from("// caf\xe9\n", "latin1")), "it is not UTF-8"],
	]
	const cases = kinds.flatMap(([kind, create, message]) =>
		[paths.CHAT_ROW, paths.MANIFEST, RECORD].map((path) => ({ kind, path, create, message })),
	)

	it.each(cases)("is refused: $path is $kind", ({ path, create, message }) => {
		const tree = createCheckout()
		if (path !== RECORD) tree.remove(path)
		create(tree, path)
		for (const run of [apply, check]) expect(refusal(() => run(tree), tree)).toBe(`${path}: the file: ${message}`)
	})

	it("is refused: a file where a new folder should be", () => {
		const tree = createCheckout()
		tree.write("packages/types/src/bedrock-tiers", "mine\n")
		expect(refusal(() => apply(tree), tree)).toContain("a file stands where its folder should be")
	})

	it("that is a hard link is replaced, so that its other name keeps its content", () => {
		const [tree, outside] = [createCheckout(), outsideTree()]
		linkSync(tree.path(paths.MANIFEST), outside.path("linked.json"))
		const before = outside.snapshot()
		apply(tree)
		expect(differences(before, outside.snapshot())).toEqual([])
		expect(tree.read(paths.MANIFEST)).not.toBe(outside.read("linked.json"))
	})
})

describe("the manifest of an installed AWS SDK", () => {
	const manifest = "src/node_modules/@aws-sdk/client-bedrock-runtime/package.json"
	const store = "node_modules/.pnpm/@aws-sdk+client-bedrock-runtime@3.967.0/package.json"
	const installedBy = (arrange: (tree: TempTree) => void) => {
		const tree = createCheckout()
		mkdirSync(posix.dirname(tree.path(manifest)), { recursive: true })
		arrange(tree)
		expect(apply(tree).status).toBe("applied")
		return check(tree).sdk.installed
	}

	it("is read through a link inside the checkout, as pnpm creates it", () => {
		const installed = installedBy((tree) => {
			tree.write(store, '{ "version": "3.967.0" }')
			tree.link(tree.path(store), manifest)
		})
		expect(installed).toBe("3.967.0")
	})

	it.each<[string, (tree: TempTree) => void]>([
		["no JSON", (tree) => tree.write(manifest, "{")],
		["without a version", (tree) => tree.write(manifest, '{ "version": { "toString": 1 } }')],
		["null", (tree) => tree.write(manifest, "null")],
		["a folder", (tree) => tree.write(`${manifest}/inside`, "")],
		["a named pipe", (tree) => execFileSync("mkfifo", [tree.path(manifest)])],
		["a link that leads nowhere", (tree) => tree.link("/nonexistent/package.json", manifest)],
		["a link to itself", (tree) => tree.link("package.json", manifest)],
		[
			"a link out of the checkout",
			(tree) => tree.link(new TempTree({ p: '{"version":"3.967.0"}' }, { git: false }).path("p"), manifest),
		],
	])("counts as not installed: %s", (_, arrange) => {
		expect(installedBy(arrange)).toBe(null)
	})
})

describe("a record that the patch did not write", () => {
	const EVIL = "[core]\n\tfsmonitor = touch /tmp/evil\n"
	type Forged = { edited: Record<string, unknown>; created: Record<string, unknown> }

	/** The record of an edit whose revert replaces the whole file. */
	function replacing(current: string) {
		const edit = { at: 0, inserted: current, removed: EVIL, before: "", after: "" }
		return { before: digest(EVIL), after: digest(current), edits: [edit] }
	}

	/** A patched checkout whose record is changed. */
	function forge(change: (record: Forged, tree: TempTree) => unknown): TempTree {
		const tree = createCheckout()
		for (const path of ["README.md", "src/extension.ts", "pnpm-lock.yaml"]) tree.write(path, "theirs\n")
		apply(tree)
		const record = JSON.parse(tree.read(RECORD)) as Forged
		change(record, tree)
		tree.write(RECORD, JSON.stringify(record))
		return tree
	}

	const FOREIGN_PATHS = [
		...[".git/config", ".GIT/config", "./.git/config", "src/../.git/config", "src\\..\\.git\\config"],
		...["README.md", "src/extension.ts", "pnpm-lock.yaml", RECORD, "../outside.txt", "/etc/hostname", "C:\\x", ""],
		...[
			"packages/types/src/bedrock-tiers/core/../../index.ts",
			"packages/types/src/bedrock-tiers/core/.git/config",
		],
		...["webview-ui/src/i18n/locales/../../settings.json", "webview-ui/src/i18n/locales/en/common.json"],
		...["src/package.json\n", "src/package.json/../../README.md", "constructor"],
	]

	it.each(FOREIGN_PATHS)("is refused because it would replace the file %j", (path) => {
		const tree = forge((record, forged) => {
			const isFile = statSync(forged.path(path), { throwIfNoEntry: false })?.isFile() ?? false
			record.edited[path] = replacing(isFile ? forged.read(path) : "")
		})
		const config = tree.read(".git/config")
		for (const run of [apply, check, revert])
			expect(refusal(() => run(tree), tree)).toContain(`(edited: ${path}: is no file that the patch writes)`)
		expect(tree.read(".git/config")).toBe(config)
	})

	it.each([...FOREIGN_PATHS, paths.MANIFEST, paths.HANDLER])(
		"is refused because it would delete the file %j",
		(path) => {
			const tree = forge((record) => (record.created[path] = "0".repeat(64)))
			for (const run of [apply, check, revert])
				expect(refusal(() => run(tree), tree)).toContain(`(created: ${path}: is no file that the patch writes)`)
		},
	)

	it.each<[string, (text: string) => string]>([
		["truncated", (text) => text.slice(0, text.length / 2)],
		["empty", () => ""],
		["an array", () => "[]"],
		["null", () => "null"],
		["without edits", (text) => replaceOnce(text, '"edited"', '"elsewhere"')],
		[
			"with a version that is no version",
			(text) => replaceOnce(text, '"version": "1.0.0"', '"version": "\\u001b[2J"'),
		],
		["with a negative offset", (text) => text.replace(/"at": \d+/, '"at": -1')],
		["with a digest that is none", (text) => text.replace(/"before": "[0-9a-f]{64}"/, '"before": ""')],
		["with a text that is a number", (text) => text.replace(/"removed": ""/, '"removed": 1')],
	])("is refused because it is malformed: %s", (_, damage) => {
		const tree = createCheckout()
		apply(tree)
		tree.write(RECORD, damage(tree.read(RECORD)))
		for (const run of [apply, check, revert])
			expect(refusal(() => run(tree), tree)).toMatch(
				/^\.bedrock-tiers\.json was not written by this patch or is damaged \([^\n]+\)\. Restore it from version control, or delete it if the patch is not applied\.$/,
			)
	})

	it("is refused because its original text is wrong, so that revert would not restore the original bytes", () => {
		const tree = createCheckout()
		apply(tree)
		tree.write(RECORD, replaceOnce(tree.read(RECORD), '"removed": "\\"^3.922.0\\""', '"removed": "\\"^3.900.0\\""'))
		expect(refusal(() => revert(tree), tree)).toContain(paths.MANIFEST)
	})

	it("is refused because an edit without any text is at every place", () => {
		const nothing = { at: 0, inserted: "", removed: "x", before: "", after: "" }
		const digests = { before: "0".repeat(64), after: "1".repeat(64) }
		const tree = forge((record) => (record.edited[paths.TASK] = { ...digests, edits: [nothing] }))
		expect(refusal(() => revert(tree), tree)).toContain(
			`${paths.TASK} has been changed where the patch stands in it`,
		)
	})
})

it("A new file gets the permissions that the user's umask gives, and no others", () => {
	const tree = createCheckout()
	apply(tree)
	const { mode } = statSync(tree.path(RECORD))
	expect(mode & 0o777).toBe(0o666 & ~process.umask())
})
