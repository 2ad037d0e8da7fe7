import { readFileSync, renameSync } from "node:fs"
import type { KeyValueStore, ReportProblem } from "./ports"
import { t } from "./translate"
import { writeWholeFile } from "./write-whole-file"

/**
 * Small values in one JSON file. VS Code's own mementos are written some time after they say so, and a window that is
 * reloaded before that loses them; here a value that was set is in the file.
 */
export class FileStore implements KeyValueStore {
	readonly #file: string
	#values: Readonly<Record<string, unknown>>

	/** Reads the file at once. One that cannot be read is put aside, not lost. */
	constructor(file: string, reportProblem: ReportProblem) {
		this.#file = file
		this.#values = readValues(file, reportProblem)
	}

	get(key: string): unknown {
		return this.#values[key]
	}

	/** Rejects when the value could not be written; the old one holds then. */
	async set(key: string, value: unknown): Promise<void> {
		const before = this.#values
		const values = { ...before, [key]: value }
		this.#values = values
		try {
			await writeWholeFile(this.#file, JSON.stringify(values))
		} catch (error) {
			if (this.#values === values) this.#values = before
			throw error
		}
	}
}

function readValues(file: string, reportProblem: ReportProblem): Readonly<Record<string, unknown>> {
	let text: string
	try {
		text = readFileSync(file, "utf8")
	} catch {
		// Not there yet.
		return {}
	}
	try {
		const values: unknown = JSON.parse(text)
		if (typeof values === "object" && values !== null && !Array.isArray(values))
			return values as Record<string, unknown>
	} catch {
		// Damaged, as below.
	}
	const aside = `${file}.damaged`
	renameSync(file, aside)
	reportProblem(t("A file of settings could not be read and was put aside: {0}", aside))
	return {}
}
