import { readFileSync } from "node:fs"
import { rm } from "node:fs/promises"
import { detail, DetailedError, detailsOf } from "@bedrock-tiers/error-details"
import type { ReportProblem } from "../ports"
import { withFileLock } from "./file-lock"
import { Quarantine, type QuarantineCode } from "./quarantine"
import { writeFileAtomic } from "./write-file-atomic"

export type JsonFileOptions<T> = {
	/** Value of a file that does not exist or in which nothing is valid. */
	readonly empty: T
	/** Checks the content. `isWhole` is `false` when invalid parts were left out; `undefined` when nothing is valid. */
	readonly parse: (content: unknown) => { readonly value: T; readonly isWhole: boolean } | undefined
	/** Content of the file for a value; by default the value itself. */
	readonly toStored?: (value: T) => unknown
	/** Report about a quarantined file. */
	readonly quarantineCode: QuarantineCode
	readonly reportProblem: ReportProblem
}

/** `value` is `undefined` when the file cannot be read or quarantined; nothing may overwrite it then. */
type Reading<T> = { readonly value: T | undefined; readonly failure?: Error }

/**
 * A small JSON file that several windows share: checked on each read, changed under a lock, replaced atomically. Invalid
 * content is quarantined and reported before it can be overwritten.
 */
export class JsonFile<T> {
	readonly #path: string
	readonly #options: JsonFileOptions<T>
	readonly #quarantine: Quarantine

	constructor(path: string, options: JsonFileOptions<T>) {
		this.#path = path
		this.#options = options
		this.#quarantine = new Quarantine(options.quarantineCode, options.reportProblem)
	}

	/**
	 * Reads the file, synchronously. Never throws.
	 * @param fallback the result when the file exists and cannot be read, which is reported
	 */
	load(fallback = this.#options.empty): T {
		const { value, failure } = this.#read()
		if (failure) this.#quarantine.reportOnce(failure)
		return value ?? fallback
	}

	/**
	 * Reads the file, changes its value and writes it; no other window can write in between. Rejects when the file cannot
	 * be read or written, and with the error that `edit` throws; the file is unchanged then.
	 */
	update(edit: (value: T) => T): Promise<T> {
		return withFileLock(this.#path, async () => {
			const { value, failure } = this.#read()
			if (failure) throw failure
			const edited = edit(value ?? this.#options.empty)
			const { toStored = (stored: T): unknown => stored } = this.#options
			await writeFileAtomic(this.#path, JSON.stringify(toStored(edited)))
			return edited
		})
	}

	async remove(): Promise<void> {
		await rm(this.#path, { force: true })
	}

	#read(): Reading<T> {
		let text: string
		try {
			text = readFileSync(this.#path, "utf8")
		} catch (error) {
			if (isMissing(error)) return { value: this.#options.empty }
			const reason = detailsOf(error)
			return { value: undefined, failure: new DetailedError(detail("storage.file-unreadable", { reason })) }
		}
		const parsed = this.#options.parse(parseJson(text))
		if (parsed?.isWhole) return { value: parsed.value }
		const failure = parsed ? this.#quarantine.copy(this.#path) : this.#quarantine.move(this.#path)
		return failure ? { value: parsed?.value, failure } : { value: parsed?.value ?? this.#options.empty }
	}
}

/** `undefined` for invalid JSON, and for a value nested so deeply that it could not be written again. */
function parseJson(text: string): unknown {
	try {
		const value: unknown = JSON.parse(text)
		JSON.stringify(value)
		return value
	} catch {
		return undefined
	}
}

function isMissing(error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException
	return code === "ENOENT" || code === "ENOTDIR"
}
