import { readFileSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { readBundledPackages } from "./bundled-packages.mjs"
import { readNpmJson } from "./npm.mjs"
import { rootDir, sbomPath } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"

/** Not bundled: npm installs it with the terminal command, whose patch reads sources with it. */
export const INSTALLED_WITH_TERMINAL = "typescript"

/**
 * Writes the software bill of materials: npm's list of all packages in the lock file, reduced to those that are bundled
 * or installed with the terminal command. To npm they are development dependencies, because the bundles replace them.
 */
export async function writeSbom({ log = console.log } = {}) {
	const args = ["sbom", "--package-lock-only", "--sbom-format=cyclonedx", "--sbom-type=application"]
	const all = await readNpmJson(args, { cwd: rootDir })
	const { name, version, devDependencies } = JSON.parse(readFileSync(join(rootDir, "package.json"), "utf8"))
	const installed = { name: INSTALLED_WITH_TERMINAL, version: devDependencies[INSTALLED_WITH_TERMINAL] }
	const shipped = [...readBundledPackages(), installed].map((one) => `${one.name}@${one.version}`)
	const components = all.components
		.filter((component) => shipped.includes(component["bom-ref"]))
		.map(({ properties: _properties, ...component }) => ({ ...component, scope: "required" }))
	const listed = components.map((component) => component["bom-ref"])
	const missing = shipped.filter((ref) => !listed.includes(ref))
	if (missing.length > 0) throw new PlainFailure(`The lock file does not contain ${missing.join(", ")}.`)
	const root = all.metadata.component["bom-ref"]
	const dependencies = all.dependencies
		.filter(({ ref }) => listed.includes(ref))
		.map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((one) => listed.includes(one)) }))
	const sbom = {
		...all,
		// npm names it like the folder.
		metadata: { ...all.metadata, component: { "bom-ref": root, type: "application", name, version } },
		components,
		dependencies: [{ ref: root, dependsOn: listed }, ...dependencies],
	}
	writeFileSync(sbomPath, `${JSON.stringify(sbom, null, "\t")}\n`)
	log(`Listed ${components.length} packages in ${relative(rootDir, sbomPath)}`)
}
