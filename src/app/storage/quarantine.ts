import { detail, DetailedError, detailsOf, type DetailCode } from "@bedrock-tiers/error-details"
import type { ReportProblem } from "../ports"
import { existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs"
import { PRIVATE_FILE_MODE } from "./private-files"

/** Maximum number of quarantined files per original file. An existing one is never overwritten. */
export const MAX_QUARANTINED_FILES = 20

/** Names of quarantined files, in the order in which they are used: `<name>.damaged`, `<name>.damaged-2`, … */
export function quarantineNames(name: string): string[] {
	return Array.from(
		{ length: MAX_QUARANTINED_FILES },
		(_, index) => `${name}.damaged${index === 0 ? "" : `-${index + 1}`}`,
	)
}

/**
 * Moves a damaged file to a quarantine name in its folder and returns the new path, or the path of an identical
 * quarantined file if there is one. `undefined` when the file no longer exists, because another window moved it. Throws
 * a DetailedError when the file cannot be moved; it then remains where it was.
 */
export function quarantineFile(file: string): string | undefined {
	const quarantined = quarantine(file, renameSync)
	if (quarantined && !quarantined.isNew) rmSync(file, { force: true })
	return quarantined?.path
}

/** Like `quarantineFile`, but copies the file. `isNew` is `false` when an identical quarantined file already exists. */
export function quarantineCopy(file: string): { readonly path: string; readonly isNew: boolean } | undefined {
	return quarantine(file, (from, to) =>
		writeFileSync(to, readFileSync(from), { flag: "wx", mode: PRIVATE_FILE_MODE }),
	)
}

/** Deletes all quarantined copies of the file. */
export function removeQuarantined(file: string): void {
	for (const path of quarantineNames(file)) rmSync(path, { force: true })
}

function quarantine(file: string, transfer: (from: string, to: string) => void) {
	const paths = quarantineNames(file)
	try {
		const same = paths.find((path) => isSameFile(path, file))
		if (same !== undefined) return { path: same, isNew: false }
		const free = paths.find((path) => !existsSync(path))
		if (free !== undefined) {
			transfer(file, free)
			return { path: free, isNew: true }
		}
	} catch (error) {
		if (!existsSync(file)) return undefined
		throw new DetailedError(detail("storage.not-quarantined", { reason: detailsOf(error) }), { cause: error })
	}
	throw new DetailedError(detail("storage.quarantine-full", { count: MAX_QUARANTINED_FILES, path: file }))
}

/** `false` when one of the files cannot be read, so that both are retained. */
function isSameFile(one: string, other: string): boolean {
	try {
		return statSync(one).size === statSync(other).size && readFileSync(one).equals(readFileSync(other))
	} catch {
		return false
	}
}

/** Codes of the reports about quarantined files. */
export type QuarantineCode = Extract<
	DetailCode,
	`storage.${"file" | "prices" | "refusals"}-quarantined` | "chat.parts-left-out"
>

/** Quarantines damaged files of one kind and reports each of them once. */
export class Quarantine {
	readonly #code: QuarantineCode
	readonly #reportProblem: ReportProblem
	readonly #reported = new Set<string>()

	constructor(code: QuarantineCode, reportProblem: ReportProblem) {
		this.#code = code
		this.#reportProblem = reportProblem
	}

	/** @returns the error when the file cannot be moved; it remains where it was then */
	move(file: string): Error | undefined {
		return this.#try(() => quarantineFile(file))
	}

	/** Reports nothing when an identical copy exists. @returns the error when the file cannot be copied */
	copy(file: string): Error | undefined {
		return this.#try(() => {
			const quarantined = quarantineCopy(file)
			return quarantined?.isNew ? quarantined.path : undefined
		})
	}

	/** Reports an error unless the same one was reported before. */
	reportOnce(error: Error): void {
		const details = detailsOf(error)
		const report = JSON.stringify(details)
		if (this.#reported.has(report)) return
		this.#reported.add(report)
		this.#reportProblem(...details)
	}

	#try(quarantine: () => string | undefined): Error | undefined {
		try {
			const path = quarantine()
			if (path !== undefined) this.#reportProblem(detail(this.#code, { path }))
			return undefined
		} catch (error) {
			return error as DetailedError
		}
	}
}
