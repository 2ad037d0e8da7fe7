import { readdirSync, readFileSync } from "node:fs"

/** Process ids of the extension hosts of one VS Code server, one per window. Other servers' hosts are not included. */
export function extensionHosts(serverPid: number): number[] {
	const running = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
	const processes = running.flatMap((name) => readProcess(name) ?? [])
	const descendants = (parent: number): Process[] =>
		processes.flatMap((child) => (child.parent === parent ? [child, ...descendants(child.pid)] : []))
	return descendants(serverPid).flatMap(({ pid, command }) => (command.includes("--type=extensionHost") ? [pid] : []))
}

type Process = { readonly pid: number; readonly parent: number; readonly command: readonly string[] }

/** `undefined` when the process has already ended. @param name its folder in /proc */
function readProcess(name: string): Process | undefined {
	try {
		const parent = /^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${name}/status`, "utf8"))?.[1]
		const command = readFileSync(`/proc/${name}/cmdline`, "utf8").split("\0")
		return { pid: Number(name), parent: Number(parent), command }
	} catch {
		return undefined
	}
}
