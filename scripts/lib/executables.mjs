import { accessSync, constants } from "node:fs"
import { delimiter, join } from "node:path"

/** Path of the first program found in the folders, by default those of PATH; `undefined` when there is none. */
export function findProgram(names, folders = foldersOnPath()) {
	return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable)
}

export function foldersOnPath() {
	return (process.env.PATH ?? "").split(delimiter).filter(Boolean)
}

export function isExecutable(path) {
	try {
		accessSync(path, constants.X_OK)
		return true
	} catch {
		return false
	}
}
