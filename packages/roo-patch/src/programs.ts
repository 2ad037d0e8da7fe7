import { accessSync, constants, realpathSync, statSync } from "node:fs"
import { delimiter, isAbsolute, join, sep } from "node:path"

/**
 * Finds a program on the PATH: never in the checkout, and never in a folder that is relative to the working directory,
 * which may be the checkout.
 * @param names its file names, the preferred one first
 */
export function findProgram(names: readonly string[], path: string, root: string): string | null {
	for (const folder of path.split(delimiter).filter(isAbsolute))
		for (const name of names) {
			const program = join(folder, name)
			if (isProgramOutside(program, folder, root)) return program
		}
	return null
}

function isProgramOutside(program: string, folder: string, root: string): boolean {
	try {
		const real = realpathSync(program)
		if ([real, realpathSync(folder)].some((each) => `${each}${sep}`.startsWith(`${root}${sep}`))) return false
		if (!statSync(real).isFile()) return false
		accessSync(real, constants.X_OK)
		return true
	} catch {
		// There is no such program in this folder.
		return false
	}
}
