import { constants, copyFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from "node:fs"
import { t } from "@bedrock-tiers/core"
import { errorMessage } from "./error-message"

/** So many damaged ones are kept of one thing. None of them gives way to a further one. */
export const MAX_QUARANTINED_FILES = 20

/** Names for what is put aside, to be taken in this order: `<name>.damaged`, `<name>.damaged-2`, … */
export function quarantineNames(name: string): string[] {
	return Array.from(
		{ length: MAX_QUARANTINED_FILES },
		(_, index) => `${name}.damaged${index === 0 ? "" : `-${index + 1}`}`,
	)
}

/**
 * Moves a damaged file beside itself and returns where it lies then; where the same lies already, that place. Undefined when
 * there is no such file any more: another window was faster. Throws an Error, one sentence, when it could not be done: the
 * file is then where it was.
 */
export function quarantineFile(file: string): string | undefined {
	const quarantined = quarantine(file, renameSync)
	if (quarantined && !quarantined.isNew) rmSync(file, { force: true })
	return quarantined?.path
}

/** As `moveAside`, but the file stays, too. `isNew` is false when the same lay there already. */
export function quarantineCopy(file: string): { readonly path: string; readonly isNew: boolean } | undefined {
	return quarantine(file, (from, to) => copyFileSync(from, to, constants.COPYFILE_EXCL))
}

/** Removes all that was put aside of the file. */
export function removeQuarantined(file: string): void {
	for (const path of quarantineNames(file)) rmSync(path, { force: true })
}

function quarantine(file: string, put: (from: string, to: string) => void) {
	const paths = quarantineNames(file)
	try {
		const same = paths.find((path) => isSameFile(path, file))
		if (same !== undefined) return { path: same, isNew: false }
		const free = paths.find((path) => !existsSync(path))
		if (free !== undefined) {
			put(file, free)
			return { path: free, isNew: true }
		}
	} catch (error) {
		if (!existsSync(file)) return undefined
		throw new Error(t("A damaged file could not be put aside: {0}", errorMessage(error)), { cause: error })
	}
	throw new Error(
		t(
			"A damaged file was not put aside, since {0} of its kind lie beside it already: {1}",
			MAX_QUARANTINED_FILES,
			file,
		),
	)
}

/** False where one of them cannot be read: then both are kept. */
function isSameFile(one: string, other: string): boolean {
	try {
		return statSync(one).size === statSync(other).size && readFileSync(one).equals(readFileSync(other))
	} catch {
		return false
	}
}
