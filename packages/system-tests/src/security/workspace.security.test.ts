import { execFileSync } from "node:child_process"
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { basename, join, win32 } from "node:path"
import { Worker } from "node:worker_threads"
import fc from "fast-check"
import { beforeEach, expect, it, type TestContext } from "vitest"
import { isInside } from "../../../../src/app/workspace-tools/guard"
import { folderWith, toolsOver, type Run } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"
import { parseWorkspacePath } from "../../../../src/app/workspace-tools/workspace-path"
import { measured, report, SEED } from "./testing/report"

/** The model's tools read in the open folders, and nowhere else. What each rule means is in the tests beside the tools. */

const CANARY = "outside-77b1c0"
const SECRET = "env-secret-19ac"
let outside: string
let inside: string
let run: Run

beforeEach(() => {
	outside = folderWith({ "canary.txt": CANARY, "sub/canary.txt": CANARY })
	inside = folderWith({
		"file.txt": "plain text",
		"sub/file.txt": "inside text",
		".env": SECRET,
		"keys/id_rsa": SECRET,
		out: { link: outside },
		"out.txt": { link: join(outside, "canary.txt") },
		relative: { link: join("..", basename(outside)) },
		"sub/one": { link: "../out" },
		two: { link: "sub/one" },
		loop: { link: "loop" },
		up: { link: "." },
		all: { link: "/" },
		self: { link: "/proc/self" },
		secret: { link: ".env" },
	})
	run = toolsOver([{ name: "project", path: inside }])
})

async function askAll(path: string): Promise<string> {
	const answers = await Promise.all([
		run("read_file", { path }),
		run("list_files", { path, recursive: true }),
		run("search_text", { path, pattern: "secret" }),
		run("search_text", { path, pattern: "outside" }),
	])
	return answers.map(({ text }) => text).join("\n")
}

const GROUPS: Readonly<Record<string, () => readonly string[]>> = {
	"links to a file or folder outside, chains of them, loops, to /, to /proc": () => [
		"out",
		"out.txt",
		"out/canary.txt",
		"relative/canary.txt",
		"two",
		"two/sub/canary.txt",
		"loop",
		"all",
		`all${outside}/canary.txt`,
		"up/up/two/canary.txt",
		"self/environ",
		"self/root/etc/passwd",
	],
	"..": () => [
		"..",
		"../",
		`../${basename(outside)}/canary.txt`,
		"sub/../../x",
		"sub/./.././../x",
		"..\\..\\x",
		`..\\${basename(outside)}\\canary.txt`,
		"file.txt/../../x",
		".. /x",
		"..;/x",
	],
	"absolute paths": () => [
		join(outside, "canary.txt"),
		`/${outside}/canary.txt`,
		`file://${outside}/canary.txt`,
		"~/x",
		"~root/x",
		"/proc/self/environ",
		"/dev/stdin",
	],
	capitals: () => ["OUT/canary.txt", "Out.txt", ".ENV", ".Env", "KEYS/ID_RSA", "keys/Id_rsa"],
	"NUL, control characters, percent, look-alikes": () => [
		"out\0.txt",
		"file.txt\0/../../x",
		"a\nb",
		"%2e%2e/x",
		"%2e%2e%2fcanary.txt",
		"..%2f..%2fx",
		"..%c0%afx",
		"\uff0e\uff0e/x",
		"․․/x",
		"‥/x",
		"..\u2215x",
	],
	"Windows' forms: drives, UNC, devices, streams": () => [
		"C:\\Windows\\win.ini",
		"C:x",
		"\\\\server\\share\\x",
		"//server/share/x",
		"\\\\?\\C:\\x",
		"\\\\.\\pipe\\x",
		"//./COM1",
		"NUL",
		"CON.txt",
		"file.txt:stream",
		"file.txt::$DATA",
	],
	"files that usually hold secrets, by name and by link": () => [
		".env",
		"./.env",
		"sub/../.env",
		"secret",
		"keys/id_rsa",
	],
}

it.for(Object.entries(GROUPS))("%s", async ([what, paths], context) => {
	report(context as TestContext, {
		area: "workspace",
		tried: `the model asks to read, list and search: ${what}`,
		holds: "a sentence for the model; nothing from outside, no secret",
	})
	for (const path of paths()) {
		const text = await askAll(path)
		expect([path, text.includes(CANARY), text.includes(SECRET), /root:.*:0:0/.test(text)]).toEqual([
			path,
			false,
			false,
			false,
		])
		expect([path, (await run("read_file", { path })).ok]).toEqual([path, false])
	}
})

it("Windows, as its paths are understood there", (context) => {
	report(context, {
		area: "workspace",
		tried: "20,000 generated paths in Windows' forms, by Windows' rules for paths",
		holds: "refused, or below the folder; no device, no stream, no trailing dot or space",
	})
	const part = fc.oneof(
		fc.constantFrom(
			"..",
			".",
			"",
			"a",
			"C:",
			"c:",
			"NUL",
			"com1",
			"aux.txt",
			"a.",
			"a ",
			".. ",
			"...",
			"x:y",
			"~",
			"\\\\?\\",
			"CONIN$",
		),
		fc.string({ maxLength: 3 }),
	)
	fc.assert(
		fc.property(fc.array(part, { maxLength: 6 }), fc.constantFrom("/", "\\"), (parts, separator) => {
			let segments: string[]
			try {
				segments = parseWorkspacePath(parts.join(separator), true)
			} catch {
				return
			}
			const path = win32.join("C:\\w\\root", ...segments)
			expect(isInside("C:\\w\\root", path, win32)).toBe(true)
			for (const segment of segments)
				expect(segment).not.toMatch(/^(con|nul|aux|prn|com\d|lpt\d|conin\$)(\.|$)|[. ]$|:/i)
		}),
		{ numRuns: 20_000, seed: SEED },
	)
	measured(context, `paths in Windows' forms: 20,000, seed ${SEED}`)
})

it("generated paths", async (context) => {
	report(context, {
		area: "workspace",
		tried: "2,000 generated paths of names, links, dots, separators, absolute parts and odd characters",
		holds: "nothing from outside, no secret",
	})
	const part = fc.oneof(
		fc.constantFrom(
			"..",
			".",
			"",
			"out",
			"out.txt",
			"relative",
			"two",
			"sub",
			"one",
			"all",
			"self",
			"up",
			"loop",
			"secret",
			".env",
			"canary.txt",
			"root",
			"cwd",
			"\0",
			"%2e%2e",
			"C:",
			"~",
		),
		fc.constant(outside),
		fc.constant(outside.slice(1)),
		fc.string({ maxLength: 4 }),
	)
	const path = fc
		.tuple(fc.array(part, { maxLength: 7 }), fc.constantFrom("/", "\\", "//"))
		.map(([parts, by]) => parts.join(by))
	await fc.assert(
		fc.asyncProperty(path, async (hostile) => {
			// What is asked for comes back in the answer.
			const text = await askAll(hostile)
			expect(text.includes(CANARY) || text.includes(SECRET)).toBe(false)
		}),
		{ numRuns: 2_000, seed: SEED },
	)
	measured(context, `paths: 2,000, seed ${SEED}`)
})

it("while another program swaps a folder with a link to the outside", async (context) => {
	report(context, {
		area: "workspace",
		tried: "files and folders that are swapped with links to the outside while they are read, 300 times",
		holds: "what was inside, or a sentence; never what lies outside",
	})
	const place = join(inside, "swapped")
	mkdirSync(place)
	writeFileSync(join(place, "canary.txt"), "inside text")
	const swapping = new Worker(
		`const { renameSync, symlinkSync, unlinkSync } = require("node:fs")
		const { place, away, outside } = require("node:worker_threads").workerData
		for (;;) { renameSync(place, away); symlinkSync(outside, place); unlinkSync(place); renameSync(away, place) }`,
		{ eval: true, workerData: { place, away: `${place}-away`, outside } },
	)
	const texts: string[] = []
	try {
		for (let round = 0; round < 300; round++)
			texts.push(await askAll("swapped/canary.txt"), await askAll("swapped"))
	} finally {
		await swapping.terminate()
	}
	expect(texts.some((text) => text.includes("inside text"))).toBe(true)
	expect(texts.join("\n")).not.toContain(CANARY)
})

it("what is no plain file", async (context) => {
	report(context, {
		area: "workspace",
		tried: "a pipe, a device by a link, a folder in place of a file, a file that became a pipe",
		holds: "a sentence; nothing waits and nothing is opened",
	})
	execFileSync("mkfifo", [join(inside, "pipe")])
	symlinkSync("/dev/zero", join(inside, "zero"))
	symlinkSync("pipe", join(inside, "pipe-link"))
	renameSync(join(inside, "file.txt"), join(inside, "moved.txt"))
	mkdirSync(join(inside, "file.txt"))
	for (const path of ["pipe", "pipe-link", "zero", "file.txt"])
		expect([path, (await run("read_file", { path })).ok]).toEqual([path, false])
	expect((await run("search_text", { pattern: "text" })).ok).toBe(true)
})

it("they would be seen", async (context) => {
	report(context, {
		area: "workspace",
		tried: "the same look at the folder outside, opened as a workspace; and a hard link, which is no link to be seen",
		holds: "what lies there is found: the look is no blind one. A hard link is a file of the workspace",
	})
	rmSync(join(inside, "out.txt"))
	linkSync(join(outside, "canary.txt"), join(inside, "out.txt"))
	expect((await run("read_file", { path: "out.txt" })).text).toContain(CANARY)
	run = toolsOver([{ name: "outside", path: outside }])
	expect(await askAll("")).toContain(CANARY)
})
