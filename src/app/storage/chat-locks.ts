import { randomUUID } from "node:crypto"
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { setTimeout as wait } from "node:timers/promises"

/** A window that answers says so this often. */
const RENEW_EVERY_MS = 5_000
/** One that has not said so for this long is gone, whatever its process id says: it may be on another machine. */
const GONE_AFTER_MS = 20_000
const WRITTEN_WITHIN_MS = 2_000
const SETTLE_MS = 50

type Lock = { readonly owner: string; readonly pid: number }
type Held = { times: number; readonly renewing: NodeJS.Timeout }

/**
 * Which window answers in which chat: a file for each chat that is being answered, with the window and its process. A window
 * that ended without removing its files holds nothing: its process is gone, or its files grow old.
 */
export class ChatLocks {
	readonly #folder: string
	readonly #owner = randomUUID()
	readonly #held = new Map<string, Held>()

	constructor(folder: string) {
		this.#folder = folder
	}

	/**
	 * Takes the chat for this window, once more where it has it already.
	 * @returns false when another window has it; where no file can be written, the chat goes on without
	 */
	async take(id: string): Promise<boolean> {
		const held = this.#held.get(id)
		if (held) {
			held.times++
			return true
		}
		try {
			if (!(await this.#takeFile(id))) return false
		} catch {
			// A full disk must not keep a question from its answer.
		}
		const renew = () => void utimes(this.#file(id), new Date(), new Date()).catch(() => undefined)
		this.#held.set(id, { times: 1, renewing: setInterval(renew, RENEW_EVERY_MS).unref() })
		return true
	}

	/** Gives it back, as often as it was taken. */
	async release(id: string): Promise<void> {
		const held = this.#held.get(id)
		if (!held || --held.times > 0) return
		clearInterval(held.renewing)
		this.#held.delete(id)
		if ((await this.#read(id))?.owner === this.#owner) await rm(this.#file(id), { force: true })
	}

	/** How often this window has it. */
	times(id: string): number {
		return this.#held.get(id)?.times ?? 0
	}

	async isTakenElsewhere(id: string): Promise<boolean> {
		const lock = await this.#read(id)
		// A file without words is being written, unless it stays so.
		if (!lock) return (await this.#age(id)) < WRITTEN_WITHIN_MS
		return lock.owner !== this.#owner && (await this.#age(id)) < GONE_AFTER_MS && isRunning(lock.pid)
	}

	async #takeFile(id: string): Promise<boolean> {
		await mkdir(this.#folder, { recursive: true })
		const text = JSON.stringify({ owner: this.#owner, pid: process.pid } satisfies Lock)
		try {
			await writeFile(this.#file(id), text, { flag: "wx" })
			return true
		} catch (error) {
			if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error
		}
		if (await this.isTakenElsewhere(id)) return false
		await rm(this.#file(id), { force: true })
		await writeFile(this.#file(id), text)
		// Two windows that saw the same one gone: the later writer has it.
		await wait(SETTLE_MS)
		return (await this.#read(id))?.owner === this.#owner
	}

	/** Undefined when there is none, or none that can be read. */
	async #read(id: string): Promise<Lock | undefined> {
		try {
			const { owner, pid } = JSON.parse(await readFile(this.#file(id), "utf8")) as Partial<Lock>
			return typeof owner === "string" && typeof pid === "number" ? { owner, pid } : undefined
		} catch {
			return undefined
		}
	}

	/** Milliseconds since its window last said that it is there; infinite when there is no file. */
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
		// A process of somebody else's is one that is there.
		return (error as NodeJS.ErrnoException).code === "EPERM"
	}
}
