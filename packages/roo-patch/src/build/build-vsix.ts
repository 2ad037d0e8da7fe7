import { existsSync, statSync } from "node:fs"
import { join, resolve } from "node:path"
import { CheckoutFiles } from "../checkout-files"
import { applyPatch, checkPatch, type PatchReport } from "../patch"
import type { Payload } from "../payload"
import { explainInstallFailure } from "./install-failure"
import { fitsNode } from "./node-version"
import { BUILD, INSTALL, installCommand, readProject, type Project } from "./project"
import { Toolchain } from "./toolchain"
import { BuildLog, describeRepository, WorkFolder, type Repository } from "./work-folder"

export type BuildOptions = {
	/** An existing checkout, or the repository to clone. */
	readonly source: string | Repository
	/** Absolute path of the folder for the clone and the log. */
	readonly folder: string
	/** A program `node` to use instead of the one in the PATH, or its folder. */
	readonly node: string | null
	/** A folder, version or other specifier by the name of the dependency that it replaces. */
	readonly replacements: Readonly<Record<string, string>>
	readonly force: boolean
	/** Is called before each step. */
	readonly onStep: (step: BuildStep, number: number, total: number) => void
}

export type BuildStep = { readonly name: "clone" | "tools" | "patch" | "install" | "build"; readonly title: string }

export type BuildReport = {
	readonly status: "built"
	readonly checkout: string
	/** Absolute path of the extension. */
	readonly vsix: string
	/** Installs it in VS Code. */
	readonly installCommand: string
	readonly log: string
	/** Versions of the programs that built it. */
	readonly tools: { readonly node: string; readonly packageManager: string }
	readonly replacements: BuildOptions["replacements"]
	readonly patch: PatchReport
}

/** A step that failed. Earlier steps are not undone; the same command continues. */
export class BuildFailure extends Error {
	override readonly name = "BuildFailure"

	constructor(
		readonly step: BuildStep["name"],
		message: string,
		/** Path of the output of all programs. */
		readonly log: string,
	) {
		super(message)
	}
}

/**
 * Clones (or uses a checkout), patches, installs and builds. It runs programs of the checkout and of its dependencies:
 * callers ask the user first.
 * @throws BuildFailure; AnchorMiss, Refusal, RolledBack as `applyPatch`
 */
export async function buildVsix(payload: Payload, options: BuildOptions): Promise<BuildReport> {
	const folder = new WorkFolder(options.folder)
	const log = new BuildLog(folder.log)
	try {
		return await new Build(payload, options, folder, log).run()
	} finally {
		log.close()
	}
}

class Build {
	readonly #tools: Toolchain
	readonly #checkout: string
	#step: BuildStep["name"] = "clone"
	#stepNumber = 0

	constructor(
		private readonly payload: Payload,
		private readonly options: BuildOptions,
		private readonly folder: WorkFolder,
		private readonly log: BuildLog,
	) {
		this.#tools = new Toolchain(log, options.node)
		this.#checkout = typeof options.source === "string" ? options.source : folder.checkout
	}

	async run(): Promise<BuildReport> {
		const { source, replacements } = this.options
		if (typeof source !== "string") await this.#clone(source)
		this.#begin("tools", "check Node.js and the package manager")
		const files = new CheckoutFiles(this.#checkout)
		const project = readProject(files)
		const node = await this.#checkNode(project)
		const { command: packageManager, name } = await this.#findPackageManager(project)
		const { vsix } = project
		if (vsix === null) return this.#fail("package.json has no script vsix, which builds the extension.")

		this.#begin("patch", "apply the patch")
		const patch = applyPatch(this.#checkout, this.payload, { force: this.options.force })

		this.#begin("install", `install the dependencies (${name})`)
		await this.#install(packageManager)

		this.#begin("build", `build ${vsix}`)
		// So that the result of an earlier build is not taken for this one's.
		files.remove(vsix)
		await this.#runOrFail([...packageManager, ...BUILD], this.#checkout)
		if (!files.has(vsix)) return this.#fail(`The build ended without errors, but wrote no ${vsix}.`)
		const path = join(files.root, vsix)
		return {
			status: "built",
			checkout: files.root,
			vsix: path,
			installCommand: installCommand(path),
			log: this.folder.log,
			tools: { node, packageManager: name },
			replacements,
			patch,
		}
	}

	#begin(name: BuildStep["name"], title: string): void {
		this.#step = name
		const total = typeof this.options.source === "string" ? 4 : 5
		this.options.onStep({ name, title }, ++this.#stepNumber, total)
	}

	#fail(message: string): never {
		throw new BuildFailure(this.#step, message, this.folder.log)
	}

	async #clone(repository: Repository): Promise<void> {
		const description = describeRepository(repository)
		if (this.folder.hasClone(repository)) return this.#begin("clone", `use the earlier clone of ${description}`)
		this.#begin("clone", `clone ${description}`)
		const git = this.#tools.find("git", this.#checkout)
		if (git === null) return this.#fail("Git was not found.")
		await this.#runOrFail(
			[
				git,
				...["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false"],
				...["clone", "--depth", "1", "--single-branch", "--no-recurse-submodules"],
				...(repository.tag === null ? [] : ["--branch", repository.tag]),
				...["--", repository.url, this.#checkout],
			],
			this.folder.path,
		)
		this.folder.recordClone(repository)
	}

	/** Returns the version of Node.js that runs the build. */
	async #checkNode({ node: wanted }: Project): Promise<string> {
		const program = this.#tools.find("node", this.#checkout)
		const version = program && (await this.#tools.version(program, this.folder.path))
		const hint = "Install it, and name its program with --node <path>."
		if (version === null) return this.#fail(`There is no Node.js that can be run. ${hint}`)
		if (wanted !== null && !fitsNode(version, wanted))
			return this.#fail(`The project needs Node.js ${wanted}, but ${program} is ${version}. ${hint}`)
		return version
	}

	/** The package manager in the PATH when it has the project's version, otherwise npx, which downloads that version. */
	async #findPackageManager({ packageManager }: Project): Promise<{ command: string[]; name: string }> {
		if (packageManager?.name !== "pnpm")
			return this.#fail("The field packageManager of package.json names no version of pnpm.")
		const { version } = packageManager
		const name = `pnpm ${version}`
		const pnpm = this.#tools.find("pnpm", this.#checkout)
		if (pnpm !== null && (await this.#tools.version(pnpm, this.#checkout)) === version)
			return { command: [pnpm], name }
		const npx = this.#tools.find("npx", this.#checkout)
		if (npx !== null) return { command: [npx, "--yes", `pnpm@${version}`], name }
		return this.#fail(`The project needs ${name}, but neither it nor npx is in the PATH.`)
	}

	async #install(packageManager: readonly string[]): Promise<void> {
		const specifiers = Object.entries(this.options.replacements).map(([name, each]) => [name, specifier(each)])
		const hook =
			specifiers.length === 0
				? []
				: [`--global-pnpmfile=${this.folder.writeReplacements(Object.fromEntries(specifiers))}`]
		const start = this.log.length
		await this.#runOrFail([...packageManager, ...INSTALL, ...hook], this.#checkout, () =>
			explainInstallFailure(this.log.read(start)),
		)
		const { sdk } = checkPatch(this.#checkout, this.payload)
		if (sdk.needsInstall)
			this.#fail(`The installed AWS SDK (${sdk.installed ?? "none"}) does not support service tiers.`)
	}

	async #runOrFail(
		command: readonly string[],
		cwd: string,
		explain: () => string | null = () => null,
	): Promise<void> {
		const result = await this.#tools.run(command, cwd)
		if (result === 0) return
		this.#fail([`${command.join(" ")} ended with ${result}.`, explain()].filter(Boolean).join(" "))
	}
}

/** A folder is named by its absolute path, because pnpm resolves paths from each package. */
function specifier(text: string): string {
	const isFolder = existsSync(text) && statSync(text).isDirectory()
	return isFolder ? `file:${resolve(text)}` : text
}
