import { existsSync, statfsSync } from "node:fs"
import { dirname } from "node:path"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"

const quietFlags = ["--no-audit", "--no-fund", "--loglevel=error"]
// npm's default delays between retries add up to two silent minutes before it reports that there is no network.
const retryFlags = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]

/** Environment of a nested npm, without the variables of an outer `npm start`, which would select the wrong package. */
function npmEnvironment(extra) {
	const env = { ...process.env, ...extra }
	for (const name of Object.keys(env)) {
		if (/^npm_(package|lifecycle)_|^npm_config_(local_prefix|workspaces?)$|^npm_command$|^INIT_CWD$/.test(name)) {
			delete env[name]
		}
	}
	return env
}

/**
 * Runs npm in a folder and returns its output. Throws a `PlainFailure` with a short message when npm fails.
 * `component` is the subject of that message.
 */
export async function runNpm(args, { component, ...options }) {
	const { code, output } = await spawnNpm(args, options)
	if (code !== 0) throw new PlainFailure(explainNpm(output, component))
	return output
}

/**
 * Runs an npm command that prints JSON, and returns its value: npm also prints it with an exit code other than 0.
 * Throws a `PlainFailure` with npm's output when that is not JSON.
 */
export async function readNpmJson(args, options) {
	const { output } = await spawnNpm(args, options)
	try {
		return JSON.parse(output)
	} catch {
		throw new PlainFailure(`npm ${args[0]} failed:\n${lastLines(output, 40)}`)
	}
}

function spawnNpm(args, { cwd, env = {} }) {
	const npmScript = process.env.npm_execpath?.endsWith("npm-cli.js") ? process.env.npm_execpath : siblingNpm()
	const [command, prefix] = npmScript ? [process.execPath, [npmScript]] : ["npm", []]
	// npm completes its downloads before it reacts to SIGTERM. An incomplete installation is repeated anyway.
	const options = { cwd, env: npmEnvironment(env), endWith: "SIGKILL" }
	return run(command, [...prefix, ...args, ...quietFlags, ...retryFlags], options)
}

/** npm's script next to this Node.js on Windows, where `npm` itself is a batch file that cannot be spawned. */
function siblingNpm() {
	const path = `${dirname(process.execPath)}/node_modules/npm/bin/npm-cli.js`
	return process.platform === "win32" && existsSync(path) ? path : undefined
}

/** Error message for a failed npm command. */
function explainNpm(output, component) {
	const network = /\b(ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.exec(
		output,
	)
	if (network)
		return `${component} could not be downloaded: npm does not reach its registry (${network[1]}). Check the network.`
	if (/\bENOSPC\b/.test(output)) return `${component} could not be installed: the disk is full.`
	if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) {
		return `${component} could not be installed: npm may not write here.\n${lastLines(output)}`
	}
	return `${component} could not be installed. npm said:\n${lastLines(output)}`
}

/** Throws before an installation for which the disk has too little free space. */
export function requireFreeSpace(directory, gigabytes, component) {
	const { bavail, bsize } = statfsSync(directory)
	const free = (bavail * bsize) / 1e9
	if (free >= gigabytes) return
	throw new PlainFailure(
		`${component} needs ${gigabytes} GB of free disk space, and ${directory} has ${free.toFixed(1)} GB. Free some and try again.`,
	)
}

export function lastLines(text, count = 12) {
	return text.trimEnd().split("\n").slice(-count).join("\n")
}
