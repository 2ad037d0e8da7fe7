import { detail, DetailedError } from "@bedrock-tiers/error-details"
import { rm, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { createPrivateFile, createPrivateFolder } from "./private-files"

/** Age at which a lock is stale, because the window that holds it must have crashed. */
const STALE_MS = 10_000
const GIVE_UP_MS = 15_000
const RETRY_EVERY_MS = 15

/** The last pending task of each file in this process; never rejects. */
const lastTasks = new Map<string, Promise<unknown>>()

/**
 * Runs a task while holding the file's lock, which all windows share. Tasks of one process run in the order of the
 * calls. Rejects when the task does, when the lock file cannot be written, and when another window holds the lock for
 * too long.
 */
export function withFileLock<T>(file: string, task: () => Promise<T>): Promise<T> {
	const done = (lastTasks.get(file) ?? Promise.resolve()).then(() => runLocked(`${file}.lock`, task))
	const settled: Promise<unknown> = done
		.catch(() => undefined)
		.then(() => {
			if (lastTasks.get(file) === settled) lastTasks.delete(file)
		})
	lastTasks.set(file, settled)
	return done
}

async function runLocked<T>(lock: string, task: () => Promise<T>): Promise<T> {
	createPrivateFolder(dirname(lock))
	const giveUpAt = Date.now() + GIVE_UP_MS
	while (!(await tryAcquire(lock))) {
		if (Date.now() > giveUpAt) throw new DetailedError(detail("storage.locked", { path: lock }))
		await wait(RETRY_EVERY_MS)
	}
	try {
		return await task()
	} finally {
		await rm(lock, { force: true })
	}
}

async function tryAcquire(lock: string): Promise<boolean> {
	try {
		await createPrivateFile(lock, "")
		return true
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
		await removeStale(lock)
		return false
	}
}

async function removeStale(lock: string): Promise<void> {
	const stats = await stat(lock).catch(() => undefined)
	if (stats && Date.now() - stats.mtimeMs > STALE_MS) await rm(lock, { force: true })
}
