import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"

/** Whether a process runs. A zombie counts as ended: in a container, no parent process may ever reap it. */
export function isAlive(pid) {
	try {
		process.kill(pid, 0)
	} catch (error) {
		return error.code === "EPERM"
	}
	return process.platform !== "linux" || readStat(pid)?.state !== "Z"
}

/**
 * Sends SIGTERM to the root of a process tree, waits up to `graceMs`, then sends SIGKILL to the remaining processes.
 * The root must lead its own process group. Children that left the group are found by their parent process id.
 */
export async function stopTree(pid, { graceMs = 5000 } = {}) {
	if (process.platform === "win32") {
		spawnSync("taskkill", ["/T", "/F", "/PID", String(pid)])
		return
	}
	const members = new Map([pid, ...descendants(pid)].map((member) => [member, startTime(member)]))
	const remaining = () => [...members].filter(([member, start]) => isAlive(member) && startTime(member) === start)
	signal(pid, "SIGTERM")
	for (const end = Date.now() + graceMs; Date.now() < end && remaining().length > 0;) await sleep(50)
	for (const [member] of remaining()) signal(member, "SIGKILL")
	signal(-pid, "SIGKILL")
}

function signal(pid, name) {
	try {
		process.kill(pid, name)
	} catch {
		// The process has already ended.
	}
}

function descendants(pid) {
	const parents = process.platform === "linux" ? parentsFromProc() : parentsFromPs()
	const found = [pid]
	for (const member of found) {
		for (const [child, parent] of parents) if (parent === member) found.push(child)
	}
	return found.slice(1)
}

function parentsFromProc() {
	const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name))
	return pids.map((name) => [Number(name), readStat(name)?.parent])
}

function parentsFromPs() {
	const { stdout = "" } = spawnSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" })
	return stdout
		.trim()
		.split("\n")
		.map((line) => line.trim().split(/\s+/).map(Number))
}

/** Start time of a process, which distinguishes it from a later one with the same id; `undefined` when unknown. */
function startTime(pid) {
	return process.platform === "linux" ? readStat(pid)?.start : undefined
}

function readStat(pid) {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "utf8")
		// The process name is in parentheses, and may itself contain spaces and parentheses.
		const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
		return { state: fields[0], parent: Number(fields[1]), start: fields[19] }
	} catch {
		return undefined
	}
}
