import { watch, type FSWatcher } from "node:fs"
import { basename, dirname } from "node:path"
import { createPrivateFolder } from "./private-files"

/** Delay that merges the several events of one replaced file. */
const SETTLE_MS = 100

/**
 * Calls `changed` shortly after the file was written, until it is disposed. It watches the folder, because a watcher of
 * the file itself would lose a file that is replaced. When the system cannot watch the folder, `changed` is never
 * called.
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
		createPrivateFolder(folder)
		return watch(folder, { persistent: false }, onChange).on("error", () => undefined)
	} catch {
		return undefined
	}
}
