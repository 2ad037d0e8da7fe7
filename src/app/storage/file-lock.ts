import { t } from "@bedrock-tiers/core"
import { mkdir, open, rm, stat } from "node:fs/promises"
import { dirname } from "node:path"
import { setTimeout as wait } from "node:timers/promises"

/** A window that holds a lock for so long has crashed. */
const STALE_MS = 10_000
const GIVE_UP_MS = 15_000
const TRY_EVERY_MS = 15

/** The last work on each file in this process, failed or not. */
const lastWorks = new Map<string, Promise<unknown>>()

/**
 * Does the work while no other window that asks for the same lock is at its own. Works of one process are done in the order
 * in which they were asked for. Rejects when the work does, when the lock cannot be written, and when another window holds
 * it for too long.
 */
export function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
	const done = (lastWorks.get(file) ?? Promise.resolve()).then(() => locked(`${file}.lock`, work))
	const settled: Promise<unknown> = done
		.catch(() => undefined)
		.then(() => {
			if (lastWorks.get(file) === settled) lastWorks.delete(file)
		})
	lastWorks.set(file, settled)
	return done
}

async function locked<T>(lock: string, work: () => Promise<T>): Promise<T> {
	await mkdir(dirname(lock), { recursive: true })
	const giveUpAt = Date.now() + GIVE_UP_MS
	while (!(await take(lock))) {
		if (Date.now() > giveUpAt) throw new Error(t("Another window does not let go of {0}.", lock))
		await wait(TRY_EVERY_MS)
	}
	try {
		return await work()
	} finally {
		await rm(lock, { force: true })
	}
}

async function take(lock: string): Promise<boolean> {
	try {
		await (await open(lock, "wx")).close()
		return true
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
		await removeStale(lock)
		return false
	}
}

async function removeStale(lock: string): Promise<void> {
	const held = await stat(lock).catch(() => undefined)
	if (held && Date.now() - held.mtimeMs > STALE_MS) await rm(lock, { force: true })
}
