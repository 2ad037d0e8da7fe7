import { dirname } from "node:path"
import { createPrivateFolder, replaceFile } from "./private-files"

/** The last pending write of each file; never rejects. Writes of one file wait for each other. */
const lastWrites = new Map<string, Promise<void>>()

/**
 * Writes a private file of the extension atomically: a reader, also after a crash, gets either the old or the new
 * content. Writes of one file are done in the order of the calls. The file's folder becomes private. Resolves when the
 * content is in the file.
 */
export function writeFileAtomic(file: string, content: string | Uint8Array): Promise<void> {
	const write = (lastWrites.get(file) ?? Promise.resolve()).then(() => {
		createPrivateFolder(dirname(file))
		return replaceFile(file, content)
	})
	const settled = write
		.catch(() => undefined)
		.then(() => {
			if (lastWrites.get(file) === settled) lastWrites.delete(file)
		})
	lastWrites.set(file, settled)
	return write
}
