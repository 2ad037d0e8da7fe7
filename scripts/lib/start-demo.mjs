import { join } from "node:path"
import { writeDemoWorkspace } from "./demo-workspace.mjs"
import { findDesktop, startDesktop } from "./desktop.mjs"
import { startEmulator } from "./emulator.mjs"
import { holdLock } from "./lock-file.mjs"
import { openBrowser } from "./open-browser.mjs"
import { buildExtension, packageExtension } from "./package-extension.mjs"
import { serverDir, vsixPath } from "./paths.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { findFreePort, requireFreePort } from "./ports.mjs"
import { installRootDependencies } from "./root-dependencies.mjs"
import { readStartOptions, startHelp } from "./start-options.mjs"
import { installVsCodeServer, serverIsSupported, startVsCodeServer } from "./vscode-server.mjs"

const preferredPort = 8123

/** `npm start`: everything from a fresh clone to a VS Code with the extension in it. Resolves to the exit code. */
export async function start(args) {
	const options = readStartOptions(args)
	if (options.help) {
		console.log(startHelp)
		return 0
	}
	// What can fail at once fails before anything is downloaded.
	const desktop = options.desktop ? findDesktop() : undefined
	if (!desktop && !serverIsSupported()) {
		throw new PlainFailure(
			"The VS Code server that comes from npm is for Linux x64 only. Use the desktop VS Code here: npm start -- --desktop",
		)
	}
	if (!desktop && options.port !== undefined) await requireFreePort(options.port)

	const asked = whenAskedToStop()
	const started = []
	const work = bringUp({ options, desktop, started })
	// Asked to stop in the middle of it: what is being installed ends with this process and is done again next time.
	const ended = await Promise.race([asked, work.then(() => Promise.race([asked, ...started.map(whenEnded)]))]).catch(
		(error) => error,
	)
	if (ended.message && !(ended instanceof Error)) console.log(ended.message)
	for (const { name, stop } of started.reverse()) {
		console.log(`Stopping ${name} …`)
		await stop()
	}
	if (ended instanceof Error) throw ended
	return ended.code
}

async function bringUp({ options, desktop, started }) {
	await installRootDependencies()
	await buildExtension()
	await packageExtension({ build: false })

	const emulator = await startEmulator({ scenario: options.scenario })
	started.push({ name: "the Bedrock emulator", ...emulator })
	console.log(`Bedrock emulator: ${emulator.url}`)
	const env = { BEDROCK_TIERS_DEMO_ENDPOINT: emulator.url }

	if (desktop) {
		const dataDir = join(serverDir, "desktop")
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
	const port = options.port ?? (await findFreePort(preferredPort))
	const dataDir = await demoDir(port)
	const workspaceDir = writeDemoWorkspace(dataDir)
	const server = await startVsCodeServer({ port, vsix: vsixPath, dataDir, env, workspaceDir })
	started.push({ name: "the VS Code server", ...server })
	if (options.open) openBrowser(server.url)
	console.log(`Ready: ${server.url}`)
}

/** Chats and settings survive restarts; a second demo at the same time gets a folder of its own. */
async function demoDir(port) {
	const dir = join(serverDir, "demo")
	return (await holdLock(join(dir, "in-use.lock"))) ? dir : join(serverDir, `demo-${port}`)
}

/**
 * npm hands a Ctrl+C on a second time, so only the first one counts. A SIGTERM to npm ends only the shell between npm
 * and us: then losing our parent is the sign.
 */
function whenAskedToStop() {
	return new Promise((resolve) => {
		const parent = process.ppid
		if (process.env.npm_lifecycle_event) {
			setInterval(() => process.ppid !== parent && resolve({ code: 0 }), 500)
		}
		for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => resolve({ code: 0 }))
	})
}

async function whenEnded({ name, closable, exited, logPath }) {
	const code = await exited
	if (closable && code === 0) return { code: 0, message: "VS Code was closed." }
	const log = logPath ? ` Its last words are in ${logPath}.` : ""
	return { code: 1, message: `Unexpectedly, ${name} has ended (code ${code}).${log}` }
}
