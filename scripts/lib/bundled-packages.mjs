import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { rootDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"

/** The packages that the build has bundled, with their folders relative to the project root. */
export function readBundledPackages() {
	const path = join(rootDir, "dist", "bundled-packages.json")
	if (!existsSync(path)) throw new PlainFailure("dist/bundled-packages.json is missing. Run npm run build first.")
	return JSON.parse(readFileSync(path, "utf8"))
}
