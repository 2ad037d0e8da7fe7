import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { folderWith, toolsOver, workspaceWith } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"

async function listFiles(folder: string, path = ""): Promise<string[]> {
	const { text } = await toolsOver([{ name: "project", path: folder }])("list_files", { path, recursive: true })
	return text.split("\n").filter((line) => !/[/.]$/.test(line))
}

/** The files that Git itself would add. */
function listFilesWithGit(folder: string): string[] {
	const git = (...args: string[]) =>
		execFileSync("git", ["-c", "core.excludesFile=", "-c", "core.quotePath=false", ...args], {
			cwd: folder,
			encoding: "utf8",
		})
	git("init", "--quiet")
	return git("ls-files", "--others", "--exclude-per-directory=.gitignore").split("\n").filter(Boolean).sort()
}

describe(".gitignore", () => {
	it("applies to its folder and all folders below, and a deeper file takes precedence, as in Git", async () => {
		const folder = folderWith({
			".gitignore": "*.log\n/build\ncache/\n!keep.log\ndocs/**/*.pdf\n# comment\n\\#file\n",
			"a.log": "",
			"keep.log": "",
			"build/x": "",
			"sub/build/x": "",
			cache: "",
			"sub/cache/x": "",
			"docs/a/b/c.pdf": "",
			"#file": "",
			"sub/.gitignore": "!a.log\n/only\n",
			"sub/a.log": "",
			"sub/only": "",
			"sub/deep/only": "",
			"sub/deep/b.log": "",
		})
		const expected = [
			".gitignore",
			"cache",
			"keep.log",
			"sub/.gitignore",
			"sub/a.log",
			"sub/build/x",
			"sub/deep/only",
		]
		expect(await listFiles(folder)).toEqual(expected)
		expect(listFilesWithGit(folder)).toEqual(expected)
	})

	it("excludes the same files as Git for random rules and paths", async () => {
		const name = fc.constantFrom("a", "b", "c", "a.log", "b.log", "!x", "x ", "[", "-")
		const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"))
		const rule = fc.constantFrom(
			"a",
			"/a",
			"a/",
			"*.log",
			"!a.log",
			"!b",
			"a/b",
			"/b/*",
			"**/c",
			"c/**",
			"!c/a",
			"b/**/a",
			"?.log",
			"[ab]",
			"[!ab]*",
			"[]-b-]",
			"\\!x",
			"\\a",
			"a ",
			"x\\ ",
			"*[",
			"c\\",
			"**",
			"/**",
			"b/**/",
			"!*/",
			"***.log",
		)
		const rules = fc.array(rule, { minLength: 1, maxLength: 4 })
		await fc.assert(
			fc.asyncProperty(
				fc.array(path, { minLength: 3, maxLength: 9 }),
				rules,
				fc.option(rules),
				async (paths, topRules, deeperRules) => {
					const folder = folderWith({ ".gitignore": topRules.join("\n") })
					for (const path of paths) createFile(folder, path)
					if (deeperRules) createFile(folder, "b/.gitignore", deeperRules.join("\n"))
					expect((await listFiles(folder)).sort()).toEqual(listFilesWithGit(folder))
				},
			),
			{ numRuns: 25 },
		)
	})

	it("does not prevent an ignored folder from being listed when its path is requested", async () => {
		const folder = folderWith({
			".gitignore": "out\n*.log\n/a \\[b]\n",
			"out/a": "",
			"out/b.log": "",
			"sub/a.log": "",
			"sub/b": "",
			"a [b]/c": "",
		})
		expect(await listFiles(folder, "out")).toEqual(["out/a"])
		expect(await listFiles(folder, "a [b]")).toEqual(["a [b]/c"])
		expect(await listFiles(folder, "sub")).toEqual(["sub/b"])
	})

	it("excludes ignored files from a search", async () => {
		const run = workspaceWith({ ".gitignore": "out", "out/a": "tier", b: "tier" })
		expect((await run("search_text", { pattern: "tier" })).text).toBe("1 line in 1 of 2 files:\nb:1| tier")
	})

	// A backtracking matcher, which Git itself has, needs more time for these rules than the test has.
	it("applies rules that match many wildcards", async () => {
		const folder = folderWith({
			".gitignore": `${"**/a/".repeat(30)}b\n${"*a".repeat(100)}b\n${"*a".repeat(100)}?\nx`,
		})
		createFile(folder, `${"a/".repeat(60)}c`)
		createFile(folder, `${"a/".repeat(60)}b`)
		createFile(folder, "a".repeat(250))
		createFile(folder, `${"a".repeat(250)}c`)
		createFile(folder, `${"a".repeat(90)}d`)
		createFile(folder, "x")
		expect(await listFiles(folder)).toEqual([".gitignore", `${"a/".repeat(60)}c`, `${"a".repeat(90)}d`])
	})

	it("does not apply further files when the files above have 64 KB", async () => {
		const comment = `#${"x".repeat(40_000)}\n`
		const folder = folderWith({
			".gitignore": `${comment}a`,
			"sub/.gitignore": `${comment}b`,
			"sub/a": "",
			"sub/b": "",
			"other/.gitignore": "b",
			"other/b": "",
		})
		expect(await listFiles(folder)).toEqual([".gitignore", "other/.gitignore", "sub/.gitignore", "sub/b"])
	})

	it("has no effect when .gitignore is a folder", async () => {
		expect(await listFiles(folderWith({ ".gitignore/a": "", b: "" }))).toEqual([".gitignore/a", "b"])
	})
})

/** Writes a file. Does nothing when a file is where a folder is needed, or the reverse. */
function createFile(folder: string, path: string, text = ""): void {
	try {
		mkdirSync(dirname(join(folder, path)), { recursive: true })
		writeFileSync(join(folder, path), text)
	} catch {
		// The paths are random, so they can conflict with each other.
	}
}
