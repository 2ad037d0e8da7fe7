import { execFileSync } from "node:child_process"
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { open } from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import { Worker } from "node:worker_threads"
import fc from "fast-check"
import { beforeEach, describe, expect, it } from "vitest"
import { Clock, endedBy } from "./clock"
import { comparedPath, find, openFile, openRoots, readFolder, type Found, type Root } from "./guard"
import { LIMITS } from "./limits"
import { listFiles } from "./list-files"
import { readFile } from "./read-file"
import { searchText } from "./search-text"
import { folderWith, toolsOver, type Run } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"

/** Nothing from outside the open folders comes into an answer, whatever is asked and whatever links lie in them. */

const CANARY = "canary-5f1e"
/** A file outside that no test asks for by its name. */
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

async function askAll(path: string): Promise<string> {
	const answers = await Promise.all([
		run("read_file", { path }),
		run("list_files", { path }),
		run("list_files", { path, recursive: true }),
		run("search_text", { path, pattern: CANARY.slice(0, 4) }),
	])
	// What was searched for, and so comes into no answer but from a file.
	return answers.map(({ text }) => text).join("\n")
}

describe("a link", () => {
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
	])("that leads out is refused: %s", async (path) => {
		const refused = { ok: false, text: `"${path}" leads out of the workspace, so it is not read.` }
		expect(await run("read_file", { path })).toEqual(refused)
		expect(await run("list_files", { path })).toEqual(refused)
		expect(await run("search_text", { path, pattern: "a" })).toEqual(refused)
	})

	it.each([
		["loop", "is a link that was not followed"],
		["nothing", "is not in the workspace"],
		["file.txt/../out.txt", "leads out of the workspace"],
	])("%s %s", async (path, why) => {
		expect((await run("read_file", { path })).text).toContain(why)
	})

	it("that stays inside works", async () => {
		expect((await run("read_file", { path: "in.txt" })).text).toContain("1| inside text")
		expect((await run("read_file", { path: "in/canary.txt" })).text).toContain("1| inside text")
		expect((await run("list_files", { path: "in" })).text).toContain("in/canary.txt")
		expect((await run("search_text", { path: "in", pattern: "text" })).text).toContain(
			"in/canary.txt:1| inside text",
		)
	})

	it("is listed when it stays inside, is not followed, and is counted when it leads out", async () => {
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

	it("is not searched by itself: what it leads to is, at its own place", async () => {
		expect((await run("search_text", { pattern: "text" })).text.split("\n")).toEqual([
			"2 lines in 2 of 2 files:",
			"file.txt:1| plain text",
			"sub/canary.txt:1| inside text",
			"8 links that lead out of the workspace or to nothing: left out.",
		])
	})

	it("may be the workspace folder itself", async () => {
		const link = join(folderWith({}), "link")
		symlinkSync(inside, link)
		const linked = toolsOver([{ name: "project", path: link }])
		expect((await linked("read_file", { path: "file.txt" })).text).toContain("plain text")
		expect((await linked("read_file", { path: "out.txt" })).text).toContain("leads out")
	})

	it("is not followed for a .gitignore", async () => {
		writeFileSync(join(outside, "rules"), "file.txt")
		symlinkSync(join(outside, "rules"), join(inside, ".gitignore"))
		expect((await run("list_files", { recursive: true })).text).toContain("file.txt")
	})
})

describe("hostile paths", { timeout: 30_000 }, () => {
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

	it("give nothing from outside", async () => {
		const path = fc
			.tuple(
				fc.array(part(), { maxLength: 7 }),
				fc.constantFrom("/", "\\", "//"),
				fc.constantFrom("", "/", "\\\\", "../"),
			)
			.map(([parts, separator, start]) => start + parts.join(separator))
		await fc.assert(
			fc.asyncProperty(path, async (hostile) => {
				const text = await askAll(hostile)
				expect(text).not.toContain(CANARY)
				expect(text).not.toContain(UNNAMED)
			}),
			{ numRuns: 300 },
		)
	})

	it("give nothing from outside, whatever links lie inside", async () => {
		const names = ["l0", "l1", "l2", "sub/l3", "sub/l4"]
		const target = fc
			.array(fc.constantFrom("..", "l0", "l1", "l2", "sub", "l3", "l4", "canary.txt", "OUTSIDE"), {
				minLength: 1,
				maxLength: 4,
			})
			.map((parts) => (at: string) => parts.map((one) => (one === "OUTSIDE" ? at : one)).join("/"))
		await fc.assert(
			fc.asyncProperty(fc.array(target, { minLength: 5, maxLength: 5 }), async (targets) => {
				for (const [at, name] of names.entries()) {
					rmSync(join(inside, name), { force: true })
					symlinkSync((targets[at] as (at: string) => string)(outside), join(inside, name))
				}
				for (const path of ["", ...names, "l0/canary.txt", "l1/l2/canary.txt", "sub/l3/sub"]) {
					const text = await askAll(path)
					expect(text).not.toContain(CANARY)
					expect(text).not.toContain(UNNAMED)
				}
			}),
			{ numRuns: 40 },
		)
	})

	it("would be seen if they gave something: the same folder, opened, does", async () => {
		run = toolsOver([{ name: "outside", path: outside }])
		const text = await askAll("")
		expect(text).toContain(CANARY)
		expect(text).toContain(UNNAMED)
	})
})

describe("what is swapped after it was found", () => {
	let roots: Root[]
	const locate = async (path: string) => (await find(roots, path)) as Found
	beforeEach(async () => {
		roots = await openRoots([{ name: "project", path: inside }])
	})

	it("gives nothing where a file became a link", async () => {
		const found = await locate("file.txt")
		rmSync(join(inside, "file.txt"))
		symlinkSync(join(outside, "canary.txt"), join(inside, "file.txt"))
		await expect(openFile(roots, found)).rejects.toThrow('"file.txt" is a link that was not followed.')
	})

	it("gives nothing where the folder above became a link", async () => {
		const found = await locate("sub/canary.txt")
		const folder = await locate("sub")
		renameSync(join(inside, "sub"), join(inside, "moved"))
		symlinkSync(outside, join(inside, "sub"))
		await expect(openFile(roots, found)).rejects.toThrow("leads out of the workspace")
		await expect(readFolder(roots, folder, 10)).rejects.toThrow("leads out of the workspace")
	})

	it("is told by comparison where the system does not name what was opened", async () => {
		const path = join(inside, "sub/canary.txt")
		const handle = await open(join(outside, "canary.txt"))
		const own = await open(path)
		try {
			expect(await comparedPath(path, await own.stat({ bigint: true }))).toBe(path)
			const opened = await handle.stat({ bigint: true })
			await expect(comparedPath(path, opened)).rejects.toThrow("put in another's place")
		} finally {
			await handle.close()
			await own.close()
		}
	})

	it("gives nothing while another program swaps it to and fro", { timeout: 30_000 }, async () => {
		const place = join(inside, "swapped")
		mkdirSync(place)
		writeFileSync(join(place, "canary.txt"), "inside text")
		const swapping = new Worker(SWAP, { eval: true, workerData: { place, away: `${place}-away`, outside } })
		const texts: string[] = []
		try {
			for (let round = 0; round < 300; round++)
				texts.push(
					(await run("read_file", { path: "swapped/canary.txt" })).text,
					(await run("search_text", { path: "swapped", pattern: CANARY.slice(0, 4) })).text,
				)
		} finally {
			await swapping.terminate()
		}
		expect(texts.some((text) => text.includes("inside text"))).toBe(true)
		expect(texts.join("\n")).not.toContain(CANARY)
	})
})

/** Without end, until the thread is ended. */
const SWAP = `
	const { renameSync, symlinkSync, unlinkSync } = require("node:fs")
	const { place, away, outside } = require("node:worker_threads").workerData
	for (;;) {
		renameSync(place, away)
		symlinkSync(outside, place)
		unlinkSync(place)
		renameSync(away, place)
	}
`

describe("what is no plain file", () => {
	it("is named, and not opened: a pipe and a socket would wait without end", async () => {
		execFileSync("mkfifo", [join(inside, "pipe")])
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

	it("is not waited for when it took a file's place after that was found", async () => {
		const roots = await openRoots([{ name: "project", path: inside }])
		const found = (await find(roots, "file.txt")) as Found
		rmSync(join(inside, "file.txt"))
		execFileSync("mkfifo", [join(inside, "file.txt")])
		await expect(openFile(roots, found)).rejects.toThrow("is not a plain file")
	})
})

describe("a call that is stopped", () => {
	it("stops working too, not only waiting", async () => {
		const roots = await openRoots([{ name: "project", path: inside }])
		const call = { roots, limits: LIMITS, clock: new Clock(AbortSignal.abort(), 10_000) }
		await expect(listFiles(call, { recursive: true })).rejects.toThrow("Stopped")
		await expect(readFile(call, { path: "file.txt" })).rejects.toThrow("Stopped")
		await expect(searchText(call, { pattern: "a" })).rejects.toThrow("Stopped")
		await expect(searchText(call, { pattern: "a", path: "file.txt" })).rejects.toThrow("Stopped")
	})

	it("does not wait for a drive that does not answer", async () => {
		const never = new Promise<string>(() => undefined)
		const asItIs = (sentence: string) => sentence
		expect(await endedBy(AbortSignal.abort(), 60_000, never, asItIs)).toBe("Stopped before it was done.")
		const abort = new AbortController()
		const answer = endedBy(abort.signal, 60_000, never, asItIs)
		abort.abort()
		expect(await answer).toBe("Stopped before it was done.")
		expect(await endedBy(new AbortController().signal, 1, never, asItIs)).toBe(
			"The files could not be reached in time.",
		)
	})
})
