import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { writeDemoWorkspace } from "./demo-workspace.mjs"
import { findDesktop, startDesktop } from "./desktop.mjs"
import { startEmulator } from "./emulator.mjs"
import { holdLock } from "./lock-file.mjs"
import { openBrowser } from "./open-browser.mjs"
import { buildExtension, packageExtension } from "./package-extension.mjs"
import { serverDir, vsixPath } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { requireFreePort } from "./ports.mjs"
import { installRootDependencies } from "./root-dependencies.mjs"
import { readStartOptions, startHelp } from "./start-options.mjs"
import { installVsCodeServer, serverIsSupported, startVsCodeServer } from "./vscode-server.mjs"

const FIRST_PORT = 8123

/** `npm start`: in a fresh clone, installs, builds and opens VS Code with the extension. Resolves to the exit code. */
export async function start(args) {
	const options = readStartOptions(args)
	if (options.help) {
		console.log(startHelp)
		return 0
	}
	// Checks that can fail immediately run before any download.
	const desktop = options.desktop ? findDesktop() : undefined
	if (!desktop && !serverIsSupported()) {
		throw new PlainFailure(
			"The VS Code server that comes from npm is for Linux x64 only. Use the desktop VS Code here: npm start -- --desktop",
		)
	}
	if (!desktop && options.port !== undefined) await requireFreePort(options.port)

	const stopRequest = waitForStopRequest()
	const started = []
	const startup = startAll({ options, desktop, started })
	// On a stop request during the startup, an installation ends with this process and is repeated at the next start.
	const end = await Promise.race([
		stopRequest,
		startup.then(() => Promise.race([stopRequest, ...started.map(waitForEnd)])),
	]).catch((error) => error)
	if (end.message && !(end instanceof Error)) console.log(end.message)
	for (const { name, stop } of started.reverse()) {
		console.log(`Stopping ${name} …`)
		await stop()
	}
	if (end instanceof Error) throw end
	return end.code
}

async function startAll({ options, desktop, started }) {
	await installRootDependencies()
	await buildExtension()
	await packageExtension({ build: false })

	const emulator = await startEmulator({ scenario: options.scenario })
	started.push({ name: "the Bedrock emulator", ...emulator })
	console.log(`Bedrock emulator: ${emulator.url}`)
	const env = { BEDROCK_TIERS_DEMO_ENDPOINT: emulator.url }

	if (desktop) {
		const dataDir = privateDir("desktop")
		const workspaceDir = writeDemoWorkspace(dataDir)
		started.push({
			name: "VS Code",
			closable: true,
			...(await startDesktop({ desktop, vsix: vsixPath, dataDir, env, workspaceDir })),
		})
		console.log(`Ready: a VS Code window of its own (Ctrl+C stops everything)`)
		return
	}

	await installVsCodeServer()
	const dataDir = await demoDir()
	const workspaceDir = writeDemoWorkspace(dataDir)
	const ports = options.port === undefined ? { port: readPort(dataDir), attempts: 100 } : { port: options.port }
	const server = await startVsCodeServer({ ...ports, vsix: vsixPath, dataDir, env, workspaceDir })
	started.push({ name: "the VS Code server", ...server })
	writeFileSync(portPath(dataDir), String(server.port))
	if (options.open) openBrowser(server.url, dataDir)
	console.log(`Ready: ${server.url}`)
}

/** A data folder that other users of the machine cannot read, wherever the checkout is. */
function privateDir(name) {
	const dir = join(serverDir, name)
	mkdirSync(dir, { recursive: true })
	chmodSync(dir, 0o700)
	return dir
}

/** The demo's data folder. Chats and settings survive restarts; a second demo at the same time gets its own folder. */
async function demoDir() {
	for (let number = 1; ; number++) {
		const dir = privateDir(number === 1 ? "demo" : `demo-${number}`)
		if (await holdLock(join(dir, "in-use.lock"))) return dir
	}
}

const portPath = (dataDir) => join(dataDir, "port")

/** The last port of this demo, because the browser's storage, which has VS Code's layout, belongs to one port. */
function readPort(dataDir) {
	try {
		return Number(readFileSync(portPath(dataDir), "utf8")) || FIRST_PORT
	} catch {
		return FIRST_PORT
	}
}

/**
 * Resolves at the first stop request. npm forwards Ctrl+C a second time, which has no effect. A SIGTERM to npm ends
 * only the shell between npm and this process, which then gets another parent process: that also counts as a request.
 */
function waitForStopRequest() {
	return new Promise((resolve) => {
		const parent = process.ppid
		if (process.env.npm_lifecycle_event) {
			setInterval(() => process.ppid !== parent && resolve({ code: 0 }), 500)
		}
		for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve({ code: 0 }))
	})
}

async function waitForEnd({ name, closable, exited, logPath }) {
	const code = await exited
	if (closable && code === 0) return { code: 0, message: "VS Code was closed." }
	const log = logPath ? ` Its last words are in ${logPath}.` : ""
	return { code: 1, message: `Unexpectedly, ${name} has ended (code ${code}).${log}` }
}
