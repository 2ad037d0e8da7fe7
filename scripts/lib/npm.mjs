import { existsSync, statfsSync } from "node:fs"
import { dirname } from "node:path"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"

const quiet = ["--no-audit", "--no-fund", "--loglevel=error"]
// npm's own waits between tries add up to two silent minutes before it says that there is no network.
const impatient = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]

/** What an outer `npm start` leaves in the environment would point an inner npm at the wrong package. */
function npmEnvironment(extra) {
	const env = { ...process.env, ...extra }
	for (const name of Object.keys(env)) {
		if (/^npm_(package|lifecycle)_|^npm_config_(local_prefix|workspaces?)$|^npm_command$|^INIT_CWD$/.test(name)) {
			delete env[name]
		}
	}
	return env
}

/** Runs npm in a folder and returns its output; a failure becomes one clear sentence. */
export async function runNpm(args, { cwd, env = {}, what }) {
	const own = process.env.npm_execpath?.endsWith("npm-cli.js") ? process.env.npm_execpath : siblingNpm()
	const [command, first] = own ? [process.execPath, [own]] : ["npm", []]
	// npm finishes what it downloads before it heeds a polite signal; a half-finished install is done again anyway.
	const options = { cwd, env: npmEnvironment(env), endWith: "SIGKILL" }
	const { code, output } = await run(command, [...first, ...args, ...quiet, ...impatient], options)
	if (code !== 0) throw new PlainFailure(explainNpm(output, what))
	return output
}

/** npm's own script beside this Node.js on Windows, where `npm` itself is a batch file that cannot be spawned. */
function siblingNpm() {
	const path = `${dirname(process.execPath)}/node_modules/npm/bin/npm-cli.js`
	return process.platform === "win32" && existsSync(path) ? path : undefined
}

export function explainNpm(output, what) {
	const network = /\b(ENOTFOUND|ECONNREFUSED|ETIMEDOUT|EAI_AGAIN|ECONNRESET|ENETUNREACH|ERR_SOCKET_TIMEOUT)\b/.exec(
		output,
	)
	if (network)
		return `${what} could not be downloaded: npm does not reach its registry (${network[1]}). Check the network.`
	if (/\bENOSPC\b/.test(output)) return `${what} could not be installed: the disk is full.`
	if (/\b(EACCES|EPERM|EROFS)\b/.test(output)) {
		return `${what} could not be installed: npm may not write here.\n${lastLines(output)}`
	}
	return `${what} could not be installed. npm said:\n${lastLines(output)}`
}

/** Fails early where the disk cannot hold what is about to be installed. */
export function requireFreeSpace(directory, gigabytes, what) {
	const { bavail, bsize } = statfsSync(directory)
	const free = (bavail * bsize) / 1e9
	if (free >= gigabytes) return
	throw new PlainFailure(
		`${what} needs ${gigabytes} GB of free disk space, and ${directory} has ${free.toFixed(1)} GB. Free some and try again.`,
	)
}

export function lastLines(text, count = 12) {
	return text.trimEnd().split("\n").slice(-count).join("\n")
}
