import { spawnSync } from "node:child_process"
import { findProgram } from "./programs"

/**
 * The git commands of the patch. The configuration of a checkout may name programs (file system monitor, hooks, filters);
 * none of them is run, nothing is fetched, and nothing is written.
 */

/** The changed paths of a work tree, or the reason why they are unknown. */
export type ChangedFiles =
	{ readonly paths: readonly string[]; readonly reason: null } | { readonly paths: null; readonly reason: string }

const MAX_OUTPUT_BYTES = 2 ** 20

/** A checkout can make Git wait without end, for example with a named pipe as a configuration file. */
const TIMEOUT_MS = 120_000

/** Lists the files below a folder that are new or differ from the last commit, relative to the folder. */
export function changedFiles(root: string): ChangedFiles {
	try {
		const git = new Git(root)
		const prefix = git.run("rev-parse", "--show-prefix").replace(/\r?\n$/, "")
		const status = git.run(
			...["status", "--porcelain", "-z", "--untracked-files=all", "--ignore-submodules=all", "."],
		)
		const paths = statusPaths(status)
		return {
			paths: paths.map((path) => (path.startsWith(prefix) ? path.slice(prefix.length) : path)),
			reason: null,
		}
	} catch (error) {
		if (error instanceof GitFailure) return { paths: null, reason: error.message }
		throw error
	}
}

class GitFailure extends Error {
	override readonly name = "GitFailure"
}

class Git {
	readonly #program: string
	readonly #options: string[]

	constructor(private readonly root: string) {
		const program = findGit(process.env.PATH ?? "", root)
		if (program === null) throw new GitFailure("Git was not found.")
		this.#program = program
		this.#options = [...SAFE_OPTIONS]
		for (const name of this.#filters())
			for (const setting of ["clean=", "process=", "required=false"])
				this.#options.push("-c", `filter.${name}.${setting}`)
	}

	/** Returns the output. @throws GitFailure */
	run(...args: string[]): string {
		const { status, stdout, stderr, error } = this.#spawn(args)
		if (error) throw new GitFailure(spawnReason(error))
		if (status !== 0) throw new GitFailure(failureReason(stderr, this.root))
		return stdout
	}

	/** The filters that the configuration of the checkout defines. Those of the user and the system are trusted. */
	#filters(): string[] {
		const { status, stdout, error } = this.#spawn([
			"config",
			"--null",
			"--show-scope",
			"--name-only",
			"--get-regexp",
			String.raw`^filter\.`,
		])
		if (error) throw new GitFailure(spawnReason(error))
		// Exit code 1: there is none. Another failure is reported by the command that follows.
		if (status !== 0) return []
		const fields = stdout.split("\0")
		const names = new Set<string>()
		for (let index = 0; index + 1 < fields.length; index += 2) {
			if (fields[index] === "global" || fields[index] === "system") continue
			const [, name] = /^filter\.(.*)\.[^.]*$/s.exec(fields[index + 1] ?? "") ?? []
			// Git ends the name of an option at the first "=".
			if (name?.includes("="))
				throw new GitFailure("The checkout's Git configuration has a filter that cannot be switched off.")
			if (name !== undefined) names.add(name)
		}
		return [...names]
	}

	#spawn(args: readonly string[]) {
		return spawnSync(this.#program, [...this.#options, ...args], {
			cwd: this.root,
			env: gitEnvironment(),
			encoding: "utf8",
			maxBuffer: MAX_OUTPUT_BYTES,
			timeout: TIMEOUT_MS,
			killSignal: "SIGKILL",
			stdio: ["ignore", "pipe", "pipe"],
			windowsHide: true,
		})
	}
}

const SAFE_OPTIONS = [
	"--no-pager",
	"--no-optional-locks",
	...[
		"core.fsmonitor=false",
		"core.hooksPath=/dev/null",
		"safe.bareRepository=explicit",
		"submodule.recurse=false",
	].flatMap((option) => ["-c", option]),
]

/** Without variables that select another repository or program. Error messages are in English, see `failureReason`. */
function gitEnvironment(): NodeJS.ProcessEnv {
	const inherited = Object.entries(process.env).filter(([name]) => !/^git_/i.test(name))
	return {
		...Object.fromEntries(inherited),
		LC_ALL: "C",
		GIT_ALLOW_PROTOCOL: "none",
		GIT_NO_LAZY_FETCH: "1",
		GIT_OPTIONAL_LOCKS: "0",
		GIT_TERMINAL_PROMPT: "0",
	}
}

/** Finds Git on the PATH, outside of the checkout. */
export function findGit(path: string, root: string, isWindows = process.platform === "win32"): string | null {
	return findProgram([isWindows ? "git.exe" : "git"], path, root)
}

function spawnReason({ code, message }: NodeJS.ErrnoException): string {
	if (code === "ENOBUFS") return "The work tree has too many changes to list them."
	if (code === "ETIMEDOUT") return "Git did not end within two minutes."
	return `Git could not be started (${code ?? message}).`
}

function failureReason(stderr: string, root: string): string {
	if (stderr.includes("dubious ownership"))
		return `The checkout belongs to another user, so Git does not read it. If you trust it: git config --global --add safe.directory '${root}'.`
	if (/not a git repository|must be run in a work tree|cannot use bare repository/.test(stderr))
		return "This is no Git work tree."
	return `Git failed: ${stderr.trim().split("\n")[0] ?? ""}`
}

/** Parses `git status --porcelain -z`: entries "XY path". A renamed file is followed by its old path, without "XY ". */
function statusPaths(status: string): string[] {
	const fields = status.split("\0")
	const paths: string[] = []
	for (let index = 0; index < fields.length; index++) {
		const field = fields[index] ?? ""
		if (field === "") continue
		paths.push(field.slice(3))
		if (/[RC]/.test(field.slice(0, 2))) index++
	}
	return paths
}
