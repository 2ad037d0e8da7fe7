import { spawn } from "node:child_process"
import { PlainFailure } from "./plain-failure.mjs"

/**
 * Runs a command to its end and returns `{code, output}`; never throws for an exit code.
 * `show` lets it write to our own terminal instead of collecting its output. It is ended with us, by `endWith`.
 */
export function run(command, args, { cwd, env = process.env, show = false, endWith = "SIGTERM" } = {}) {
	return new Promise((resolve, reject) => {
		const stream = show ? "inherit" : "pipe"
		// What is hidden gets a group of its own, so that ending us ends all of it (npm's compilers too).
		const group = !show && process.platform !== "win32"
		const child = spawn(command, args, {
			cwd,
			env,
			stdio: ["ignore", stream, stream],
			detached: group,
			windowsHide: true,
		})
		const end = () => endNow(child.pid, group, endWith)
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

function endNow(pid, group, signal) {
	try {
		if (pid !== undefined) process.kill(group ? -pid : pid, signal)
	} catch {
		// Gone already.
	}
}

/** Runs one of our own scripts with this Node.js, visibly; a failure ends the caller with `sentence`. */
export async function runScript(path, args, sentence, options = {}) {
	const { code } = await run(process.execPath, [path, ...args], { show: true, ...options })
	if (code !== 0) throw new PlainFailure(sentence)
}
