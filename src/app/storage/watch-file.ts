import { mkdirSync, watch, type FSWatcher } from "node:fs"
import { basename, dirname } from "node:path"

/** A file that is replaced is told of more than once. */
const SETTLE_MS = 100

/**
 * Calls back some time after the file was written, until it is disposed. Its folder is watched, since a file that is replaced is
 * another one. Where the system tells of no changes there are no calls.
 */
export function watchFile(file: string, changed: () => void): { dispose(): void } {
	let timer: NodeJS.Timeout | undefined
	const onChange = (_event: string, name: string | null) => {
		if (name !== null && name !== basename(file)) return
		clearTimeout(timer)
		timer = setTimeout(changed, SETTLE_MS)
	}
	const watcher = startWatching(dirname(file), onChange)
	return {
		dispose() {
			clearTimeout(timer)
			watcher?.close()
		},
	}
}

function startWatching(folder: string, onChange: (event: string, name: string | null) => void): FSWatcher | undefined {
	try {
		mkdirSync(folder, { recursive: true })
		return watch(folder, { persistent: false }, onChange).on("error", () => undefined)
	} catch {
		return undefined
	}
}
