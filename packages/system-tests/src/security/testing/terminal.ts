import { spawn, type ChildProcess } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { findCanaries, readFilesIn, type CanaryName } from "./canaries"

/** The built terminal command as a user runs it, with a separate home and working folder. */
export type Terminal = {
	readonly folder: string
	/** Runs the command until it exits. */
	run(args: readonly string[], env?: Readonly<NodeJS.ProcessEnv>): Promise<TerminalRun>
	/** Starts the command and resolves with its first output. `end` sends SIGTERM. */
	start(args: readonly string[]): Promise<{ readonly line: string; end(): Promise<TerminalRun> }>
	/** Finds canaries in the output of all runs and in every file in the folder. */
	findCanaries(): { readonly where: string; readonly canary: CanaryName }[]
	close(): void
}

export type TerminalRun = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

const BIN = join(import.meta.dirname, "../../../../../dist/cli.js")

/** @param bin another program, for a test that proves that canaries would be found */
export function openTerminal(bin = BIN): Terminal {
	const folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-terminal-"))
	mkdirSync(join(folder, "home"))
	const runs: { readonly args: readonly string[]; readonly run: TerminalRun }[] = []

	function startProcess(args: readonly string[], env: Readonly<NodeJS.ProcessEnv> = {}) {
		const child = spawn(process.execPath, [bin, ...args], {
			cwd: folder,
			env: { ...inheritedEnv(), HOME: join(folder, "home"), ...env },
			stdio: ["ignore", "pipe", "pipe"],
		})
		return { child, ended: waitForExit(child).then((run) => (runs.push({ args, run }), run)) }
	}

	return {
		folder,
		run: (args, env) => startProcess(args, env).ended,
		async start(args) {
			const { child, ended } = startProcess(args)
			const line = await new Promise<string>((resolve, reject) => {
				child.stdout?.once("data", (data: Buffer) => resolve(data.toString()))
				void ended.then(({ stderr }) => reject(new Error(stderr)))
			})
			const end = () => {
				child.kill("SIGTERM")
				return ended
			}
			return { line, end }
		},
		findCanaries() {
			const output = runs.flatMap(({ args: [name = ""], run: { stdout, stderr } }) => [
				{ where: `${name}: stdout`, text: stdout },
				{ where: `${name}: stderr`, text: stderr },
			])
			const files = readFilesIn(folder).map(({ path, text }) => ({
				where: path.slice(folder.length),
				text: `${path}\n${text}`,
			}))
			return [...output, ...files].flatMap(({ where, text }) =>
				findCanaries(text).map((canary) => ({ where, canary })),
			)
		},
		close: () => rmSync(folder, { recursive: true, force: true }),
	}
}

/** @returns the environment variables of AWS, of proxies, and those that Node.js needs */
function inheritedEnv(): Record<string, string> {
	const inherited = Object.entries(process.env).filter(([name]) =>
		/^AWS_|_PROXY$|^(PATH|SystemRoot|TEMP)$/i.test(name),
	)
	return Object.fromEntries(inherited.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function waitForExit(child: ChildProcess): Promise<TerminalRun> {
	const output = { stdout: "", stderr: "" }
	child.stdout?.on("data", (data: Buffer) => (output.stdout += data.toString("latin1")))
	child.stderr?.on("data", (data: Buffer) => (output.stderr += data.toString("latin1")))
	return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...output })))
}
