import { execFileSync } from "node:child_process"
import { generateKeyPairSync } from "node:crypto"
import { linkSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { basename, join, win32 } from "node:path"
import { Worker } from "node:worker_threads"
import fc from "fast-check"
import { beforeEach, expect, it, type TestContext } from "vitest"
import { isInside } from "../../../../src/app/workspace-tools/guard"
import { folderWith, toolsOver, workspaceWith, type Run } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"
import { HARMLESS_PATHS, SENSITIVE_PATHS } from "@bedrock-tiers/test-kit/samples/file-names"
import { sampleSize } from "@bedrock-tiers/test-kit/sampling"
import { parseWorkspacePath } from "../../../../src/app/workspace-tools/workspace-path"
import { recordMeasurement, report, SEED } from "./testing/report"

/** The model's tools read files in the open folders only. The unit tests of the tools specify each rule. */

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

async function runAllTools(path: string): Promise<string> {
	const results = await Promise.all([
		run("read_file", { path }),
		run("list_files", { path, recursive: true }),
		run("search_text", { path, pattern: "secret" }),
		run("search_text", { path, pattern: "outside" }),
	])
	return results.map(({ text }) => text).join("\n")
}

const PATH_GROUPS: Readonly<Record<string, () => readonly string[]>> = {
	"links to files and folders outside, link chains and loops, links to / and /proc": () => [
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
	"paths with ..": () => [
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
	"paths with different letter case": () => [
		"OUT/canary.txt",
		"Out.txt",
		".ENV",
		".Env",
		"KEYS/ID_RSA",
		"keys/Id_rsa",
	],
	"NUL, control characters, percent encoding and look-alike characters": () => [
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
	"Windows paths: drives, UNC, devices, streams": () => [
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
	"files that usually contain secrets, by name and by link": () => [
		".env",
		"./.env",
		"sub/../.env",
		"secret",
		"keys/id_rsa",
	],
}

it.for(Object.entries(PATH_GROUPS))("Workspace tools refuse %s", async ([group, paths], context) => {
	report(context as TestContext, {
		area: "workspace",
		tried: `the model reads, lists and searches: ${group}`,
		holds: "an error message for the model; nothing from outside, no secret",
	})
	for (const path of paths()) {
		const text = await runAllTools(path)
		expect([path, text.includes(CANARY), text.includes(SECRET), /root:.*:0:0/.test(text)]).toEqual([
			path,
			false,
			false,
			false,
		])
		expect([path, (await run("read_file", { path })).ok]).toEqual([path, false])
	}
})

it("Workspace tools read no file whose name is one of 320 names of secret files and copies of them", async (context) => {
	report(context, {
		area: "workspace",
		tried: "the model reads and searches files named like keys, tokens, credentials, state, dumps, exports and copies of them",
		holds: "an error message for the model; 220 files with ordinary names are read",
	})
	const files = (paths: readonly string[], text: string) => Object.fromEntries(paths.map((path) => [path, text]))
	const tools = workspaceWith({ ...files(SENSITIVE_PATHS, SECRET), ...files(HARMLESS_PATHS, "ordinary text") })
	const read = async (path: string) => (await tools("read_file", { path })).ok
	expect(await filterAsync(SENSITIVE_PATHS, read)).toEqual([])
	expect(await filterAsync(HARMLESS_PATHS, read)).toEqual(HARMLESS_PATHS)
	const searches = ["", ...SENSITIVE_PATHS].map((path) => tools("search_text", { path, pattern: SECRET.slice(0, 6) }))
	expect((await Promise.all(searches)).map(({ text }) => text).join("\n")).not.toContain(SECRET)
})

it("Workspace tools return no line of a file that has a private key or an AWS key in it", async (context) => {
	report(context, {
		area: "workspace",
		tried: "a private key and an AWS key in files with ordinary names: in UTF-8 and UTF-16, across two chunks, after 3 MB, by a range of lines",
		holds: "an error message for the model; a search counts the file as one that may hold secrets",
	})
	const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 })
	const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString()
	const keys = `${pem}${SECRET}\n`
	const chunkBytes = 128 * 1024
	const tools = workspaceWith({
		"notes.txt": keys,
		"notes.md": `aws_access_key_id = AKIA${"Q7".repeat(8)}\naws_secret_access_key = ${"q7Zk2PpV".repeat(5)}\n${SECRET}`,
		"utf-16.txt": Buffer.from(`\ufeff${keys}`, "utf16le"),
		"chunks.txt": `${"x\n".repeat(chunkBytes / 2 - 20)}${keys}`,
		"late.txt": `${SECRET}\n${"an ordinary line\n".repeat(200_000)}${keys}`,
	})
	for (const path of ["notes.txt", "notes.md", "utf-16.txt", "chunks.txt", "late.txt"])
		for (const range of [{}, { from_line: 1, to_line: 1 }, { from_line: 3, to_line: 9 }])
			expect([path, range, await tools("read_file", { path, ...range })]).toEqual([
				path,
				range,
				{ ok: false, text: `"${path}" may hold secrets, so it is not read.` },
			])
	const { text } = await tools("search_text", { pattern: SECRET.slice(0, 6) })
	expect(text).toBe("No line has that text; 0 files were searched.\n5 files not searched: may hold secrets.")
})

async function filterAsync<T>(items: readonly T[], keep: (item: T) => Promise<boolean>): Promise<T[]> {
	const kept = await Promise.all(items.map(keep))
	return items.filter((_, index) => kept[index])
}

it("Workspace paths stay inside the folder by the path rules of Windows", (context) => {
	const count = sampleSize(20_000)
	report(context, {
		area: "workspace",
		tried: "generated Windows paths, checked by the path rules of Windows",
		holds: "refused, or inside the folder; no device, no stream, no trailing dot or space",
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
		{ numRuns: count, seed: SEED },
	)
	recordMeasurement(context, `Windows paths: ${count}, seed ${SEED}`)
})

it("Workspace tools return nothing from outside the folder for generated paths", async (context) => {
	report(context, {
		area: "workspace",
		tried: "generated paths from names, links, dots, separators, absolute parts and unusual characters",
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
		.map(([parts, separator]) => parts.join(separator))
	const count = sampleSize(2_000)
	await fc.assert(
		fc.asyncProperty(path, async (hostile) => {
			// The results contain the requested path, so a path must not contain the canary itself.
			const text = await runAllTools(hostile)
			expect(text.includes(CANARY) || text.includes(SECRET)).toBe(false)
		}),
		{ numRuns: count, seed: SEED },
	)
	recordMeasurement(context, `paths: ${count}, seed ${SEED}`)
})

it("Workspace tools return nothing from outside while another program swaps a folder with a link", async (context) => {
	report(context, {
		area: "workspace",
		tried: "files and folders that another thread swaps with links to the outside during 300 rounds of reads",
		holds: "the content inside, or an error message; never content from outside",
	})
	const swapped = join(inside, "swapped")
	mkdirSync(swapped)
	writeFileSync(join(swapped, "canary.txt"), "inside text")
	const swapping = new Worker(
		`const { renameSync, symlinkSync, unlinkSync } = require("node:fs")
		const { place, away, outside } = require("node:worker_threads").workerData
		for (;;) { renameSync(place, away); symlinkSync(outside, place); unlinkSync(place); renameSync(away, place) }`,
		{ eval: true, workerData: { place: swapped, away: `${swapped}-away`, outside } },
	)
	const texts: string[] = []
	try {
		for (let round = 0; round < 300; round++)
			texts.push(await runAllTools("swapped/canary.txt"), await runAllTools("swapped"))
	} finally {
		await swapping.terminate()
	}
	expect(texts.some((text) => text.includes("inside text"))).toBe(true)
	expect(texts.join("\n")).not.toContain(CANARY)
})

it("Workspace tools refuse pipes, devices and folders in place of files without blocking", async (context) => {
	report(context, {
		area: "workspace",
		tried: "a pipe, links to a pipe and to a device, a folder in place of a file",
		holds: "an error message; no tool blocks and nothing is opened",
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

it("The search finds the canary when the outside folder is the workspace or a file is a hard link", async (context) => {
	report(context, {
		area: "workspace",
		tried: "the same search in the outside folder, opened as a workspace; and a hard link, which cannot be recognized as a link",
		holds: "the canary is found, so the search works. A hard link counts as a file of the workspace",
	})
	rmSync(join(inside, "out.txt"))
	linkSync(join(outside, "canary.txt"), join(inside, "out.txt"))
	expect((await run("read_file", { path: "out.txt" })).text).toContain(CANARY)
	run = toolsOver([{ name: "outside", path: outside }])
	expect(await runAllTools("")).toContain(CANARY)
})
