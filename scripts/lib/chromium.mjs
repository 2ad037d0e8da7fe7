import { existsSync } from "node:fs"
import { findProgram, foldersOnPath, isExecutable } from "./executables.mjs"
import { run } from "./run.mjs"

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]

/** Path of the Chromium at CHROMIUM_PATH, or else of an installed one; `undefined` when there is none. */
export function findChromium() {
	const named = process.env.CHROMIUM_PATH
	if (named) return isExecutable(named) ? named : undefined
	return findProgram(names, ["/usr/bin", ...foldersOnPath()])
}

/** Finds Chromium, or installs Debian's package (as root, on Debian). Returns `{path}`, or `{reason}` on failure. */
export async function ensureChromium({ log = console.log } = {}) {
	const found = findChromium()
	if (found) return { path: found }
	if (process.env.CHROMIUM_PATH) return { reason: `CHROMIUM_PATH names no program: ${process.env.CHROMIUM_PATH}` }
	if (!existsSync("/etc/debian_version")) return { reason: "no Chromium found (set CHROMIUM_PATH to one)" }
	if (process.getuid?.() !== 0) return { reason: "no Chromium found (as root: apt-get install chromium)" }

	log("Installing Chromium from the system's packages …")
	const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" }
	for (const args of [["update"], ["install", "-y", "--no-install-recommends", "chromium"]]) {
		const { code, output } = await run("apt-get", args, { env }).catch(({ message }) => ({
			code: 1,
			output: message,
		}))
		// `apt-get update` may fail for one source and still update the source of Chromium.
		if (code !== 0 && args[0] === "install") {
			return { reason: `Chromium could not be installed: ${output.trim().split("\n").at(-1)}` }
		}
	}
	const path = findChromium()
	return path ? { path } : { reason: "Chromium was installed but is not where it is looked for" }
}
