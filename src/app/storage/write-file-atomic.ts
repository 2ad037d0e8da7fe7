import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"

/** The last pending write of each file; never rejects. Writes of one file wait for each other. */
const lastWrites = new Map<string, Promise<void>>()

/**
 * Writes a file atomically: a reader, also after a crash, gets either the old or the new content. Writes of one file
 * are done in the order of the calls. Resolves when the content is in the file.
 */
export function writeFileAtomic(file: string, text: string | Uint8Array): Promise<void> {
	const write = (lastWrites.get(file) ?? Promise.resolve()).then(() => replaceFile(file, text))
	const settled = write
		.catch(() => undefined)
		.then(() => {
			if (lastWrites.get(file) === settled) lastWrites.delete(file)
		})
	lastWrites.set(file, settled)
	return write
}

async function replaceFile(file: string, text: string | Uint8Array): Promise<void> {
	await mkdir(dirname(file), { recursive: true })
	const temporaryFile = `${file}.${process.pid}.tmp`
	try {
		await writeFile(temporaryFile, text)
		await rename(temporaryFile, file)
	} catch (error) {
		// A failed cleanup must not hide the original error.
		await rm(temporaryFile, { force: true }).catch(() => undefined)
		throw error
	}
}
