import { execFile } from "node:child_process"
import { join } from "node:path"
import { beforeEach, describe, expect, it } from "vitest"
import { replaceOnce, LANGUAGES, PROJECT_ROOT, realPayload } from "./testing/look-alike"
import * as paths from "./testing/paths"
import { differences, createCheckout, TempTree } from "./testing/temp-tree"

/** `bedrock-tiers patch` as a script uses it: the built CLI, its arguments, its output and its exit code. */

const BIN = join(PROJECT_ROOT, "dist/cli.js")
const VERSION = realPayload().version

type Run = { code: number; stdout: string; stderr: string }

function patch(...args: string[]): Promise<Run> {
	return new Promise((resolve) => {
		const env = { PATH: process.env.PATH, HOME: "/nonexistent" }
		execFile(process.execPath, [BIN, "patch", ...args], { env }, (error, stdout, stderr) => {
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
		expect(stdout).toContain(
			"Now install: the AWS SDK is not installed, and src/package.json asks for ~3.967.0. Run: pnpm install --no-frozen-lockfile",
		)
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

describe("invalid arguments exit with 2", () => {
	it.each<[string, string[], RegExp]>([
		["a folder that does not exist", ["/nonexistent/roo"], /There is no such folder\./],
		["a file instead of a folder", [BIN], /There is no such folder\./],
		["no folder", [], /missing required argument 'checkout'/],
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
