import { mkdir, rename, rm, writeFile } from "node:fs/promises"
import { dirname } from "node:path"

/** Writes a file whole or not at all: a reader, and a crash, meet the old text or the new one. */
export async function writeWholeFile(file: string, text: string): Promise<void> {
	await mkdir(dirname(file), { recursive: true })
	const draft = `${file}.${process.pid}.tmp`
	try {
		await writeFile(draft, text)
		await rename(draft, file)
	} catch (error) {
		await rm(draft, { force: true })
		throw error
	}
}
