import { randomUUID } from "node:crypto"
import { readFile, rm, stat, utimes } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"
import { createPrivateFile, createPrivateFolder } from "./private-files"
import { writeFileAtomic } from "./write-file-atomic"

/** Interval at which a lock holder renews its lock file. */
const RENEW_EVERY_MS = 5_000
/**
 * Age at which an unrenewed lock is stale, even if a process with its id runs: the holder may be on another machine.
 */
const STALE_AFTER_MS = 20_000
/** Age up to which an unreadable lock file counts as one that is still being written. */
const WRITTEN_WITHIN_MS = 2_000
/** Wait before a replaced lock file is read again, so that the last of several writers wins. */
const SETTLE_MS = 50

type Lock = { readonly owner: string; readonly pid: number }
type HeldLock = { holdCount: number; readonly renewTimer: NodeJS.Timeout }

/**
 * Locks that record which window is answering in which chat: one file per locked chat, with the window's id and process
 * id. The lock of a window that ended without removing it is stale, because its process no longer runs or the file is
 * too old.
 */
export class ChatLocks {
	readonly #folder: string
	readonly #owner = randomUUID()
	readonly #held = new Map<string, HeldLock>()

	constructor(folder: string) {
		this.#folder = folder
	}

	/**
	 * Acquires the chat's lock for this window. The lock is reentrant.
	 * @returns `false` when another window holds it; `true` also when no lock file can be written, so that the chat
	 *   still works
	 */
	async acquire(id: string): Promise<boolean> {
		const held = this.#held.get(id)
		if (held) {
			held.holdCount++
			return true
		}
		try {
			if (!(await this.#acquireFile(id))) return false
		} catch {
			// A full disk must not prevent an answer.
		}
		const renew = () => void utimes(this.#file(id), new Date(), new Date()).catch(() => undefined)
		this.#held.set(id, { holdCount: 1, renewTimer: setInterval(renew, RENEW_EVERY_MS).unref() })
		return true
	}

	/** Releases the lock; must be called as often as `acquire` returned `true`. */
	async release(id: string): Promise<void> {
		const held = this.#held.get(id)
		if (!held || --held.holdCount > 0) return
		clearInterval(held.renewTimer)
		this.#held.delete(id)
		if ((await this.#read(id))?.owner === this.#owner) await rm(this.#file(id), { force: true })
	}

	/** How often this window has acquired the lock without releasing it. */
	holdCount(id: string): number {
		return this.#held.get(id)?.holdCount ?? 0
	}

	async isHeldElsewhere(id: string): Promise<boolean> {
		const lock = await this.#read(id)
		// An unreadable file is being written, unless it has been unreadable for long.
		if (!lock) return (await this.#age(id)) < WRITTEN_WITHIN_MS
		return lock.owner !== this.#owner && (await this.#age(id)) < STALE_AFTER_MS && isRunning(lock.pid)
	}

	async #acquireFile(id: string): Promise<boolean> {
		createPrivateFolder(this.#folder)
		const text = JSON.stringify({ owner: this.#owner, pid: process.pid } satisfies Lock)
		try {
			await createPrivateFile(this.#file(id), text)
			return true
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
		}
		if (await this.isHeldElsewhere(id)) return false
		await writeFileAtomic(this.#file(id), text)
		// If two windows replace the same stale lock, the later writer holds it.
		await wait(SETTLE_MS)
		return (await this.#read(id))?.owner === this.#owner
	}

	/** `undefined` when the file does not exist or cannot be read. */
	async #read(id: string): Promise<Lock | undefined> {
		try {
			const { owner, pid } = JSON.parse(await readFile(this.#file(id), "utf8")) as Partial<Lock>
			return typeof owner === "string" && typeof pid === "number" ? { owner, pid } : undefined
		} catch {
			return undefined
		}
	}

	/** Milliseconds since the lock was last renewed; `Infinity` when there is no file. */
	async #age(id: string): Promise<number> {
		try {
			return Date.now() - (await stat(this.#file(id))).mtimeMs
		} catch {
			return Infinity
		}
	}

	#file(id: string): string {
		return join(this.#folder, `${id}.lock`)
	}
}

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0)
		return true
	} catch (error) {
		// EPERM: the process exists but belongs to another user.
		return (error as NodeJS.ErrnoException).code === "EPERM"
	}
}
