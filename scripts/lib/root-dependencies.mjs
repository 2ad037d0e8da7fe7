import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { withLock } from "./lock-file.mjs"
import { requireFreeSpace, runNpm } from "./npm.mjs"
import { rootDir, serverDir } from "./paths.mjs"

const component = "The project's dependencies"

/** Runs `npm ci` if node_modules does not match package-lock.json. */
export async function installRootDependencies({ log = console.log } = {}) {
	if (isInstalled()) return
	await withLock(join(serverDir, "dependencies.lock"), () => (isInstalled() ? undefined : install(log)), { log })
}

async function install(log) {
	requireFreeSpace(rootDir, 0.6, component)
	log("Installing the project's dependencies (npm ci) …")
	const start = performance.now()
	await runNpm(["ci"], { cwd: rootDir, component })
	log(`  done (${((performance.now() - start) / 1000).toFixed(1)} s)`)
}

/** npm writes its record last: an incomplete installation has none. File times are not compared: git changes them. */
function isInstalled() {
	const record = join(rootDir, "node_modules", ".package-lock.json")
	if (!existsSync(record)) return false
	const installed = readPackages(record)
	const required = Object.entries(readPackages(join(rootDir, "package-lock.json")))
	return required.every(([path, entry]) => {
		if (!path.includes("node_modules/")) return true
		// Optional packages are installed only on the systems that they support.
		if (installed[path] === undefined) return Boolean(entry.optional || entry.devOptional)
		return installed[path].version === entry.version
	})
}

const readPackages = (path) => JSON.parse(readFileSync(path, "utf8")).packages
