// Usage: node keep.mjs <folder to remove at the end, or ""> <command> <arguments…>
// Runs a command until it ends, or until the pipe on our standard input closes: that happens when the parent asks for
// it and also when the parent dies, however it dies, so nothing is ever left running behind a killed start.
import { spawn } from "node:child_process"
import { rmSync } from "node:fs"
import { stopTree } from "./process-tree.mjs"

const [leftovers, command, ...args] = process.argv.slice(2)
const child = spawn(command, args, {
	stdio: ["ignore", "inherit", "inherit"],
	detached: process.platform !== "win32",
	windowsHide: true,
})

let stopping
const stop = () => (stopping ??= child.pid === undefined ? Promise.resolve() : stopTree(child.pid))
const finish = async (code) => {
	await stop()
	if (leftovers) rmSync(leftovers, { recursive: true, force: true })
	process.exit(code)
}

child.on("error", (error) => {
	console.error(error.message)
	void finish(127)
})
child.on("exit", (code) => void finish(code ?? 1))
process.stdin.on("error", stop).on("close", stop).resume()
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, stop)
