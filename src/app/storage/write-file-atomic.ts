import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"

/** The last write of each file, failed or not: writes of one file wait for each other. */
const lastWrites = new Map<string, Promise<void>>()

/**
 * Writes a file whole or not at all: a reader, and a crash, meet the old text or the new one. Writes of one file are done
 * in the order in which they were asked for. Resolves when the text is in the file.
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
	const draft = `${file}.${process.pid}.tmp`
	try {
		await writeFile(draft, text)
		await rename(draft, file)
	} catch (error) {
		// What went wrong first is what is told.
		await rm(draft, { force: true }).catch(() => undefined)
		throw error
	}
}
