import { readdirSync, readFileSync } from "node:fs"

/** The extension hosts of one VS Code server: one for each window. Only what was started by that server is looked at. */
export function extensionHosts(serverPid: number): number[] {
	const running = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
	const processes = running.flatMap((name) => processNamed(name) ?? [])
	const below = (parent: number): Process[] =>
		processes.flatMap((child) => (child.parent === parent ? [child, ...below(child.pid)] : []))
	return below(serverPid).flatMap(({ pid, command }) => (command.includes("--type=extensionHost") ? [pid] : []))
}

type Process = { readonly pid: number; readonly parent: number; readonly command: readonly string[] }

/** Undefined = it has ended meanwhile. */
function processNamed(name: string): Process | undefined {
	try {
		const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1]
		const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0")
		return { pid: Number(name), parent: Number(parent), command }
	} catch {
		return undefined
	}
}
