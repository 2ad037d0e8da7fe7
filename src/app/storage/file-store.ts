import { readFileSync } from "node:fs"
import { withFileLock } from "./file-lock"
import type { ReportProblem, SharedStore } from "../ports"
import { quarantineFile } from "./quarantine"
import { t } from "@bedrock-tiers/core"
import { writeFileAtomic } from "./write-file-atomic"

type Values = Readonly<Record<string, unknown>>

/**
 * Small values in one JSON file. VS Code writes its mementos only some time after `update` resolves, and a reload
 * before that loses them; here `set` resolves when the value is in the file. The file is read again before each write,
 * so that windows do not lose each other's values.
 */
export class FileStore implements SharedStore {
	readonly #file: string
	readonly #reportProblem: ReportProblem
	#values: Values = {}

	/** Reads the file synchronously. A damaged file is quarantined, not lost. */
	constructor(file: string, reportProblem: ReportProblem) {
		this.#file = file
		this.#reportProblem = reportProblem
		this.reload()
	}

	get(key: string): unknown {
		return this.#values[key]
	}

	/** When the file cannot be read, the previous values remain. */
	reload(): void {
		try {
			this.#values = readValues(this.#file, this.#reportProblem)
		} catch (error) {
			this.#reportProblem(t("A file of settings could not be read: {0}", String(error)))
		}
	}

	/** Rejects when the value cannot be written; the previous value remains then. */
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

/** Throws when the file exists and cannot be read, or is damaged and cannot be quarantined. */
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
		// Throws for a value nested too deeply, which could not be written again.
		JSON.stringify(values)
		if (typeof values === "object" && values !== null && !Array.isArray(values)) return values as Values
	} catch {
		// The file is damaged and is quarantined below.
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
