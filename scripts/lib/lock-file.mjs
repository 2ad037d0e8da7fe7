import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { isAlive } from "./process-tree.mjs"

/** Runs `work` while this process holds the lock. Waits for a live holder, and takes the lock from a dead one. */
export async function withLock(path, work, { log = () => {} } = {}) {
	mkdirSync(dirname(path), { recursive: true })
	for (let waited = false; !(await tryLock(path)); waited = true) {
		if (!waited) log(`Waiting for another start that is installing (process ${readHolder(path) ?? "unknown"}).`)
		await sleep(500)
	}
	const release = releaseOnExit(path)
	try {
		return await work()
	} finally {
		process.off("exit", release)
		release()
	}
}

/** Takes a lock until this process ends; false when a live process holds it. */
export async function holdLock(path) {
	mkdirSync(dirname(path), { recursive: true })
	// A dead holder's lock is removed by the first try and taken by the second.
	const held = (await tryLock(path)) || (await tryLock(path))
	if (held) releaseOnExit(path)
	return held
}

function releaseOnExit(path) {
	const release = () => readHolder(path) === process.pid && rmSync(path, { force: true })
	process.once("exit", release)
	return release
}

async function tryLock(path) {
	try {
		writeFileSync(path, String(process.pid), { flag: "wx" })
		// Two processes that saw the same dead holder may both have removed the file; the last writer holds the lock.
		await sleep(50)
		return readHolder(path) === process.pid
	} catch (error) {
		if (error.code !== "EEXIST") throw error
	}
	const holder = readHolder(path)
	// An empty file means that its holder has created it but not yet written it, unless it stays empty.
	const stale = holder === undefined ? age(path) > 5000 : !isAlive(holder)
	if (stale) rmSync(path, { force: true })
	return false
}

function readHolder(path) {
	try {
		return Number(readFileSync(path, "utf8")) || undefined
	} catch {
		return undefined
	}
}

function age(path) {
	try {
		return Date.now() - statSync(path).mtimeMs
	} catch {
		return 0
	}
}
