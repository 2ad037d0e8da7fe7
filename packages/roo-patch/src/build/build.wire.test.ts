import { execFile } from "node:child_process"
import { createRequire } from "node:module"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { createPrograms, createProject, INSTALLS_SDK, type ProgramOptions } from "../testing/build-project"
import { PROJECT_ROOT } from "../testing/look-alike"
import { TempTree } from "../testing/temp-tree"

/** `bedrock-tiers patch --build` as a script uses it: the built CLI, with stand-ins for Node.js, pnpm and npx. */

const BIN = join(PROJECT_ROOT, "dist/cli.js")
const VSIX = "bin/zoo-code-3.80.0.vsix"
const INSTALL = "install --no-frozen-lockfile"

type Run = { code: number; stdout: string; stderr: string }

function execute(program: string, args: readonly string[], env: NodeJS.ProcessEnv, input = ""): Promise<Run> {
	return new Promise((resolve) => {
		const child = execFile(program, [...args], { env, encoding: "utf8" }, (error, stdout, stderr) =>
			resolve({ code: typeof error?.code === "number" ? error.code : error ? -1 : 0, stdout, stderr }),
		)
		child.stdin?.end(input)
	})
}

/** A build with its own folder and its own programs. */
function createBuild(options: ProgramOptions = {}) {
	const programs = createPrograms(options)
	const folder = new TempTree({}, { git: false })
	const env = { PATH: `${programs.folder}:${process.env.PATH}`, HOME: "/nonexistent", AWS_PROFILE: "mine" }
	const args = (more: readonly string[]) => [BIN, "patch", "--build", "--folder", folder.root, ...more]
	return {
		...programs,
		work: folder,
		run: (...more: string[]) => execute(process.execPath, args(more), env),
		runInTerminal(answer: string, ...more: string[]) {
			const command = [process.execPath, ...args(more)].map((each) => `'${each}'`).join(" ")
			return execute("script", ["--quiet", "--return", "--command", command, "/dev/null"], env, answer)
		},
	}
}

const json = ({ stdout }: Run) => JSON.parse(stdout) as Record<string, unknown>
const steps = ({ stderr }: Run) => stderr.split("\n").filter((line) => /^\d\/\d /.test(line))

describe("patch <checkout> --build --yes", () => {
	it("checks the tools, patches, installs and builds, and prints each step and the command that installs the result", async () => {
		const [tree, build] = [createProject(), createBuild()]
		const built = await build.run(tree.root, "--yes")
		expect(built).toEqual({
			code: 0,
			stdout:
				`Built Zoo Code 3.80.0 with Node.js 22.23.1 and pnpm 10.8.1: ${tree.path(VSIX)}\n` +
				`Install it: code --install-extension ${tree.path(VSIX)}\n`,
			stderr: [
				`The output of all steps is in ${build.work.path("build.log")}.`,
				"1/4 check Node.js and the package manager",
				"2/4 apply the patch",
				"3/4 install the dependencies (pnpm 10.8.1)",
				`4/4 build ${VSIX}`,
				"",
			].join("\n"),
		})
		expect(build.calls()).toEqual([`pnpm ${INSTALL}`, "pnpm run vsix"])
		expect(tree.read(VSIX)).toBe("built\n")
		expect(tree.read("src/package.json")).not.toContain('^3.922.0",\n\t\t"@aws-sdk/client-bedrock-runtime')
		expect(tree.git("status", "--porcelain")).toContain(".bedrock-tiers.json")
	})

	it("runs again in the same checkout, whose patch is applied already", async () => {
		const [tree, build] = [createProject(), createBuild()]
		await build.run(tree.root, "--yes")
		expect((await build.run(tree.root, "--yes")).code).toBe(0)
		expect(build.calls()).toHaveLength(4)
	})

	it("gives the programs no AWS settings, and CI so that they ask nothing", async () => {
		const [tree, build] = [createProject(), createBuild()]
		await build.run(tree.root, "--yes")
		const log = build.work.read("build.log")
		expect(log).toContain("env CI=true\n")
		expect(log).not.toContain("AWS_PROFILE")
	})

	it("prints one JSON object with --json, with the report of the patch", async () => {
		const [tree, build] = [createProject(), createBuild()]
		expect(json(await build.run(tree.root, "--yes", "--json"))).toMatchObject({
			status: "built",
			checkout: tree.root,
			vsix: tree.path(VSIX),
			installCommand: `code --install-extension ${tree.path(VSIX)}`,
			log: build.work.path("build.log"),
			tools: { node: "22.23.1", packageManager: "pnpm 10.8.1" },
			replacements: {},
			patch: { status: "applied", product: { name: "Zoo Code", version: "3.80.0", isTested: true } },
		})
	})

	it("runs pnpm of the project's version through npx when the one in the PATH is another", async () => {
		const [tree, build] = [createProject(), createBuild({ pnpmVersion: "9.1.0" })]
		expect((await build.run(tree.root, "--yes")).code).toBe(0)
		expect(build.calls()).toEqual([`npx --yes pnpm@10.8.1 ${INSTALL}`, "npx --yes pnpm@10.8.1 run vsix"])
	})

	it("refuses a checkout with other changes before it installs anything, and accepts it with --force", async () => {
		const [tree, build] = [createProject(), createBuild()]
		tree.write("mine.txt", "mine\n")
		const refused = await build.run(tree.root, "--yes")
		expect(refused.code).toBe(3)
		expect(refused.stderr).toContain(
			"refused, nothing was written: The work tree has changes of its own (mine.txt).",
		)
		expect(build.calls()).toEqual([])
		expect((await build.run(tree.root, "--yes", "--force")).code).toBe(0)
	})
})

describe("--folder", () => {
	it("that cannot be created is refused", async () => {
		const [tree, build] = [createProject(), createBuild()]
		const refused = await build.run(tree.root, "--yes", "--json", "--folder", `${BIN}/build`)
		expect([refused.code, json(refused)]).toEqual([
			3,
			{
				status: "refused",
				message: `Could not write ${BIN}/build: a folder of its path is no folder (ENOTDIR).`,
			},
		])
		expect(build.calls()).toEqual([])
	})
})

describe("the agreement to run programs of others", () => {
	it("is refused without a terminal and without --yes: nothing is run, cloned or written", async () => {
		const [tree, build] = [createProject(), createBuild()]
		const before = tree.snapshot()
		const message =
			`This runs programs of ${tree.root} and of the npm packages that it names, with your rights: ` +
			"their install scripts and the build. Pass --yes if you agree."
		const refused = await build.run(tree.root)
		expect(refused).toEqual({ code: 3, stdout: "", stderr: `refused, nothing was written: ${message}\n` })
		expect(json(await build.run(tree.root, "--json"))).toEqual({ status: "refused", message })
		expect((await build.run("--repo", tree.root)).code).toBe(3)
		expect([build.calls(), build.work.snapshot(), tree.snapshot()]).toEqual([[], {}, before])
	})

	it("is asked for in a terminal: y builds, and anything else refuses", async () => {
		const [tree, build] = [createProject(), createBuild()]
		const refused = await build.runInTerminal("\n", tree.root)
		expect(refused.code).toBe(3)
		expect(refused.stdout).toMatch(/with your rights: their install scripts and the build\. Continue\? \[y\/N\]/)
		expect(refused.stdout).toContain("You did not agree to the build.")
		expect(build.calls()).toEqual([])
		expect((await build.runInTerminal("y\n", tree.root)).code).toBe(0)
		expect(build.calls()).toEqual([`pnpm ${INSTALL}`, "pnpm run vsix"])
	})
})

describe("patch --build --repo", () => {
	it("clones the tag into the folder of the build, and leaves the repository as it is", async () => {
		const [repository, build] = [createProject(), createBuild()]
		repository.git("tag", "v3.80.0")
		repository.write("later.txt", "later\n")
		repository.commit()
		const before = repository.snapshot()
		const built = await build.run("--repo", repository.root, "--tag", "v3.80.0", "--yes", "--json")
		expect(json(built)).toMatchObject({
			checkout: build.work.path("checkout"),
			vsix: build.work.path(`checkout/${VSIX}`),
		})
		expect(steps(built)[0]).toBe(`1/5 clone ${repository.root} at v3.80.0`)
		expect(build.work.snapshot()).not.toHaveProperty("checkout/later.txt")
		expect(repository.snapshot()).toEqual(before)
	})

	it("continues with the clone of an earlier run, and refuses the clone of another tag", async () => {
		const [repository, build] = [createProject(), createBuild({ build: "exit 7" })]
		const failed = await build.run("--repo", repository.root, "--yes")
		expect(failed.code).toBe(1)
		const again = await build.run("--repo", repository.root, "--yes")
		expect(steps(again)[0]).toBe(`1/5 use the earlier clone of ${repository.root}`)
		const other = await build.run("--repo", repository.root, "--tag", "v1", "--yes")
		expect([other.code, other.stderr.split("\n").at(-2)]).toEqual([
			3,
			`refused, nothing was written: ${build.work.path("checkout")} is not a clone of ${repository.root} at v1, ` +
				"or is incomplete. Delete it, or name another folder with --folder.",
		])
	})

	it("reports a tag that does not exist, and the log has Git's message", async () => {
		const [repository, build] = [createProject(), createBuild()]
		const failed = json(await build.run("--repo", repository.root, "--tag", "v9", "--yes", "--json"))
		expect(failed).toMatchObject({ status: "failed", step: "clone", log: build.work.path("build.log") })
		expect(build.work.read("build.log")).toContain("Remote branch v9 not found")
	})
})

describe("the version of Node.js", () => {
	it("that does not fit is reported with the needed one, before the checkout is changed", async () => {
		const [tree, build] = [createProject(), createBuild({ nodeVersion: "20.20.2" })]
		const before = tree.snapshot()
		const failed = await build.run(tree.root, "--yes")
		expect([failed.code, failed.stderr.split("\n").at(-2)]).toEqual([
			1,
			`error: The project needs Node.js 22.23.1, but ${build.folder}/node is 20.20.2. ` +
				"Install it, and name its program with --node <path>. " +
				`The output of all steps is in ${build.work.path("build.log")}.`,
		])
		expect(json(await build.run(tree.root, "--yes", "--json"))).toMatchObject({ status: "failed", step: "tools" })
		expect([build.calls(), tree.snapshot()]).toEqual([[], before])
	})

	it.each(["/node", ""])("is that of --node, the program or its folder (%j)", async (name) => {
		const [tree, build, other] = [createProject(), createBuild({ nodeVersion: "20.20.2" }), createPrograms()]
		expect((await build.run(tree.root, "--yes", "--node", other.folder + name)).code).toBe(0)
	})

	it("is read from .nvmrc when package.json has no engines", async () => {
		const [tree, build] = [createProject({ engines: undefined }), createBuild()]
		tree.write(".nvmrc", "v24.1.0\n")
		tree.commit()
		expect((await build.run(tree.root, "--yes")).stderr).toContain("The project needs Node.js v24.1.0, but")
	})
})

describe("a package that the registry does not have", () => {
	const NOT_FOUND =
		"[ -n \"$3\" ] || { echo ' ERR_PNPM_FETCH_404  GET https://registry.example/left-pad: Not Found - 404'; exit 1; }"

	it("is named with what to do, and --replace installs another one in its place", async () => {
		const [tree, build] = [createProject(), createBuild({ install: `${NOT_FOUND}; ${INSTALLS_SDK}` })]
		const failed = await build.run(tree.root, "--yes", "--json")
		expect([failed.code, json(failed)]).toEqual([
			1,
			{
				status: "failed",
				message:
					`${build.folder}/pnpm ${INSTALL} ended with 1. The registry does not have left-pad. ` +
					`Check npm's setting "registry", or use another package in its place: --replace left-pad=<folder or version>.`,
				step: "install",
				log: build.work.path("build.log"),
			},
		])
		const stub = new TempTree({ "package.json": '{ "name": "left-pad" }' }, { git: false })
		const built = await build.run(tree.root, "--yes", "--replace", `left-pad=${stub.root}`)
		expect([built.code, built.stdout.split("\n")[1]]).toEqual([
			0,
			`Its dependency left-pad is replaced by ${stub.root}.`,
		])
		const hook = build.work.path("replacements.cjs")
		expect(build.calls().at(-2)).toBe(`pnpm ${INSTALL} --global-pnpmfile=${hook}`)
		const { hooks } = createRequire(import.meta.url)(hook) as {
			hooks: { readPackage: (manifest: object) => object }
		}
		expect(
			hooks.readPackage({ dependencies: { "left-pad": "^1.3.0", other: "1.0.0" }, devDependencies: {} }),
		).toEqual({ dependencies: { "left-pad": `file:${stub.root}`, other: "1.0.0" }, devDependencies: {} })
	})

	it("is replaced by a version, as often as the option is repeated", async () => {
		const [tree, build] = [createProject(), createBuild()]
		await build.run(tree.root, "--yes", "--replace", "left-pad=1.2.0", "--replace", "@a/b=npm:@c/d@2.0.0")
		expect(build.work.read("replacements.cjs")).toContain(
			'{\n\t"left-pad": "1.2.0",\n\t"@a/b": "npm:@c/d@2.0.0"\n}',
		)
	})
})

describe("a step that fails", () => {
	it.each<[string, ProgramOptions, Record<string, unknown>, string, RegExp]>([
		["an install", { install: "exit 4" }, {}, "install", /pnpm install --no-frozen-lockfile ended with 4\.$/],
		["a build", { build: "echo broken; exit 5" }, {}, "build", /pnpm run vsix ended with 5\.$/],
		["a killed build", { build: "kill -9 $$" }, {}, "build", /pnpm run vsix ended with SIGKILL\.$/],
		[
			"a build that leaves the result of an earlier one",
			{ build: "true" },
			{},
			"build",
			/^The build ended without errors, but wrote no bin\/zoo-code-3\.80\.0\.vsix\.$/,
		],
		[
			"an install of an AWS SDK without tiers",
			{ install: INSTALLS_SDK.replace("3.967.0", "3.922.0") },
			{},
			"install",
			/^The installed AWS SDK \(3\.922\.0\) does not support service tiers\.$/,
		],
		["another package manager", {}, { packageManager: "npm@10.0.0" }, "tools", /names no version of pnpm\.$/],
		["no package manager", {}, { packageManager: undefined }, "tools", /names no version of pnpm\.$/],
		["no script", {}, { scripts: {} }, "tools", /^package\.json has no script vsix, which builds the extension\.$/],
	])("is reported with its name and the log: %s", async (_, options, manifest, step, message) => {
		const [tree, build] = [createProject(manifest), createBuild(options)]
		tree.write(VSIX, "old\n")
		const failed = await build.run(tree.root, "--yes", "--json")
		expect([failed.code, json(failed)]).toEqual([
			1,
			{
				status: "failed",
				step,
				message: expect.stringMatching(message) as string,
				log: build.work.path("build.log"),
			},
		])
	})

	it("has its output in the log", async () => {
		const [tree, build] = [createProject(), createBuild({ build: "echo broken; exit 5" })]
		const failed = await build.run(tree.root, "--yes")
		expect(failed.stderr).toMatch(/\nerror: .* ended with 5\. The output of all steps is in .*\/build\.log\.\n$/)
		expect(build.work.read("build.log")).toMatch(/\$ .*pnpm install [\s\S]*\$ .*pnpm run vsix\n[\s\S]*broken\n$/)
	})
})

describe("invalid arguments exit with 2", () => {
	it.each<[string, string[], string]>([
		["no checkout and no repository", ["--build"], "--build needs a checkout or --repo."],
		["a checkout and a repository", [".", "--build", "--repo", "."], "A checkout and --repo exclude each other."],
		["a tag without a repository", [".", "--build", "--tag", "v1"], "--tag needs --repo."],
		["--yes without --build", [".", "--yes"], "--yes needs --build."],
		["--repo without --build", ["--repo", "."], "--repo needs --build."],
		["--build with --revert", [".", "--build", "--revert"], "--build excludes --check and --revert."],
		["an option of Git as the repository", ["--build", "--repo=--upload-pack=x"], "It is neither a path nor a URL"],
		["a repository that runs a program", ["--build", "--repo", "ext::sh -c x"], "It is neither a path nor a URL"],
		["an option of Git as the tag", ["--build", "--repo", ".", "--tag=-x"], "It cannot be a tag."],
		["a Node.js that does not exist", [".", "--build", "--node", "/none"], "There is no such program or folder."],
		[
			"a replacement without a name",
			[".", "--build", "--replace", "=x"],
			"It is not <package>=<folder or version>.",
		],
	])("%s", async (_, args, message) => {
		const { code, stdout, stderr } = await execute(process.execPath, [BIN, "patch", ...args], process.env)
		expect([code, stdout]).toEqual([2, ""])
		expect(stderr).toContain(message)
	})
})

describe("patch without --build", () => {
	it("prints the project's own next steps: install, build, install the extension", async () => {
		const [tree, build] = [createProject(), createBuild()]
		const env = { PATH: process.env.PATH, HOME: "/nonexistent" }
		const patch = (...more: string[]) => execute(process.execPath, [BIN, "patch", tree.root, ...more], env)
		const commands = [`pnpm ${INSTALL}`, "pnpm run vsix", `code --install-extension ${VSIX}`]
		expect((await patch("--check")).stdout).not.toContain("Next")
		const { stdout } = await patch()
		expect(stdout.split("\n").slice(-6)).toEqual([
			`Next, in ${tree.root}, with Node.js 22.23.1 and pnpm 10.8.1:`,
			...commands.map((command) => `  ${command}`),
			"The option --build runs the first two of them.",
			"",
		])
		expect(json(await patch("--json"))).toMatchObject({
			status: "already-applied",
			nextSteps: { commands, node: "22.23.1", packageManager: { name: "pnpm", version: "10.8.1" } },
		})
		expect(build.calls()).toEqual([])
	})
})
