import { execFileSync } from "node:child_process"
import { mkdirSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { folderWith, toolsOver, workspaceWith } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"

async function listed(folder: string, path = ""): Promise<string[]> {
	const { text } = await toolsOver([{ name: "project", path: folder }])("list_files", { path, recursive: true })
	return text.split("\n").filter((line) => !/[/.]$/.test(line))
}

/** What Git would add, by Git itself. */
function filesOfGit(folder: string): string[] {
	const git = (...args: string[]) =>
		execFileSync("git", ["-c", "core.excludesFile=", "-c", "core.quotePath=false", ...args], {
			cwd: folder,
			encoding: "utf8",
		})
	git("init", "--quiet")
	return git("ls-files", "--others", "--exclude-per-directory=.gitignore").split("\n").filter(Boolean).sort()
}

describe(".gitignore", () => {
	it("counts in its folder and below, a deeper one before one above, as in Git", async () => {
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
		expect(await listed(folder)).toEqual(expected)
		expect(filesOfGit(folder)).toEqual(expected)
	})

	it("leaves out what Git leaves out", { timeout: 30_000 }, async () => {
		const name = fc.constantFrom("a", "b", "c", "a.log", "b.log")
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
		)
		const rules = fc.array(rule, { minLength: 1, maxLength: 4 })
		await fc.assert(
			fc.asyncProperty(
				fc.array(path, { minLength: 3, maxLength: 9 }),
				rules,
				fc.option(rules),
				async (paths, top, deeper) => {
					const folder = folderWith({ ".gitignore": top.join("\n") })
					for (const one of paths) put(folder, one)
					if (deeper) put(folder, "b/.gitignore", deeper.join("\n"))
					expect((await listed(folder)).sort()).toEqual(filesOfGit(folder))
				},
			),
			{ numRuns: 25 },
		)
	})

	it("does not keep a folder from being listed that is asked for by name", async () => {
		const folder = folderWith({
			".gitignore": "out\n*.log\n/a \\[b]\n",
			"out/a": "",
			"out/b.log": "",
			"sub/a.log": "",
			"sub/b": "",
			"a [b]/c": "",
		})
		expect(await listed(folder, "out")).toEqual(["out/a"])
		expect(await listed(folder, "a [b]")).toEqual(["a [b]/c"])
		expect(await listed(folder, "sub")).toEqual(["sub/b"])
	})

	it("keeps a search out of what it names", async () => {
		const run = workspaceWith({ ".gitignore": "out", "out/a": "tier", b: "tier" })
		expect((await run("search_text", { pattern: "tier" })).text).toBe("1 line in 1 of 2 files:\nb:1| tier")
	})

	// With backtracking this test would not end within a lifetime.
	it("ignores a line whose pattern would backtrack", async () => {
		const folder = folderWith({ ".gitignore": `${"**/a/".repeat(30)}b\n${"*a".repeat(100)}b\nx` })
		put(folder, `${"a/".repeat(60)}c`)
		put(folder, `${"a".repeat(250)}`)
		put(folder, "x")
		expect(await listed(folder)).toHaveLength(3)
	})

	it("is nothing where it is a folder", async () => {
		expect(await listed(folderWith({ ".gitignore/a": "", b: "" }))).toEqual([".gitignore/a", "b"])
	})
})

/** Where a file stands in a folder's place, or the other way round, nothing is written. */
function put(folder: string, path: string, text = ""): void {
	try {
		mkdirSync(dirname(join(folder, path)), { recursive: true })
		writeFileSync(join(folder, path), text)
	} catch {
		// The tree is drawn by chance.
	}
}
