import { spawn } from "node:child_process"
import { join } from "node:path"

const supervisor = join(import.meta.dirname, "supervise.mjs")

/**
 * Starts a long-running command whose whole process tree ends with `stop()`, and also when this process dies.
 * `output` is a file descriptor for both streams; without it they arrive through `onText`.
 * The folders in `leftovers` are removed once it has ended. Returns `{pid, exited, stop}`; `exited` resolves to the exit code.
 */
export function startSupervised(command, args, { cwd, env, output, onText, leftovers = [] } = {}) {
	const stream = output ?? "pipe"
	const child = spawn(process.execPath, [supervisor, JSON.stringify(leftovers), command, ...args], {
		cwd,
		env,
		stdio: ["pipe", stream, stream],
		// Ctrl+C in the terminal goes to the whole group: the order of stopping is ours, so they get a group of their own.
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
