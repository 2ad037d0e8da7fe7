import { execFileSync, spawnSync } from "node:child_process"
import { chmodSync, existsSync } from "node:fs"
import { delimiter } from "node:path"
import { afterEach, describe, expect, it, vi } from "vitest"
import { changedFiles, findGit } from "./git"
import { createCheckout, TempTree } from "./testing/temp-tree"

/** The git commands of the patch in checkouts whose configuration names programs, and their error messages. */

afterEach(() => vi.unstubAllEnvs())

const SYSTEM_PATH = process.env.PATH ?? ""

/** A folder with an executable program that creates the file `ran`, then runs `more`. */
function programFolder(name: string, more = ""): TempTree {
	const folder = new TempTree({}, { git: false })
	folder.write(name, `#!/bin/sh\ntouch '${folder.path("ran")}'\n${more}\n`)
	chmodSync(folder.path(name), 0o755)
	return folder
}

describe("changedFiles runs no program that the configuration of the checkout names", () => {
	it.each<[string, (tree: TempTree, program: string) => void]>([
		["a file system monitor", (tree, program) => tree.git("config", "core.fsmonitor", program)],
		["a clean filter", (tree, program) => useFilter(tree, "evil", "clean", program)],
		["a filter process", (tree, program) => useFilter(tree, "evil", "process", program)],
		[
			"a filter that is required",
			(tree, program) => {
				useFilter(tree, "evil", "clean", program)
				tree.git("config", "filter.evil.required", "true")
			},
		],
		[
			"a filter in a configuration that is included",
			(tree, program) => {
				useFilter(tree, "evil", "clean", "cat")
				tree.write(".git/more", `[filter "evil"]\n\tclean = ${program}\n`)
				tree.git("config", "include.path", "more")
			},
		],
		["a filter with dots in its name", (tree, program) => useFilter(tree, "e.v.il", "clean", program)],
		[
			"a hook",
			(tree, program) => {
				tree.write(".git/hooks/post-index-change", `#!/bin/sh\n'${program}'\n`)
				tree.chmod(".git/hooks/post-index-change", 0o755)
				touch(tree)
			},
		],
		[
			"a hook in another folder",
			(tree, program) => {
				tree.write("hooks/post-index-change", `#!/bin/sh\n'${program}'\n`)
				tree.chmod("hooks/post-index-change", 0o755)
				tree.commit()
				tree.git("config", "core.hooksPath", "hooks")
				touch(tree)
			},
		],
		[
			"a file system monitor of a submodule",
			(tree, program) => {
				const module = new TempTree({ "a.txt": "a\n" })
				tree.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", module.root, "module")
				tree.commit()
				execFileSync("git", ["config", "core.fsmonitor", program], { cwd: tree.path("module") })
			},
		],
	])("%s", (_, arrange) => {
		const [tree, folder] = [createCheckout(), programFolder("evil")]
		arrange(tree, folder.path("evil"))
		expect(changedFiles(tree.root).reason).toBe(null)
		expect(existsSync(folder.path("ran"))).toBe(false)
		// Otherwise the configuration would be wrong, and this test could not fail.
		spawnSync("git", ["status"], { cwd: tree.root })
		expect(existsSync(folder.path("ran"))).toBe(true)
	})

	/** A file passes the filter when its modification time is not that of the index. */
	function useFilter(tree: TempTree, name: string, setting: string, program: string): void {
		tree.write(".gitattributes", `*.ts filter=${name}\n`)
		tree.commit()
		tree.git("config", `filter.${name}.${setting}`, program)
		touch(tree)
	}

	function touch(tree: TempTree): void {
		tree.write("src/api/index.ts", tree.read("src/api/index.ts"))
		execFileSync("touch", ["--date=2001-01-01", tree.path("src/api/index.ts")])
	}
})

describe("findGit", () => {
	const root = () => programFolder("git")

	it("never returns a program in the checkout, by any name of its folder", () => {
		const checkout = root()
		checkout.write("bin/git", "#!/bin/sh\n")
		checkout.chmod("bin/git", 0o755)
		const links = new TempTree({}, { git: false })
		links.link(checkout.root, "linked")
		const link = new TempTree({}, { git: false })
		link.link(checkout.path("git"), "git")
		const folders = [checkout.root, checkout.path("bin"), links.path("linked"), links.path("linked/bin"), link.root]
		expect(findGit(folders.join(delimiter), checkout.root)).toBe(null)
		expect(findGit([...folders, SYSTEM_PATH].join(delimiter), checkout.root)).toMatch(/^\/.*git/)
	})

	it.each(["", ".", "bin", "..", "./bin"])("ignores the relative folder %j", (folder) => {
		const checkout = root()
		checkout.write("bin/git", "#!/bin/sh\n")
		checkout.chmod("bin/git", 0o755)
		const outside = new TempTree({}, { git: false })
		const cwd = process.cwd()
		process.chdir(checkout.root)
		try {
			expect(findGit(folder, outside.root)).toBe(null)
		} finally {
			process.chdir(cwd)
		}
	})

	it("ignores a file that cannot be executed and a folder, and takes the next one", () => {
		const [plain, folder, program] = [
			new TempTree({ git: "" }, { git: false }),
			new TempTree({ "git/x": "" }, { git: false }),
			root(),
		]
		const path = [plain.root, folder.root, "/nonexistent", program.root].join(delimiter)
		expect(findGit(path, new TempTree({}, { git: false }).root)).toBe(program.path("git"))
	})

	it("on Windows takes git.exe only", () => {
		const [script, program] = [root(), programFolder("git.exe")]
		const path = [script.root, program.root].join(delimiter)
		expect(findGit(path, new TempTree({}, { git: false }).root, true)).toBe(program.path("git.exe"))
	})
})

describe("changedFiles", () => {
	it("ignores variables that select another repository", () => {
		const [tree, other] = [createCheckout(), new TempTree({ "other.txt": "" })]
		other.write("new.txt", "")
		tree.write("mine.txt", "")
		vi.stubEnv("GIT_DIR", other.path(".git"))
		vi.stubEnv("GIT_WORK_TREE", other.root)
		expect(changedFiles(tree.root)).toEqual({ paths: ["mine.txt"], reason: null })
	})

	it("does not write the index", () => {
		const tree = createCheckout()
		execFileSync("touch", ["--date=2001-01-01", tree.path("src/api/index.ts")])
		const before = tree.read(".git/index")
		changedFiles(tree.root)
		expect(tree.read(".git/index")).toBe(before)
		tree.git("status")
		expect(tree.read(".git/index")).not.toBe(before)
	})

	it("lists the new name of a renamed file only, whatever its old name", () => {
		const tree = new TempTree({ "ab costs.ts": "1\n2\n3\n", "-- b.ts": "4\n" })
		tree.git("mv", "ab costs.ts", "new name.ts")
		expect(changedFiles(tree.root).paths).toEqual(["new name.ts"])
	})

	it.each<[string, () => string, string]>([
		[
			"no git",
			() => {
				vi.stubEnv("PATH", new TempTree({}, { git: false }).root)
				return createCheckout().root
			},
			"Git was not found.",
		],
		["a folder that is no work tree", () => new TempTree({}, { git: false }).root, "This is no Git work tree."],
		[
			"a bare repository",
			() => {
				const tree = new TempTree({}, { git: false })
				tree.git("init", "--bare", "--quiet")
				return tree.root
			},
			"This is no Git work tree.",
		],
		[
			"more changes than 1 MB of names",
			() => {
				const tree = createCheckout()
				for (let index = 0; index < 5_000; index++) tree.write(`${"x".repeat(220)}${index}`, "")
				return tree.root
			},
			"The work tree has too many changes to list them.",
		],
		[
			"a damaged repository",
			() => {
				const tree = createCheckout()
				tree.write(".git/index", "damaged")
				return tree.root
			},
			"Git failed: fatal: .git/index: index file smaller than expected",
		],
		[
			"a filter with an equals sign in its name",
			() => {
				const tree = createCheckout()
				tree.git("config", "filter.a=b.clean", "cat")
				return tree.root
			},
			"The checkout's Git configuration has a filter that cannot be switched off.",
		],
	])("gives the reason when the changes are unknown: %s", (_, arrange, reason) => {
		expect(changedFiles(arrange())).toEqual({ paths: null, reason })
	})

	it("gives the reason and the command when the checkout belongs to another user", () => {
		const tree = createCheckout()
		const git = findGit(SYSTEM_PATH, tree.root)
		const folder = programFolder("git", `GIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec '${git}' "$@"`)
		vi.stubEnv("PATH", folder.root)
		vi.stubEnv("LANGUAGE", "de")
		expect(changedFiles(tree.root).reason).toBe(
			"The checkout belongs to another user, so Git does not read it. " +
				`If you trust it: git config --global --add safe.directory '${tree.root}'.`,
		)
	})
})
