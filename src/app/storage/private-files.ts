import { randomUUID } from "node:crypto"
import { chmodSync, mkdirSync } from "node:fs"
import { rename, rm, writeFile } from "node:fs/promises"

/** On POSIX only the user can read the extension's files and list its folders. Windows ignores the modes. */
export const PRIVATE_FILE_MODE = 0o600
const PRIVATE_FOLDER_MODE = 0o700

/** Creates a folder of the extension, unless it exists, and makes it private. */
export function createPrivateFolder(folder: string): void {
	mkdirSync(folder, { recursive: true, mode: PRIVATE_FOLDER_MODE })
	restrictFolder(folder)
}

/** Makes a folder private that an earlier version created, if it exists. */
export function restrictFolder(folder: string): void {
	try {
		chmodSync(folder, PRIVATE_FOLDER_MODE)
	} catch {
		// Not every file system has modes, and the extension must work there, too.
	}
}

/** Creates a private file. Rejects with EEXIST when anything has the name already, also a link. */
export function createPrivateFile(file: string, content: string | Uint8Array): Promise<void> {
	return writeFile(file, content, { flag: "wx", mode: PRIVATE_FILE_MODE })
}

/**
 * Replaces or creates a private file in an existing folder: a reader, also after a crash, gets either the old or the new
 * content. The name of the temporary file is random, so that nothing can be planted there.
 */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
	const temporaryFile = `${file}.${randomUUID()}.tmp`
	try {
		await createPrivateFile(temporaryFile, content)
		await rename(temporaryFile, file)
	} catch (error) {
		// A failed cleanup must not hide the original error.
		await rm(temporaryFile, { force: true }).catch(() => undefined)
		throw error
	}
}
