import { rmSync } from "node:fs"
import { join } from "node:path"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { folderWith, toolsOver, workspaceWith } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"
import { listFilesInput, readFileInput, searchTextInput, WORKSPACE_TOOLS } from "./tools"

/** Runs the tools as the model does, on real folders. These tests do not cover Windows and macOS. */

describe("The workspace tools", () => {
	it("are three, and their definitions list the same members as their input schemas", () => {
		const definitions = WORKSPACE_TOOLS.map(({ function: { name, parameters } }) => [
			name,
			Object.keys(parameters?.properties as object),
			parameters?.required,
		])
		expect(definitions).toEqual([
			["list_files", Object.keys(listFilesInput.shape), []],
			["read_file", Object.keys(readFileInput.shape), ["path"]],
			["search_text", Object.keys(searchTextInput.shape), ["pattern"]],
		])
	})

	it.each([
		[
			"read_file",
			{ path: "a", mode: "r", deep: 1 },
			'read_file was called with a wrong input: Unrecognized keys: "mode", "deep".',
		],
		[
			"read_file",
			{},
			"read_file was called with a wrong input: path: Invalid input: expected string, received undefined.",
		],
		[
			"read_file",
			{ path: "a", from_line: 0 },
			"read_file was called with a wrong input: from_line: Too small: expected number to be >0.",
		],
		["read_file", { path: "a", from_line: 3, to_line: 2 }, "to_line comes before from_line."],
		[
			"list_files",
			null,
			"list_files was called with a wrong input: Invalid input: expected object, received null.",
		],
		["search_text", { pattern: "a\nb" }, "search_text was called with a wrong input: pattern: must be one line."],
		["search_text", { pattern: "a", file_pattern: "{a,b}".repeat(9) }, "file_pattern stands for too many names."],
		["write_file", {}, 'There is no tool "write_file".'],
	])("reply to the invalid call of %s with %j with an error message", async (name, input, text) => {
		expect(await workspaceWith({ a: "" })(name, input)).toEqual({ ok: false, text })
	})

	it("return an answer for any input", async () => {
		const run = workspaceWith({ a: "text" })
		const name = fc.constantFrom("list_files", "read_file", "search_text", "toString")
		const members = fc.record(
			{ path: fc.anything(), pattern: fc.anything(), file_pattern: fc.anything(), from_line: fc.anything() },
			{ requiredKeys: [] },
		)
		await fc.assert(
			fc.asyncProperty(name, fc.oneof(fc.anything(), members), async (tool, input) => {
				const { ok, text } = await run(tool, input)
				expect([typeof ok, typeof text]).toEqual(["boolean", "string"])
			}),
		)
	})

	it("report that no folder is open when there is none or the open folder was deleted", async () => {
		const answer = { ok: false, text: "No folder is open, so there are no files." }
		expect(await toolsOver([])("list_files", {})).toEqual(answer)
		const deleted = folderWith({})
		rmSync(deleted, { recursive: true })
		expect(await toolsOver([{ name: "gone", path: deleted }])("list_files", {})).toEqual(answer)
	})

	it.each([
		["list_files", { recursive: true }],
		["read_file", { path: "a" }],
		["search_text", { pattern: "a" }],
	])("end %s when it is stopped before it starts or while it runs", async (name, input) => {
		const files = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`folder${at}/file`, "text"]))
		const run = workspaceWith({ ...files, a: "line\n".repeat(200_000) })
		const stopped = { ok: false, text: "Stopped before it was done." }
		expect(await run(name, input, AbortSignal.abort())).toEqual(stopped)
		const abort = new AbortController()
		const answer = run(name, input, abort.signal)
		setImmediate(() => abort.abort())
		expect(await answer).toEqual(stopped)
	})
})

describe("list_files", () => {
	const files = {
		"b.ts": "",
		"a/z.ts": "",
		"a/b/c.ts": "",
		"B.ts": "",
		"node_modules/x/index.js": "",
		".git/config": "",
	}

	it("lists the entries of a folder, sorted by name, with a slash after each folder", async () => {
		const run = workspaceWith(files)
		expect((await run("list_files", {})).text).toBe(".git/\nB.ts\na/\nb.ts\nnode_modules/")
		expect((await run("list_files", { path: "a" })).text).toBe("a/b/\na/z.ts")
		expect((await run("list_files", { path: "node_modules/x" })).text).toBe("node_modules/x/index.js")
	})

	it("lists all folders recursively, without .git and node_modules", async () => {
		expect((await workspaceWith(files)("list_files", { recursive: true })).text.split("\n")).toEqual([
			"B.ts",
			"a/",
			"a/b/",
			"a/b/c.ts",
			"a/z.ts",
			"b.ts",
			"What .gitignore names, .git and node_modules are left out.",
		])
	})

	it("reports the number of entries that it does not show", async () => {
		const many = Object.fromEntries(Array.from({ length: 45 }, (_, at) => [`f${at}`, ""]))
		const { text } = await workspaceWith(many, { shownEntries: 3 })("list_files", {})
		expect(text).toBe("f0\nf1\nf10\n… 42 more.")
		const short = await workspaceWith(many, { answerCharacters: 6 })("list_files", { recursive: true })
		expect(short.text.split("\n").slice(0, 3)).toEqual(["f0", "f1", "… 43 more. Name a path to list less."])
	})

	it("reports that it ended early when a limit was reached", async () => {
		const many = Object.fromEntries(Array.from({ length: 50 }, (_, at) => [`f${at}`, ""]))
		const cut = await workspaceWith(many, { walkedEntries: 10 })("list_files", { recursive: true })
		expect(cut.text).toContain("Ended early: there are more.")
		expect(cut.text.match(/^f/gm)).toHaveLength(10)
		const large = await workspaceWith(many, { folderEntries: 10 })("list_files", {})
		expect(large.text).toContain("Of 1 very large folder only 10 entries were read.")
		expect(large.text.match(/^f/gm)).toHaveLength(10)
		const late = await workspaceWith(many, { timeMs: 0 })("list_files", { recursive: true })
		expect(late).toMatchObject({ ok: true, text: expect.stringContaining("Ended early: there are more.") })
	})

	it("reports why a path cannot be listed", async () => {
		const run = workspaceWith({ "a.ts": "" })
		expect(await run("list_files", { path: "a.ts" })).toEqual({ ok: false, text: '"a.ts" is not a folder.' })
		expect(await run("list_files", { path: "b" })).toEqual({ ok: false, text: '"b" is not in the workspace.' })
		expect(await run("list_files", { path: "a.ts/b" })).toEqual({
			ok: false,
			text: '"a.ts/b" is not in the workspace.',
		})
		expect((await workspaceWith({})("list_files", {})).text).toBe("Nothing to list.")
	})

	it("escapes control characters in names, so that a name cannot add a line to the answer", async () => {
		const { text } = await workspaceWith({ "a\nb\u2028c": "" })("list_files", {})
		expect(text).toBe("a\\u000ab\\u2028c")
	})
})

describe("read_file", () => {
	it("returns the lines with their numbers and the total number of lines", async () => {
		const run = workspaceWith({ "a.txt": "one\ntwo\r\n\nfour", "b.txt": "x\n", "empty.txt": "" })
		expect((await run("read_file", { path: "a.txt" })).text).toBe(
			"a.txt, 4 lines, 14 bytes\n1| one\n2| two\n3| \n4| four",
		)
		expect((await run("read_file", { path: "b.txt" })).text).toBe("b.txt, 1 line, 2 bytes\n1| x")
		expect((await run("read_file", { path: "empty.txt" })).text).toBe("empty.txt is empty.")
		expect((await run("read_file", { path: "a.txt", from_line: 2, to_line: 3 })).text).toBe(
			"a.txt, lines 2 to 3 of 4 lines, 14 bytes\n2| two\n3| ",
		)
		expect(await run("read_file", { path: "a.txt", from_line: 5 })).toEqual({
			ok: false,
			text: '"a.txt" has 4 lines, so there is no line 5.',
		})
	})

	it("reports the `from_line` with which to continue when it does not show all lines", async () => {
		const lines = Array.from({ length: 1_245 }, (_, at) => `line ${at + 1}`).join("\n")
		const run = workspaceWith({ "a.txt": lines }, { shownLines: 2 })
		expect((await run("read_file", { path: "a.txt", from_line: 4 })).text).toBe(
			"a.txt, lines 4 to 5 of 1,245 lines, 11,342 bytes\n4| line 4\n5| line 5\n… 1,240 more. Read on with from_line 6.",
		)
	})

	it("truncates a long line without splitting a surrogate pair", async () => {
		const run = workspaceWith({ "a.txt": `ab😀${"c".repeat(300_000)}\nd` }, { lineCharacters: 3 })
		expect((await run("read_file", { path: "a.txt" })).text.split("\n").slice(1)).toEqual([
			"1| ab … 300,002 more characters",
			"2| d",
		])
	})

	it("reads characters and lines that span two chunks", async () => {
		const lines = Array.from({ length: 90_000 }, (_, at) => `é${at}\r`)
		const run = workspaceWith({ "a.txt": lines.join("\n") })
		const { text } = await run("read_file", { path: "a.txt", from_line: 89_999 })
		expect(text.split("\n").slice(1)).toEqual(["89999| é89998", "90000| é89999"])
		for (const at of [12_000, 14_500, 25_000]) {
			const part = await run("read_file", { path: "a.txt", from_line: at, to_line: at + 999 })
			const expected = Array.from({ length: 1_000 }, (_, next) => `${at + next}| é${at + next - 1}`)
			expect(part.text.split("\n").slice(1)).toEqual(expected)
		}
	})

	it("reads UTF-16 and UTF-8 with a byte order mark", async () => {
		const little = Buffer.from("\uFEFFgrün\r\n二", "utf16le")
		const run = workspaceWith({ le: little, be: Buffer.from(little).swap16(), bom: "\uFEFFgrün\r\n二" })
		for (const path of ["le", "be", "bom"])
			expect((await run("read_file", { path })).text.split("\n").slice(1)).toEqual(["1| grün", "2| 二"])
	})

	it.each([
		["a file with a zero byte at the start", Buffer.from([0, 1, 2]), "is a binary file"],
		[
			"a file with a zero byte after 1 MB",
			Buffer.concat([Buffer.alloc(1_000_000, "a\n"), Buffer.from([0])]),
			"is a binary file",
		],
		["a Latin-1 file", Buffer.from("grün\n", "latin1"), "is not UTF-8 text"],
		[
			"a UTF-8 file with an incomplete character at the end",
			Buffer.from("grü").subarray(0, 3),
			"is not UTF-8 text",
		],
		["a UTF-16 file with a lone surrogate", Buffer.from([0xff, 0xfe, 0x00, 0xd8]), "is not UTF-8 text"],
	])("refuses to show %s", async (_, bytes, reason) => {
		expect(await workspaceWith({ file: bytes })("read_file", { path: "file" })).toEqual({
			ok: false,
			text: `"file" ${reason}, so it is not shown.`,
		})
	})

	it("reads a file that .gitignore excludes or that is in node_modules when its path is requested", async () => {
		const run = workspaceWith({ ".gitignore": "out", "out/a": "built", "node_modules/x/a": "module" })
		expect((await run("read_file", { path: "out/a" })).text).toContain("1| built")
		expect((await run("read_file", { path: "node_modules/x/a" })).text).toContain("1| module")
	})

	it("refuses to read a folder or a file that may contain secrets", async () => {
		const links = { notes: { link: ".env" }, ".env.local": { link: "a/b" } }
		const run = workspaceWith({ ".env": "KEY=1", "a/b": "", ...links })
		for (const path of [".env", "notes", ".env.local", "sub/.env"])
			expect(await run("read_file", { path })).toEqual({
				ok: false,
				text: `"${path}" may hold secrets, so it is not read.`,
			})
		expect((await run("read_file", { path: "a" })).text).toBe('"a" is a folder; list_files lists it.')
		expect((await run("read_file", { path: "." })).text).toBe("That is the workspace itself; list_files lists it.")
	})
})

describe("search_text", () => {
	const files = {
		"a.ts": "const Tier = 1\nconst tiers = 2\n",
		"b/c.md": "no\nthe tier\n",
		".env": "tier=secret",
		bin: Buffer.from("tier\0"),
		latin: Buffer.from("tier ü", "latin1"),
		"node_modules/x.ts": "tier",
	}

	it("returns path, line number and line in order, and reports which files were not searched", async () => {
		expect((await workspaceWith(files)("search_text", { pattern: "TIER" })).text.split("\n")).toEqual([
			"3 lines in 2 of 2 files:",
			"a.ts:1| const Tier = 1",
			"a.ts:2| const tiers = 2",
			"b/c.md:2| the tier",
			"2 files not searched: binary, or not UTF-8 text.",
			"1 file not searched: may hold secrets.",
		])
	})

	it.each([
		[{ pattern: "tier", match_case: true }, ["a.ts:2", "b/c.md:2"]],
		[{ pattern: "tier", whole_word: true }, ["a.ts:1", "b/c.md:2"]],
		[{ pattern: "tier", path: "b" }, ["b/c.md:2"]],
		[{ pattern: "tier", path: "a.ts" }, ["a.ts:1", "a.ts:2"]],
		[{ pattern: "tier", file_pattern: "*.md" }, ["b/c.md:2"]],
		[{ pattern: "tier", file_pattern: "b/**" }, ["b/c.md:2"]],
		[{ pattern: "tier", path: "node_modules" }, ["node_modules/x.ts:1"]],
	])("with %j finds %j", async (input, expected) => {
		const { text } = await workspaceWith(files)("search_text", input)
		expect(text.split("\n").flatMap((line) => /^(\S+:\d+)\|/.exec(line)?.[1] ?? [])).toEqual(expected)
	})

	it("searches the literal text, and says so when a regular expression may have been meant", async () => {
		const run = workspaceWith({ a: "f(x) [a-z]+ $1 \\d /* */ {2}|^" })
		for (const pattern of ["(x)", "[a-z]+", "$1", "\\d", "/* */", "{2}|^", "-z"])
			expect((await run("search_text", { pattern })).text).toMatch(/^1 line /)
		expect((await run("search_text", { pattern: "f\\(.*" })).text).toBe(
			"No line has that text; 1 file was searched.\nThe text was searched as it is written, not as a regular expression.",
		)
		expect((await run("search_text", { pattern: "absent" })).text).toBe(
			"No line has that text; 1 file was searched.",
		)
	})

	it("reports the number of matches that it does not show", async () => {
		const run = workspaceWith({ a: "x\n".repeat(1_000), b: "x\n".repeat(243) }, { shownEntries: 3 })
		expect((await run("search_text", { pattern: "x" })).text).toBe(
			"1,243 lines in 2 of 2 files:\na:1| x\na:2| x\na:3| x\n" +
				"… 1,240 more. Name a path, a file_pattern or a longer text to find less.",
		)
	})

	it("shows the part of a long line around the match, and reports lines that it searched only in part", async () => {
		const long = `${"a".repeat(100)}needle${"b".repeat(100)}`
		const limits = { matchCharacters: 12, searchedLineCharacters: 150 }
		const run = workspaceWith({ long, longer: `${"c".repeat(200)}needle` }, limits)
		expect((await run("search_text", { pattern: "needle" })).text.split("\n")).toEqual([
			"1 line in 1 of 2 files:",
			"long:1| … aaaaneedlebb …",
			"Of 2 long lines only the first 150 characters were searched.",
		])
	})

	it("reports that it ended early when the time limit has passed", async () => {
		const { ok, text } = await workspaceWith(files, { timeMs: 0 })("search_text", { pattern: "tier" })
		expect(ok).toBe(true)
		expect(text).toContain("Ended early: there are more files.")
	})

	it("returns the matches of 100 files in the order of the files", async () => {
		const names = Array.from({ length: 100 }, (_, at) => `f${String(at).padStart(3, "0")}`)
		const sizes = Object.fromEntries(names.map((name, at) => [name, `${"y\n".repeat(((at * 37) % 100) * 100)}x`]))
		const { text } = await workspaceWith(sizes)("search_text", { pattern: "x" })
		expect([...text.matchAll(/^(f\d+):/gm)].map(([, name]) => name)).toEqual(names)
	})
})

describe("Several workspace folders", () => {
	it("have paths that begin with the name of the folder", async () => {
		const one = folderWith({ "a.ts": "tier", "b/c.ts": "" })
		const two = folderWith({ "a.ts": "a tier" })
		const run = toolsOver([
			{ name: "one", path: one },
			{ name: "two", path: two },
		])
		expect((await run("list_files", {})).text).toBe("one/\ntwo/")
		expect((await run("list_files", { path: "one" })).text).toBe("one/a.ts\none/b/")
		expect((await run("list_files", { recursive: true })).text.split("\n").slice(0, -1)).toEqual([
			"one/",
			"one/a.ts",
			"one/b/",
			"one/b/c.ts",
			"two/",
			"two/a.ts",
		])
		expect((await run("read_file", { path: "one/../two/a.ts" })).text).toContain("1| a tier")
		expect((await run("search_text", { pattern: "tier", file_pattern: "a.ts" })).text).toContain(
			"one/a.ts:1| tier\ntwo/a.ts:1| a tier",
		)
		expect((await run("search_text", { pattern: "tier", file_pattern: "two/*" })).text).not.toContain("one/")
		expect(await run("read_file", { path: "a.ts" })).toEqual({
			ok: false,
			text: '"a.ts" does not begin with the name of a workspace folder: "one", "two".',
		})
		expect((await run("read_file", { path: "one/../../x" })).text).toContain("leaves the workspace")
	})

	it("get unique names when users gave them the same name or one that is invalid in a path", async () => {
		const folders = ["app", "app", "a/b", ".."].map((name, at) => ({ name, path: folderWith({ [`f${at}`]: "" }) }))
		const run = toolsOver(folders)
		expect((await run("list_files", {})).text).toBe("app/\napp (2)/\na-b/\nfolder ../")
		expect((await run("list_files", { path: "app (2)" })).text).toBe("app (2)/f1")
		expect((await run("list_files", { path: "folder .." })).text).toBe("folder ../f3")
	})

	it("keep their names while one of them does not exist", async () => {
		const here = folderWith({ a: "" })
		const run = toolsOver([
			{ name: "here", path: here },
			{ name: "gone", path: join(here, "gone") },
		])
		expect((await run("list_files", {})).text).toBe("here/")
	})

	it("can link to each other", async () => {
		const two = folderWith({ "a.ts": "tier" })
		const one = folderWith({ other: { link: two } })
		const run = toolsOver([
			{ name: "one", path: one },
			{ name: "two", path: two },
		])
		expect((await run("read_file", { path: "one/other/a.ts" })).text).toContain("1| tier")
	})
})
