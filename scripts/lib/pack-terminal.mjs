import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join, relative } from "node:path"
import { runNpm } from "./npm.mjs"
import { rootDir, terminalPath } from "./paths.mjs"
import { INSTALLED_WITH_TERMINAL } from "./write-sbom.mjs"

const FILES = [
	"LICENSE",
	"dist/THIRD_PARTY_NOTICES.md",
	"dist/bedrock.cjs",
	"dist/cli.js",
	"dist/price-list.cjs",
	"dist/roo-patch.cjs",
	"dist/roo-payload.json",
]

/** Writes the terminal command as an npm package, `dist/bedrock-tiers-terminal.tgz`, from the built files. */
export async function packTerminalCommand({ log = console.log } = {}) {
	const { name, version, license, bin, engines, devDependencies } = JSON.parse(
		readFileSync(join(rootDir, "package.json"), "utf8"),
	)
	const dependencies = { [INSTALLED_WITH_TERMINAL]: devDependencies[INSTALLED_WITH_TERMINAL] }
	const manifest = { name, version, license, bin, engines: { node: engines.node }, dependencies }
	const stage = mkdtempSync(join(rootDir, "dist", "package-"))
	try {
		mkdirSync(join(stage, "dist"))
		for (const path of FILES) cpSync(join(rootDir, path), join(stage, path))
		writeFileSync(join(stage, "package.json"), JSON.stringify(manifest, null, "\t"))
		await runNpm(["pack", "--ignore-scripts"], { cwd: stage, component: "The terminal command" })
		renameSync(join(stage, `${name}-${version}.tgz`), terminalPath)
	} finally {
		rmSync(stage, { recursive: true, force: true })
	}
	log(`Packed ${relative(rootDir, terminalPath)}`)
}
