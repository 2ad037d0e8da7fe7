import type { Write } from "./checkout"
import type { CheckoutFiles } from "./checkout-files"
import { RolledBack } from "./refusal"
import { RunFolder } from "./run-folder"

type Original = { readonly bytes: Buffer; readonly mode: number | null } | null

/**
 * Writes all files in order, or none. All contents are written to temporary files first, so that a full disk is noticed
 * before a file has been changed.
 * @throws AnchorMiss, Refusal when nothing has been changed; RolledBack when changes had to be undone
 */
export function writeFiles(files: CheckoutFiles, writes: readonly Write[]): void {
	for (const [path] of writes) files.assertWritable(path)
	const run = RunFolder.open(files)
	try {
		files.assertUnchanged()
		const originals = new Map(writes.map(([path]) => [path, readOriginal(files, path)]))
		const staged = writes.map(([path, content]) => ({
			path,
			temporaryFile: content === null ? null : run.createFile(content, originals.get(path)?.mode ?? null),
		}))
		const started = new Set<string>()
		try {
			for (const { path, temporaryFile } of staged) {
				started.add(path)
				replace(files, path, temporaryFile)
			}
		} catch (error) {
			throw new RolledBack(error, rollBack(files, run, [...started].reverse(), originals))
		}
	} finally {
		run.close()
	}
}

function readOriginal(files: CheckoutFiles, path: string): Original {
	const bytes = files.readBytes(path)
	return bytes && { bytes, mode: files.mode(path) }
}

/** @param temporaryFile the new content; `null` deletes the file */
function replace(files: CheckoutFiles, path: string, temporaryFile: string | null): void {
	if (temporaryFile !== null) {
		files.createFoldersOf(path)
		files.move(temporaryFile, path)
		return
	}
	files.remove(path)
	files.removeEmptyFoldersOf(path)
}

/** Returns the paths that could not be restored. One of them does not prevent the rollback of the others. */
function rollBack(
	files: CheckoutFiles,
	run: RunFolder,
	paths: readonly string[],
	originals: ReadonlyMap<string, Original>,
): string[] {
	return paths.filter((path) => {
		try {
			const original = originals.get(path) ?? null
			const current = files.readBytes(path)
			const isUnchanged = original === null ? current === null : current?.equals(original.bytes)
			if (!isUnchanged) replace(files, path, original && run.createFile(original.bytes, original.mode))
			else if (original === null) files.removeEmptyFoldersOf(path)
			return false
		} catch {
			return true
		}
	})
}
