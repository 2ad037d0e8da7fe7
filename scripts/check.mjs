// Checks to run while working: format, lint, types, import rules, catalog, unit tests. They take under a minute.
import { spawn } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const CODE = [
	"src",
	"packages/core/src",
	"packages/core/build",
	"packages/protocol/src",
	"packages/bedrock-emulator/src",
	"packages/e2e/src",
	"packages/bench/src",
	"packages/roo-patch/src",
	"packages/system-tests/src",
	"packages/test-kit/src",
	"webview-ui/src",
	"scripts",
]

/** Checks changed files only. Whether a file has changed is decided by its content: a checkout changes the dates. */
const cache = (name) => ["--cache", "--cache-strategy", "content", "--cache-location", `node_modules/.cache/${name}`]
const QUIET = ["--no-progress", "--no-summary", "--show-context"]

const checks = [
	["types", "tsc", "-b"],
	["unit tests", "vitest", "run", "--project", "node", "--reporter", "dot"],
	["lint", "eslint", ...cache("eslint/"), "--max-warnings", "0", "src", "packages", "webview-ui/src", "scripts"],
	["format", "prettier", ...cache("prettier/.prettier-cache"), "--check", "--log-level", "warn", "."],
	["import rules", "depcruise", "--config", ".dependency-cruiser.cjs", ...CODE],
	["catalog", "tsx", "packages/core/build/write-catalog.ts", "--check"],
	["how-tos", process.execPath, "scripts/how-tos.mjs"],
	["banned words", "cspell", "lint", ...cache("cspell-words"), ...QUIET, "--config", "cspell.json"],
	["banned phrases", "cspell", "lint", ...cache("cspell-phrases"), ...QUIET, "--config", "cspell.phrases.json"],
]

/** Runs one check and buffers its output, so that the output of parallel checks does not mix. */
function run([name, command, ...args]) {
	const started = performance.now()
	return new Promise((resolve) => {
		const child = spawn(command === process.execPath ? command : join(root, "node_modules/.bin", command), args, {
			cwd: root,
			env: { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: "true", NO_COLOR: "1" },
		})
		let output = ""
		child.stdout.on("data", (chunk) => (output += chunk))
		child.stderr.on("data", (chunk) => (output += chunk))
		child.on("error", (error) => (output += error.message))
		child.on("close", (code) => {
			const seconds = ((performance.now() - started) / 1000).toFixed(1)
			console.log(`${code === 0 ? "ok  " : "FAIL"} ${name} (${seconds} s)`)
			if (code !== 0) console.log(output)
			resolve(code === 0)
		})
	})
}

const waiting = [...checks]
const passed = []
const worker = async () => {
	for (let check = waiting.shift(); check; check = waiting.shift()) passed.push(await run(check))
}
await Promise.all([worker(), worker()])
process.exitCode = passed.every(Boolean) ? 0 : 1
