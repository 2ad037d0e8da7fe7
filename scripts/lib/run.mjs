import { spawn } from "node:child_process"
import { PlainFailure } from "./plain-failure.mjs"

/**
 * Runs a command to its end and returns `{code, output}`; never throws for an exit code.
 * With `show`, the command writes to this terminal, and its output is not collected. When this process exits, the
 * command receives the signal `endWith`.
 */
export function run(command, args, { cwd, env = process.env, show = false, endWith = "SIGTERM" } = {}) {
	return new Promise((resolve, reject) => {
		const stream = show ? "inherit" : "pipe"
		// A hidden command gets its own process group, so that the signal also ends its children, as npm's compilers.
		const group = !show && process.platform !== "win32"
		const child = spawn(command, args, {
			cwd,
			env,
			stdio: ["ignore", stream, stream],
			detached: group,
			windowsHide: true,
		})
		const end = () => sendSignal(child.pid, group, endWith)
		process.once("exit", end)
		let output = ""
		child.stdout?.on("data", (data) => (output += data))
		child.stderr?.on("data", (data) => (output += data))
		child.on("error", (error) => reject(new PlainFailure(`${command} could not be started: ${error.message}`)))
		child.on("close", (code) => {
			process.off("exit", end)
			resolve({ code: code ?? 1, output })
		})
	})
}

function sendSignal(pid, group, signal) {
	try {
		if (pid !== undefined) process.kill(group ? -pid : pid, signal)
	} catch {
		// The process has already ended.
	}
}

/** Runs a script of this project with this Node.js and shows its output. Throws `failureMessage` when it fails. */
export async function runScript(path, args, failureMessage, options = {}) {
	const { code } = await run(process.execPath, [path, ...args], { show: true, ...options })
	if (code !== 0) throw new PlainFailure(failureMessage)
}
