import { execFile, type ExecFileOptions } from "node:child_process"
import { join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import { replaceOnce, LANGUAGES, PROJECT_ROOT, realPayload } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { differences, createCheckout, TempTree } from "./testing/temp-tree"

/** `bedrock-tiers patch` as a script uses it: the built CLI, its arguments, its output and its exit code. */

const BIN = join(PROJECT_ROOT, "dist/cli.js")
const VERSION = realPayload().version

type Run = { code: number; stdout: string; stderr: string }

const patch = (...args: string[]) => run(process.execPath, [BIN, "patch", ...args])

function run(program: string, args: string[], options: ExecFileOptions = {}): Promise<Run> {
	return new Promise((resolve) => {
		const env = { PATH: process.env.PATH, HOME: "/nonexistent" }
		execFile(program, args, { env, ...options, encoding: "utf8" }, (error, stdout, stderr) => {
			resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr })
		})
	})
}

const json = ({ stdout }: Run) => JSON.parse(stdout) as Record<string, unknown> & { files: unknown[] }

let tree: TempTree
beforeEach(() => {
	tree = createCheckout()
})

describe("patch <checkout>", () => {
	it("applies the patch, reports that it is already applied, and reverts it", async () => {
		const before = tree.snapshot()
		const applied = await patch(tree.root)
		expect(applied).toMatchObject({ code: 0, stderr: "" })
		expect(applied.stdout).toContain(
			"The checkout has upstream's own tier feature: its faulty parts are replaced.\nThe patch is applied.\n",
		)
		const again = await patch(tree.root)
		expect(again).toMatchObject({ code: 0, stderr: "" })
		expect(again.stdout).toMatch(/^The patch is applied already; nothing was changed\.\n/)
		const reverted = await patch(tree.root, "--revert")
		expect(reverted).toMatchObject({ code: 0, stderr: "" })
		expect(reverted.stdout).toMatch(/The patch is taken out\.\n$/)
		expect(differences(before, tree.snapshot())).toEqual([])
		const nothing = await patch(tree.root, "--revert")
		expect(nothing).toEqual({
			code: 0,
			stdout: "There is no patch to take out; nothing was changed.\n",
			stderr: "",
		})
	})

	it("prints one row per change with the file, the place and the change, and one row for all languages", async () => {
		const { stdout } = await patch(tree.root, "--check")
		const rows = stdout.split("\n").map((line) => line.split(/ {2,}/))
		expect(rows).toContainEqual(["FILE", "FOUND", "CHANGE"])
		expect(rows).toContainEqual([paths.TYPES_INDEX, "the last export", "exports the tier catalog"])
		expect(rows).toContainEqual([
			`webview-ui/src/i18n/locales/… (${LANGUAGES.length} files)`,
			"the settings' words",
			'get "bedrockTier" in their language',
		])
		expect(rows).toContainEqual(["src/api/providers/bedrock-service-tier.ts", "new file"])
	})

	it("reports which install the user has to run", async () => {
		const { stdout } = await patch(tree.root)
		expect(stdout).toContain("Now install: the AWS SDK is not installed, and src/package.json asks for ~3.967.0.")
		tree.write("node_modules/@aws-sdk/client-bedrock-runtime/package.json", '{ "version": "3.922.0" }')
		expect((await patch(tree.root)).stdout).toContain(
			"the AWS SDK in node_modules is 3.922.0, which drops service tiers",
		)
		tree.write("node_modules/@aws-sdk/client-bedrock-runtime/package.json", '{ "version": "3.967.0" }')
		expect((await patch(tree.root)).stdout).not.toContain("install")
	})
})

describe("--check", () => {
	it("exits with 1 if the patch is not applied and with 0 if it is, and writes nothing", async () => {
		const before = tree.snapshot()
		const checked = await patch(tree.root, "--check")
		expect(checked).toMatchObject({ code: 1, stderr: "" })
		expect(checked.stdout).toContain("The patch can be applied; nothing was written.\n")
		expect(differences(before, tree.snapshot())).toEqual([])
		await patch(tree.root)
		expect((await patch(tree.root, "--check")).code).toBe(0)
	})
})

describe("--json", () => {
	it("prints one object", async () => {
		const applied = json(await patch(tree.root, "--json"))
		expect(applied).toMatchObject({
			status: "applied",
			version: VERSION,
			generation: "with-upstream-tiers",
			sdk: { range: "~3.967.0", installed: null, needsInstall: true },
		})
		expect(applied.files).toContainEqual({
			path: paths.STREAM,
			action: "edit",
			changes: [{ found: "the interface ApiStreamUsageChunk", change: "gets serviceTier" }],
			exact: true,
		})
		expect(json(await patch(tree.root, "--check", "--json")).status).toBe("already-applied")
		expect(json(await patch(tree.root, "--revert", "--json"))).toMatchObject({
			status: "reverted",
			version: VERSION,
		})
		expect(json(await patch(tree.root, "--check", "--json")).status).toBe("would-apply")
	})

	it("prints the file and the place of a refusal, and exits with 3", async () => {
		tree.write(
			paths.TASK,
			replaceOnce(tree.read(paths.TASK), "bgTotalCost = chunk.totalCost", "bgTotalCost ??= chunk.totalCost"),
		)
		tree.commit()
		const before = tree.snapshot()
		const refused = await patch(tree.root, "--json")
		expect(refused).toMatchObject({ code: 3, stderr: "" })
		expect(json(refused)).toEqual({
			status: "refused",
			message: "src/core/task/Task.ts: where the drained usage is counted: not found",
			file: "src/core/task/Task.ts",
			anchor: "where the drained usage is counted",
			found: 0,
		})
		expect(differences(before, tree.snapshot())).toEqual([])
	})
})

describe("a refusal", () => {
	it("prints the file and the place as text, and exits with 3", async () => {
		tree.write(paths.CHAT_ROW, replaceOnce(tree.read(paths.CHAT_ROW), "toFixed(4)", "toPrecision(4)"))
		tree.commit()
		expect(await patch(tree.root)).toEqual({
			code: 3,
			stdout: "",
			stderr: `refused, nothing was written: ${paths.CHAT_ROW}: the cost of a request: not found\n`,
		})
		expect((await patch(tree.root, "--check")).code).toBe(3)
	})

	it("of a tree with uncommitted changes is overridden by --force", async () => {
		tree.write("mine.txt", "mine\n")
		const refused = await patch(tree.root, "--json")
		expect(refused.code).toBe(3)
		expect(json(refused)).toEqual({
			status: "refused",
			message: "The work tree has changes of its own (mine.txt). Commit or stash them, or go on with --force.",
		})
		expect((await patch(tree.root, "--force")).code).toBe(0)
	})

	it("of a folder that is not a Roo Code checkout names the first missing file", async () => {
		const empty = new TempTree({ "readme.txt": "Nothing here.\n" })
		const { code, stderr } = await patch(empty.root)
		expect([code, stderr]).toEqual([
			3,
			`refused, nothing was written: ${paths.MODEL_LISTS}: the file: there is no such file\n`,
		])
	})
})

describe("the recognized product", () => {
	const manifest = (name: string, version: string) => {
		const text = replaceOnce(tree.read(paths.MANIFEST), '"look-alike"', JSON.stringify(name))
		tree.write(paths.MANIFEST, replaceOnce(text, '"private"', `"version": "${version}", "private"`))
		tree.commit()
	}

	it.each([
		["roo-cline", "3.52.1", "Recognized Roo Code 3.52.1."],
		["roo-cline", "3.53.0", "Recognized Roo Code 3.53.0. The patch is not tested with it."],
		["zoo-code", "3.80.0", "Recognized Zoo Code 3.80.0."],
		["kilo-code", "5.10.4", "Recognized Kilo Code 5.10.4. The patch is not tested with it."],
	])("is printed: %s %s", async (name, version, line) => {
		manifest(name, version)
		const { stdout } = await patch(tree.root)
		expect(stdout.split("\n")[0]).toBe(line)
		expect(json(await patch(tree.root, "--check", "--json")).product).toEqual({
			name: line.slice("Recognized ".length, line.indexOf(` ${version}`)),
			version,
			isTested: !line.includes("not tested"),
		})
	})

	it("that is too old is refused with the supported versions, and can still be reverted", async () => {
		await patch(tree.root)
		manifest("roo-cline", "3.27.0")
		for (const args of [["--check"], [], ["--force"]])
			expect(await patch(tree.root, ...args)).toEqual({
				code: 3,
				stdout: "",
				stderr:
					"refused, nothing was written: This is Roo Code 3.27.0, which is too old. " +
					"The patch supports Roo Code 3.28.0 to 3.52.1 and Zoo Code 3.54.0 to 3.80.0.\n",
			})
		expect((await patch(tree.root, "--revert")).code).toBe(0)
	})

	it("that is too old is refused with the supported versions when its manifest is in the root folder", async () => {
		const old = new TempTree({ "package.json": '{ "name": "roo-cline", "version": "3.10.0" }' })
		expect((await patch(old.root)).stderr).toContain("This is Roo Code 3.10.0, which is too old.")
	})

	it("is null for an unknown name and for a manifest that is no JSON", async () => {
		expect(json(await patch(tree.root, "--check", "--json")).product).toEqual({
			name: null,
			version: null,
			isTested: false,
		})
		const broken = new TempTree({ "package.json": "{" })
		expect((await patch(broken.root)).code).toBe(3)
	})
})

describe("--check of a tree with other changes", () => {
	it("prints what needs --force, without control characters of the names", async () => {
		tree.write("a\u001b]0;title\u0007b\nrefused\u202e.txt", "mine\n")
		const { code, stdout } = await patch(tree.root, "--check")
		expect(code).toBe(1)
		expect(stdout.split("\n").filter((line) => line.startsWith("Needs --force"))).toEqual([
			"Needs --force: The work tree has changes of its own (ab<U+000A>refused<U+202E>.txt). " +
				"Commit or stash them, or go on with --force.",
		])
		const refused = await patch(tree.root)
		expect(refused.stderr.split("\n")).toHaveLength(2)
		for (const each of [refused.stderr, (await patch(tree.root, "--json")).stdout, stdout])
			expect(each).not.toMatch(/[^\P{Cc}\n]|\p{Bidi_Control}/u)
		expect(json(await patch(tree.root, "--check", "--json")).needsForce).toEqual([
			"The work tree has changes of its own (a\u001b]0;title\u0007b\nrefused\u202e.txt). " +
				"Commit or stash them, or go on with --force.",
		])
	})
})

describe("an error of the operating system", () => {
	/** A user without rights when the tests run as root. */
	const otherUser = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}
	const readOnly = (folder: string) => {
		for (const path of ["", folder]) tree.chmod(path, 0o555)
	}

	it("is a refusal with exit code 3 when nothing was written: a read-only checkout", async () => {
		readOnly("src")
		const before = tree.snapshot()
		const args = [BIN, "patch", tree.root, "--force"]
		const refused = await run(process.execPath, args, otherUser)
		expect(refused).toEqual({
			code: 3,
			stdout: "",
			stderr: "refused, nothing was written: Could not write .bedrock-tiers.json: permission denied (EACCES).\n",
		})
		expect(json(await run(process.execPath, [...args, "--json"], otherUser))).toEqual({
			status: "refused",
			message: "Could not write .bedrock-tiers.json: permission denied (EACCES).",
		})
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("is a refusal with exit code 3 when nothing was written: a file that cannot be read", async () => {
		tree.chmod("", 0o755)
		tree.chmod(paths.TASK, 0)
		const refused = await run(process.execPath, [BIN, "patch", tree.root, "--check", "--json"], otherUser)
		expect([refused.code, json(refused).message]).toEqual([
			3,
			`Could not read ${paths.TASK}: permission denied (EACCES).`,
		])
	})

	it("is a refusal with exit code 3 when nothing was written: a limit on the size of files", async () => {
		const before = tree.snapshot()
		const command = `trap "" XFSZ; ulimit -f 64; exec "$0" "$@"`
		const refused = await run("bash", ["-c", command, process.execPath, BIN, "patch", tree.root, "--json"])
		expect(refused.code).toBe(3)
		expect(json(refused).message).toMatch(/^Could not write .*: the file would be too large \(EFBIG\)\.$/)
		expect(differences(before, tree.snapshot())).toEqual([])
	})

	it("after other writes has exit code 1 and the status rolled-back: a mount point in the checkout", async () => {
		const program = new TempTree({}, { git: false })
		// Renaming to a mount point of another file system fails in the middle of a run.
		program.write(
			"fault.cjs",
			`const fs = require("node:fs")
const { renameSync } = fs
let count = 0
fs.renameSync = (...args) => {
	if (++count === 5) throw Object.assign(new Error("EXDEV"), { code: "EXDEV" })
	return renameSync(...args)
}`,
		)
		const before = tree.snapshot()
		const args = ["--require", program.path("fault.cjs"), BIN, "patch", tree.root]
		const failed = await run(process.execPath, args)
		expect([failed.code, failed.stdout]).toEqual([1, ""])
		expect(failed.stderr).toMatch(
			/^error: Could not write [\w./-]+: it is on another file system than the root of the checkout \(EXDEV\)\. Every file is as it was before\.\n$/,
		)
		expect(differences(before, tree.snapshot())).toEqual([])
		const inJson = json(await run(process.execPath, [...args, "--json"]))
		expect(inJson).toMatchObject({ status: "rolled-back", notRestored: [] })
		expect((await patch(tree.root)).code).toBe(0)
	})
})

describe("several runs at once", () => {
	it("apply the patch once: each of them is applied, already applied or refused", async () => {
		const runs = await Promise.all([1, 2, 3, 4].map(() => patch(tree.root, "--json")))
		for (const each of runs) expect([0, 3]).toContain(each.code)
		expect(runs.map((each) => json(each).status)).toContain("applied")
		expect(json(await patch(tree.root, "--check", "--json")).status).toBe("already-applied")
		await patch(tree.root, "--revert")
		expect(tree.git("status", "--porcelain")).toBe("")
	})
})

describe("invalid arguments exit with 2", () => {
	it.each<[string, string[], RegExp]>([
		["a folder that does not exist", ["/nonexistent/roo"], /There is no such folder\./],
		["a file instead of a folder", [BIN], /There is no such folder\./],
		["no folder", [], /error: missing required argument 'checkout'/],
		["an unknown option", ["--undo"], /unknown option '--undo'/],
	])("%s", async (_, args, message) => {
		const { code, stdout, stderr } = await patch(...args)
		expect([code, stdout]).toEqual([2, ""])
		expect(stderr).toMatch(message)
	})

	it("--check with --revert", async () => {
		const { code, stderr } = await patch(tree.root, "--check", "--revert")
		expect([code, stderr]).toEqual([2, "error: --check and --revert exclude each other.\n"])
	})
})
