import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { withLock } from "./lock-file.mjs"
import { requireFreeSpace, runNpm } from "./npm.mjs"
import { rootDir, serverDir } from "./paths.mjs"

const what = "The project's dependencies"

/** Runs `npm ci` where node_modules does not hold what package-lock.json says; does nothing otherwise. */
export async function installRootDependencies({ log = console.log } = {}) {
	if (isInstalled()) return
	await withLock(join(serverDir, "dependencies.lock"), () => (isInstalled() ? undefined : install(log)), { log })
}

async function install(log) {
	requireFreeSpace(rootDir, 0.6, what)
	log("Installing the project's dependencies (npm ci) …")
	const start = performance.now()
	await runNpm(["ci"], { cwd: rootDir, what })
	log(`  done (${((performance.now() - start) / 1000).toFixed(1)} s)`)
}

/** npm writes its own record last, so a half-finished install has none. Times are no measure: git changes them. */
function isInstalled() {
	const record = join(rootDir, "node_modules", ".package-lock.json")
	if (!existsSync(record)) return false
	const installed = readPackages(record)
	const wanted = Object.entries(readPackages(join(rootDir, "package-lock.json")))
	return wanted.every(([path, entry]) => {
		if (!path.includes("node_modules/")) return true
		// Optional ones are there only for the system they are made for.
		if (installed[path] === undefined) return Boolean(entry.optional || entry.devOptional)
		return installed[path].version === entry.version
	})
}

const readPackages = (path) => JSON.parse(readFileSync(path, "utf8")).packages
