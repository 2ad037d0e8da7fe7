import { execFile, spawn } from "node:child_process"
import { statSync } from "node:fs"
import { delimiter, dirname } from "node:path"
import { findProgram } from "../programs"
import type { BuildLog } from "./work-folder"

const IS_WINDOWS = process.platform === "win32"

/** Runs the programs of one build, with their output in the log. They get no AWS settings and no input. */
export class Toolchain {
	readonly #environment: NodeJS.ProcessEnv

	/** @param node the program, or its folder, that comes before those of the PATH; `null`: only the PATH */
	constructor(
		private readonly log: BuildLog,
		node: string | null,
	) {
		const inherited = Object.entries(process.env).filter(([name]) => !/^(aws_|git_|path$)/i.test(name))
		const folder = node === null || statSync(node).isDirectory() ? node : dirname(node)
		const path = [...(folder === null ? [] : [folder]), process.env.PATH ?? ""].join(delimiter)
		// With CI, package managers and build tools ask nothing.
		this.#environment = { ...Object.fromEntries(inherited), PATH: path, CI: "true", GIT_TERMINAL_PROMPT: "0" }
	}

	/** Finds a program by its name without the extension that it has on Windows. */
	find(name: string, root: string): string | null {
		const names = IS_WINDOWS ? [`${name}.exe`, `${name}.cmd`] : [name]
		return findProgram(names, this.#environment.PATH ?? "", root)
	}

	/** Returns the version that a program prints; `null` when it fails. */
	version(program: string, cwd: string): Promise<string | null> {
		return new Promise((resolve) => {
			const options = { cwd, env: this.#environment, encoding: "utf8", shell: needsShell(program) } as const
			execFile(quoted(program), ["--version"], options, (error, stdout) => {
				const [version] = /\d+\.\d+\.\d+\S*/.exec(stdout) ?? []
				resolve(error ? null : (version ?? null))
			})
		})
	}

	/** Returns the exit code, or the name of the signal or error that ended the program. */
	run([program = "", ...args]: readonly string[], cwd: string): Promise<number | string> {
		this.log.write(`\n$ ${[program, ...args].join(" ")}\n`)
		const shell = needsShell(program)
		const child = spawn(quoted(program), shell ? args.map(quoteForCmd) : args, {
			cwd,
			env: this.#environment,
			shell,
			stdio: ["ignore", this.log.descriptor, this.log.descriptor],
			windowsHide: true,
		})
		return new Promise((resolve) => {
			child.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
			child.on("close", (code, signal) => resolve(code ?? signal ?? "unknown"))
		})
	}
}

/** Windows runs scripts of package managers through its command processor only. */
function needsShell(program: string): boolean {
	return program.endsWith(".cmd")
}

function quoted(program: string): string {
	return needsShell(program) ? quoteForCmd(program) : program
}

function quoteForCmd(text: string): string {
	return `"${text}"`
}
