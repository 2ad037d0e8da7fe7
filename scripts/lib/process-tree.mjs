import { spawnSync } from "node:child_process"
import { readdirSync, readFileSync } from "node:fs"
import { setTimeout as sleep } from "node:timers/promises"

/** A zombie counts as gone: in a container nobody may ever collect it. */
export function isAlive(pid) {
	try {
		process.kill(pid, 0)
	} catch (error) {
		return error.code === "EPERM"
	}
	return process.platform !== "linux" || readStat(pid)?.state !== "Z"
}

/**
 * Asks a process tree to end (SIGTERM to its root), waits, then ends by force whatever is left of it.
 * The root must lead its own process group; children that left the group are found by their parent.
 */
export async function stopTree(pid, { graceMs = 5000 } = {}) {
	if (process.platform === "win32") {
		spawnSync("taskkill", ["/T", "/F", "/PID", String(pid)])
		return
	}
	const members = new Map([pid, ...descendants(pid)].map((member) => [member, startOf(member)]))
	const left = () => [...members].filter(([member, start]) => isAlive(member) && startOf(member) === start)
	signal(pid, "SIGTERM")
	for (const end = Date.now() + graceMs; Date.now() < end && left().length > 0;) await sleep(50)
	for (const [member] of left()) signal(member, "SIGKILL")
	signal(-pid, "SIGKILL")
}

function signal(pid, name) {
	try {
		process.kill(pid, name)
	} catch {
		// Gone already.
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

/** When a process started: tells it from a later one that got the same number. */
function startOf(pid) {
	return process.platform === "linux" ? readStat(pid)?.start : undefined
}

function readStat(pid) {
	try {
		const text = readFileSync(`/proc/${pid}/stat`, "utf8")
		// The name in brackets may hold spaces and brackets itself.
		const fields = text.slice(text.lastIndexOf(")") + 2).split(" ")
		return { state: fields[0], parent: Number(fields[1]), start: fields[19] }
	} catch {
		return undefined
	}
}
