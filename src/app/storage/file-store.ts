import { readFileSync } from "node:fs"
import { withFileLock } from "./file-lock"
import type { ReportProblem, SharedStore } from "../ports"
import { quarantineFile } from "./quarantine"
import { t } from "@bedrock-tiers/core"
import { writeFileAtomic } from "./write-file-atomic"

type Values = Readonly<Record<string, unknown>>

/**
 * Small values in one JSON file. VS Code's own mementos are written some time after they say so, and a window that is
 * reloaded before that loses them; here a value that was set is in the file. The file is read anew before each write, so
 * that windows do not lose each other's values.
 */
export class FileStore implements SharedStore {
	readonly #file: string
	readonly #reportProblem: ReportProblem
	#values: Values = {}

	/** Reads the file at once. One that cannot be read is put aside, not lost. */
	constructor(file: string, reportProblem: ReportProblem) {
		this.#file = file
		this.#reportProblem = reportProblem
		this.reload()
	}

	get(key: string): unknown {
		return this.#values[key]
	}

	/** What cannot be read now is left as it was. */
	reload(): void {
		try {
			this.#values = readValues(this.#file, this.#reportProblem)
		} catch (error) {
			this.#reportProblem(t("A file of settings could not be read: {0}", String(error)))
		}
	}

	/** Rejects when the value could not be written; the old one holds then. */
	set(key: string, value: unknown): Promise<void> {
		return this.update(key, () => value)
	}

	update(key: string, edit: (value: unknown) => unknown): Promise<void> {
		return withFileLock(this.#file, async () => {
			const values = readValues(this.#file, this.#reportProblem)
			const edited = { ...values, [key]: edit(values[key]) }
			await writeFileAtomic(this.#file, JSON.stringify(edited))
			this.#values = edited
		})
	}
}

/** Throws when the file is there and the system does not give it, or it is damaged and cannot be put aside. */
function readValues(file: string, reportProblem: ReportProblem): Values {
	let text: string
	try {
		text = readFileSync(file, "utf8")
	} catch (error) {
		if (isMissing(error)) return {}
		throw error
	}
	try {
		const values: unknown = JSON.parse(text)
		// What is too deep to be written again would be lost with the next write.
		JSON.stringify(values)
		if (typeof values === "object" && values !== null && !Array.isArray(values)) return values as Values
	} catch {
		// Damaged, as below.
	}
	const quarantined = quarantineFile(file)
	if (quarantined !== undefined)
		reportProblem(t("A file of settings could not be read and was put aside: {0}", quarantined))
	return {}
}

function isMissing(error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException
	return code === "ENOENT" || code === "ENOTDIR"
}
