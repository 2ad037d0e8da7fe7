import { execFileSync } from "node:child_process"
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { open } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import fc from "fast-check"
import { beforeEach, describe, expect, it } from "vitest"
import { Deadline, withTimeout } from "./deadline"
import { find, openFile, openRoots, readFolder, verifyOpenedPath, type Found, type Root } from "./guard"
import { LIMITS } from "./limits"
import { listFiles } from "./list-files"
import { readFile } from "./read-file"
import { searchText } from "./search-text"
import { folderWith, toolsOver, type Run } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"

/** No answer contains anything from outside the open folders, for any input and any links in these folders. */

const CANARY = "canary-5f1e"
/** Name of a file outside the workspace. No request contains it, so an answer can only know it from the disk. */
const UNNAMED = "unnamed-83ac"

let outside: string
let inside: string
let run: Run

beforeEach(() => {
	outside = folderWith({ "canary.txt": CANARY, [`sub/${UNNAMED}`]: CANARY, "sub/canary.txt": CANARY })
	inside = folderWith({
		"file.txt": "plain text",
		"sub/canary.txt": "inside text",
		out: { link: outside },
		"out.txt": { link: join(outside, "canary.txt") },
		relative: { link: join("..", outside.split("/").at(-1) as string) },
		chain: { link: "sub/chain" },
		"sub/chain": { link: "../out/sub" },
		loop: { link: "loop" },
		nothing: { link: "not-there" },
		in: { link: "sub" },
		"in.txt": { link: "sub/../in/canary.txt" },
		up: { link: "." },
		all: { link: "/" },
	})
	run = toolsOver([{ name: "project", path: inside }])
})

async function runAllTools(path: string): Promise<string> {
	const answers = await Promise.all([
		run("read_file", { path }),
		run("list_files", { path }),
		run("list_files", { path, recursive: true }),
		// Only a part of the canary is searched for, so the whole canary can only come from a file.
		run("search_text", { path, pattern: CANARY.slice(0, 4) }),
	])
	return answers.map(({ text }) => text).join("\n")
}

describe("A symbolic link", () => {
	it.each([
		"out",
		"out.txt",
		"out/canary.txt",
		"relative/sub",
		"chain",
		"sub/chain/canary.txt",
		"all",
		"all/etc",
		"up/up/out",
	])("that leaves the workspace is refused: %s", async (path) => {
		const refused = { ok: false, text: `"${path}" leads out of the workspace, so it is not read.` }
		expect(await run("read_file", { path })).toEqual(refused)
		expect(await run("list_files", { path })).toEqual(refused)
		expect(await run("search_text", { path, pattern: "a" })).toEqual(refused)
	})

	it.each([
		["loop", "is a link that was not followed"],
		["nothing", "is not in the workspace"],
		["file.txt/../out.txt", "leads out of the workspace"],
	])("makes read_file of %s fail with the message: %s", async (path, reason) => {
		expect((await run("read_file", { path })).text).toContain(reason)
	})

	it("with a target inside the workspace is followed", async () => {
		expect((await run("read_file", { path: "in.txt" })).text).toContain("1| inside text")
		expect((await run("read_file", { path: "in/canary.txt" })).text).toContain("1| inside text")
		expect((await run("list_files", { path: "in" })).text).toContain("in/canary.txt")
		expect((await run("search_text", { path: "in", pattern: "text" })).text).toContain(
			"in/canary.txt:1| inside text",
		)
	})

	it("is listed but not followed when its target is inside, and only counted when its target is outside", async () => {
		expect((await run("list_files", { recursive: true })).text.split("\n")).toEqual([
			"file.txt",
			"in/ (link)",
			"in.txt (link)",
			"sub/",
			"sub/canary.txt",
			"up/ (link)",
			"8 links that lead out of the workspace or to nothing: left out.",
			"What .gitignore names, .git and node_modules are left out.",
		])
	})

	it("is not searched itself; its target is searched at its own path", async () => {
		expect((await run("search_text", { pattern: "text" })).text.split("\n")).toEqual([
			"2 lines in 2 of 2 files:",
			"file.txt:1| plain text",
			"sub/canary.txt:1| inside text",
			"8 links that lead out of the workspace or to nothing: left out.",
		])
	})

	it("can be the workspace folder itself", async () => {
		const link = join(folderWith({}), "link")
		symlinkSync(inside, link)
		const linked = toolsOver([{ name: "project", path: link }])
		expect((await linked("read_file", { path: "file.txt" })).text).toContain("plain text")
		expect((await linked("read_file", { path: "out.txt" })).text).toContain("leads out")
	})

	it("is not followed when it is named .gitignore", async () => {
		writeFileSync(join(outside, "rules"), "file.txt")
		symlinkSync(join(outside, "rules"), join(inside, ".gitignore"))
		expect((await run("list_files", { recursive: true })).text).toContain("file.txt")
	})
})

describe("Hostile paths", () => {
	const part = () =>
		fc.oneof(
			fc.constantFrom(
				"..",
				".",
				"",
				"out",
				"out.txt",
				"relative",
				"chain",
				"in",
				"in.txt",
				"up",
				"sub",
				"all",
				"loop",
			),
			fc.constantFrom(
				"canary.txt",
				"file.txt",
				"~",
				"C:",
				"\0",
				"%2e%2e",
				"..;",
				"OUT",
				"proc",
				"self",
				"root",
				"cwd",
			),
			fc.constant(outside.slice(1)),
			fc.constant(outside),
			fc.string({ maxLength: 4 }),
		)

	it("give no access to content outside the workspace", async () => {
		const path = fc
			.tuple(
				fc.array(part(), { maxLength: 7 }),
				fc.constantFrom("/", "\\", "//"),
				fc.constantFrom("", "/", "\\\\", "../"),
			)
			.map(([parts, separator, start]) => start + parts.join(separator))
		await fc.assert(
			fc.asyncProperty(path, async (hostile) => {
				const text = await runAllTools(hostile)
				expect(text).not.toContain(CANARY)
				expect(text).not.toContain(UNNAMED)
			}),
			{ numRuns: 300 },
		)
	})

	it("give no access to content outside the workspace for any links inside it", async () => {
		const names = ["l0", "l1", "l2", "sub/l3", "sub/l4"]
		const target = fc
			.array(fc.constantFrom("..", "l0", "l1", "l2", "sub", "l3", "l4", "canary.txt", "OUTSIDE"), {
				minLength: 1,
				maxLength: 4,
			})
			.map(
				(parts) => (outsidePath: string) =>
					parts.map((part) => (part === "OUTSIDE" ? outsidePath : part)).join("/"),
			)
		await fc.assert(
			fc.asyncProperty(fc.array(target, { minLength: 5, maxLength: 5 }), async (targets) => {
				for (const [index, name] of names.entries()) {
					rmSync(join(inside, name), { force: true })
					symlinkSync((targets[index] as (outsidePath: string) => string)(outside), join(inside, name))
				}
				for (const path of ["", ...names, "l0/canary.txt", "l1/l2/canary.txt", "sub/l3/sub"]) {
					const text = await runAllTools(path)
					expect(text).not.toContain(CANARY)
					expect(text).not.toContain(UNNAMED)
				}
			}),
			{ numRuns: 40 },
		)
	})

	it("would be detected if they gave access: opening the outside folder shows the canary", async () => {
		run = toolsOver([{ name: "outside", path: outside }])
		const text = await runAllTools("")
		expect(text).toContain(CANARY)
		expect(text).toContain(UNNAMED)
	})
})

describe("A file or folder that is swapped after it was found", () => {
	let roots: Root[]
	const locate = async (path: string) => (await find(roots, path)) as Found
	beforeEach(async () => {
		roots = await openRoots([{ name: "project", path: inside }])
	})

	it("is not read when the file became a link", async () => {
		const found = await locate("file.txt")
		rmSync(join(inside, "file.txt"))
		symlinkSync(join(outside, "canary.txt"), join(inside, "file.txt"))
		await expect(openFile(roots, found)).rejects.toThrow('"file.txt" is a link that was not followed.')
	})

	it("is not read when its parent folder became a link", async () => {
		const found = await locate("sub/canary.txt")
		const folder = await locate("sub")
		renameSync(join(inside, "sub"), join(inside, "moved"))
		symlinkSync(outside, join(inside, "sub"))
		await expect(openFile(roots, found)).rejects.toThrow("leads out of the workspace")
		await expect(readFolder(roots, folder, 10)).rejects.toThrow("leads out of the workspace")
	})

	it("is detected by comparing file ids when the system does not report the opened path", async () => {
		const path = join(inside, "sub/canary.txt")
		const handle = await open(join(outside, "canary.txt"))
		const own = await open(path)
		try {
			expect(await verifyOpenedPath(path, await own.stat({ bigint: true }))).toBe(path)
			const opened = await handle.stat({ bigint: true })
			await expect(verifyOpenedPath(path, opened)).rejects.toThrow("put in another's place")
		} finally {
			await handle.close()
			await own.close()
		}
	})

	it("exposes no outside content while another program keeps swapping it", async () => {
		const path = join(inside, "swapped")
		mkdirSync(path)
		writeFileSync(join(path, "canary.txt"), "inside text")
		const swapper = new Worker(SWAP, { eval: true, workerData: { path, backup: `${path}-backup`, outside } })
		const texts: string[] = []
		try {
			for (let round = 0; round < 300; round++)
				texts.push(
					(await run("read_file", { path: "swapped/canary.txt" })).text,
					(await run("search_text", { path: "swapped", pattern: CANARY.slice(0, 4) })).text,
				)
		} finally {
			await swapper.terminate()
		}
		expect(texts.some((text) => text.includes("inside text"))).toBe(true)
		expect(texts.join("\n")).not.toContain(CANARY)
	})
})

/** Worker code that swaps a folder with a link in an endless loop, until the worker is terminated. */
const SWAP = `
	const { renameSync, symlinkSync, unlinkSync } = require("node:fs")
	const { path, backup, outside } = require("node:worker_threads").workerData
	for (;;) {
		renameSync(path, backup)
		symlinkSync(outside, path)
		unlinkSync(path)
		renameSync(backup, path)
	}
`

describe("A file that is not a regular file", () => {
	it("is listed but not opened, because a pipe or a socket could block forever", async () => {
		execFileSync("mkfifo", [join(inside, "pipe")])
		// eslint-disable-next-line bedrock-tiers/loopback-only -- a socket file, not a port
		const server = createServer().listen(join(inside, "socket"))
		const link = join(inside, "pipe-link")
		symlinkSync("pipe", link)
		try {
			for (const path of ["pipe", "socket", "pipe-link"])
				expect(await run("read_file", { path })).toEqual({
					ok: false,
					text: `"${path}" is not a plain file, so it is not read.`,
				})
			const { text } = await run("list_files", {})
			expect(text).toContain("pipe (no plain file)\npipe-link (link) (no plain file)\nsocket (no plain file)")
			expect((await run("search_text", { pattern: "text" })).ok).toBe(true)
			expect((await run("search_text", { path: "pipe", pattern: "text" })).text).toContain(
				"1 file could not be read.",
			)
		} finally {
			await new Promise((closed) => server.close(closed))
		}
	})

	it("does not block when it replaced a regular file after that was found", async () => {
		const roots = await openRoots([{ name: "project", path: inside }])
		const found = (await find(roots, "file.txt")) as Found
		rmSync(join(inside, "file.txt"))
		execFileSync("mkfifo", [join(inside, "file.txt")])
		await expect(openFile(roots, found)).rejects.toThrow("is not a plain file")
	})
})

describe("A call that the user stops", () => {
	it("stops its work and not only the wait for its result", async () => {
		const roots = await openRoots([{ name: "project", path: inside }])
		const call = { roots, limits: LIMITS, deadline: new Deadline(AbortSignal.abort(), 10_000) }
		await expect(listFiles(call, { recursive: true })).rejects.toThrow("Stopped")
		await expect(readFile(call, { path: "file.txt" })).rejects.toThrow("Stopped")
		await expect(searchText(call, { pattern: "a" })).rejects.toThrow("Stopped")
		await expect(searchText(call, { pattern: "a", path: "file.txt" })).rejects.toThrow("Stopped")
	})

	it("ends without waiting for an unresponsive drive", async () => {
		const never = new Promise<string>(() => undefined)
		const identity = (message: string) => message
		expect(await withTimeout(AbortSignal.abort(), 60_000, never, identity)).toBe("Stopped before it was done.")
		const abort = new AbortController()
		const answer = withTimeout(abort.signal, 60_000, never, identity)
		abort.abort()
		expect(await answer).toBe("Stopped before it was done.")
		expect(await withTimeout(new AbortController().signal, 1, never, identity)).toBe(
			"The files could not be reached in time.",
		)
	})
})
