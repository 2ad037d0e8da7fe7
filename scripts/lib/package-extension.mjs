import {
	cpSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
} from "node:fs"
import { dirname, join, relative } from "node:path"
import { lastLines } from "./npm.mjs"
import { rootDir, vsixPath } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { run, runScript } from "./run.mjs"

const vsce = join(rootDir, "node_modules", "@vscode", "vsce", "vsce")
// The run-time dependencies of the workspaces are bundled. There is no repository yet, so links are not rewritten.
const flags = ["--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links", "--skip-license"]

export async function buildExtension() {
	await runScript(join(rootDir, "scripts", "build.mjs"), [], "The build failed; its own words stand above.", {
		cwd: rootDir,
	})
}

/** Writes dist/bedrock-tiers.vsix and prints its size. */
export async function packageExtension({ build = true, log = console.log } = {}) {
	if (build) await buildExtension()
	for (const path of [
		"dist/extension.js",
		"dist/bedrock.cjs",
		"dist/price-list.cjs",
		"dist/workspace-tools.cjs",
		"dist/l10n",
		"dist/webview",
		"dist/THIRD_PARTY_NOTICES.md",
	]) {
		if (!existsSync(join(rootDir, path))) throw new PlainFailure(`${path} is missing. Run npm run build first.`)
	}
	// vsce reads every file below its folder before it applies the allow-list, so it gets a folder with few files.
	const stage = mkdtempSync(join(rootDir, "dist", "package-"))
	try {
		for (const path of allowedPaths()) copy(path, stage)
		const out = join(stage, "extension.vsix")
		const { code, output } = await run(process.execPath, [vsce, "package", ...flags, "--out", out], { cwd: stage })
		if (code !== 0) throw new PlainFailure(`The extension could not be packaged. vsce said:\n${lastLines(output)}`)
		// The rename is atomic: another `npm start` may be reading the old package.
		renameSync(out, vsixPath)
	} finally {
		rmSync(stage, { recursive: true, force: true })
	}
	log(`Packaged ${relative(rootDir, vsixPath)}: ${Math.ceil(statSync(vsixPath).size / 1024)} KB`)
}

function copy(path, stage) {
	const from = join(rootDir, path)
	if (!existsSync(from)) return
	mkdirSync(dirname(join(stage, path)), { recursive: true })
	cpSync(from, join(stage, path), { recursive: true })
}

/** Files and folders that .vscodeignore allows. vsce applies the finer rules, such as the exclusion of source maps. */
function allowedPaths() {
	const lines = readFileSync(join(rootDir, ".vscodeignore"), "utf8").split("\n")
	const patterns = lines.filter((line) => line.startsWith("!")).map((line) => line.slice(1).trim())
	return [".vscodeignore", ...patterns.flatMap(pathsOfPattern)]
}

/** The path above the first wildcard of a pattern, or the matching names in the root folder if it has no such path. */
function pathsOfPattern(pattern) {
	const segments = pattern.split("/")
	const wild = segments.findIndex((segment) => segment.includes("*"))
	if (wild === -1) return [pattern]
	if (wild > 0) return [segments.slice(0, wild).join("/")]
	const [before, after] = segments[0].split("*")
	return readdirSync(rootDir).filter((name) => name.startsWith(before) && name.endsWith(after))
}
