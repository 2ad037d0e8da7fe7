import { readBundledPackages } from "./bundled-packages.mjs"
import { readNpmJson } from "./npm.mjs"
import { rootDir } from "./paths.mjs"

const FAILING_SEVERITIES = ["high", "critical"]

/**
 * Prints the known vulnerabilities of the bundled packages. `npm audit --omit=dev` would skip them: they are development
 * dependencies, because the bundles replace them. Asks the npm registry.
 *
 * @returns exit code: 1 when a vulnerability is high or critical
 * @throws PlainFailure when the registry does not answer
 */
export async function auditBundledPackages() {
	const { vulnerabilities } = await readNpmJson(["audit", "--json"], { cwd: rootDir })
	const bundled = readBundledPackages()
	const folders = new Set(bundled.map(({ folder }) => folder))
	const found = Object.values(vulnerabilities)
		.filter(({ nodes }) => nodes.some((folder) => folders.has(folder)))
		// A text instead of an object names a vulnerable dependency, which has an entry of its own.
		.flatMap(({ name, via }) => via.filter((one) => typeof one === "object").map((one) => ({ ...one, name })))
	for (const { name, severity, title, url } of found) console.log(`${severity}: ${name}: ${title} (${url})`)
	console.log(`${bundled.length} bundled packages, ${found.length} known vulnerabilities`)
	return found.some(({ severity }) => FAILING_SEVERITIES.includes(severity)) ? 1 : 0
}
