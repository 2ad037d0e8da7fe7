import { spawn } from "node:child_process"
import { join } from "node:path"

const supervisor = join(import.meta.dirname, "supervise.mjs")

/**
 * Starts a long-running command whose whole process tree ends with `stop()`, and also when this process dies.
 * `output` is a file descriptor for stdout and stderr; without it, `onText` receives their text.
 * The folders in `leftovers` are removed at the end. Returns `{pid, exited, stop}`; `exited` resolves to the exit code.
 */
export function startSupervised(command, args, { cwd, env, output, onText, leftovers = [] } = {}) {
	const stream = output ?? "pipe"
	const child = spawn(process.execPath, [supervisor, JSON.stringify(leftovers), command, ...args], {
		cwd,
		env,
		stdio: ["pipe", stream, stream],
		// Ctrl+C signals a whole process group. A separate group lets this process control the order of the stops.
		detached: process.platform !== "win32",
		windowsHide: true,
	})
	child.stdout?.on("data", (data) => onText?.(String(data)))
	child.stderr?.on("data", (data) => onText?.(String(data)))
	child.stdin.on("error", () => {})
	const exited = new Promise((resolve) => {
		child.on("error", () => resolve(127))
		child.on("exit", (code) => resolve(code ?? 1))
	})
	const stop = () => {
		child.stdin.end()
		return exited
	}
	return { pid: child.pid, exited, stop }
}
