import { spawn, type ChildProcess } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { canariesIn, filesBelow, type CanaryName } from "./canaries"

/** The built terminal command as a person starts it, in a home and a folder of its own. */
export type Terminal = {
	readonly folder: string
	/** Runs it to its end. */
	run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<TerminalRun>
	/** Starts it and leaves it running; resolves with its first line. `end` stops it. */
	start(args: readonly string[]): Promise<{ readonly line: string; end(): Promise<TerminalRun> }>
	/** Where canaries are: in what any of its runs said, and in every file below its folder. */
	found(): { readonly where: string; readonly canary: CanaryName }[]
	close(): void
}

export type TerminalRun = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

const BIN = join(import.meta.dirname, "../../../../../dist/cli.js")

/** @param bin another program, to see that the look is no blind one */
export function openTerminal(bin = BIN): Terminal {
	const folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-terminal-"))
	mkdirSync(join(folder, "home"))
	const runs: { readonly args: readonly string[]; readonly run: TerminalRun }[] = []

	function begin(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
		const child = spawn(process.execPath, [bin, ...args], {
			cwd: folder,
			env: { ...signing(), HOME: join(folder, "home"), ...env },
			stdio: ["ignore", "pipe", "pipe"],
		})
		return { child, ended: endOf(child).then((run) => (runs.push({ args, run }), run)) }
	}

	return {
		folder,
		run: (args, env) => begin(args, env).ended,
		async start(args) {
			const { child, ended } = begin(args)
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
		found() {
			const said = runs.flatMap(({ args: [name = ""], run: { stdout, stderr } }) => [
				{ where: `${name}: stdout`, text: stdout },
				{ where: `${name}: stderr`, text: stderr },
			])
			const files = filesBelow(folder).map(({ path, text }) => ({
				where: path.slice(folder.length),
				text: `${path}\n${text}`,
			}))
			return [...said, ...files].flatMap(({ where, text }) =>
				canariesIn(text).map((canary) => ({ where, canary })),
			)
		},
		close: () => rmSync(folder, { recursive: true, force: true }),
	}
}

/** What of the test's own surroundings is about AWS and proxies, and what Node needs. */
function signing(): Record<string, string> {
	const taken = Object.entries(process.env).filter(([name]) => /^AWS_|_PROXY$|^(PATH|SystemRoot|TEMP)$/i.test(name))
	return Object.fromEntries(taken.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

function endOf(child: ChildProcess): Promise<TerminalRun> {
	const said = { stdout: "", stderr: "" }
	child.stdout?.on("data", (data: Buffer) => (said.stdout += data.toString("latin1")))
	child.stderr?.on("data", (data: Buffer) => (said.stderr += data.toString("latin1")))
	return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })))
}
