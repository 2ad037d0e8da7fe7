// Usage: node supervise.mjs <JSON list of folders to remove at the end> <command> <arguments…>
// Runs a command until it ends, or until the pipe on standard input closes. The parent closes the pipe to stop the
// command. The pipe also closes when the parent dies for any reason, so that no process outlives a killed `npm start`.
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
	for (const path of JSON.parse(leftovers)) rmSync(path, { recursive: true, force: true, maxRetries: 5 })
	process.exit(code)
}

child.on("error", (error) => {
	console.error(error.message)
	void finish(127)
})
child.on("exit", (code) => void finish(code ?? 1))
process.stdin.on("error", stop).on("close", stop).resume()
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, stop)
