import { closeSync, fstatSync, mkdirSync, mkdtempSync, openSync, readSync, rmSync } from "node:fs"
import { get } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { setTimeout as sleep } from "node:timers/promises"
import { startSupervised } from "./supervised-process.mjs"
import { lastLines } from "./npm.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"
import { serverProgram } from "./vscode-server-install.mjs"
import { serverEnvironment, writeLanguagePack, writeUserSettings } from "./vscode-settings.mjs"

export { installVsCodeServer, serverIsSupported } from "./vscode-server-install.mjs"

/**
 * Starts the installed VS Code server with one extension. It stores all files in `dataDir`, uses no extension gallery,
 * and has no authentication: it listens on a Unix socket that only this user may use, behind a `startSessionProxy` on
 * `port`, or on the first free one of the `attempts` ports from there.
 * `language` is the display language of VS Code; the language of the browser has no effect.
 * `temporary` removes `dataDir` after the server has ended for any reason. `exited` resolves to the exit code when it
 * ends, by itself or by `stop()`.
 */
export async function startVsCodeServer({
	port = 0,
	attempts,
	vsix,
	dataDir,
	env = {},
	workspaceDir,
	settings = {},
	language,
	temporary = false,
}) {
	const userDir = join(dataDir, "user")
	const extensionsDir = join(dataDir, "extensions")
	writeUserSettings(userDir, settings)

	// Sockets need short paths, and VS Code does not delete them: they are in one folder, which is removed at the end.
	const runDir = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))
	const removeRunDir = () => rmSync(runDir, { recursive: true, force: true })
	process.once("exit", removeRunDir)
	const socketPath = join(runDir, "vscode.sock")
	// `npm start` loads this file before it installs the proxy's packages.
	const { startSessionProxy } = await import("./session-proxy.mjs")
	const proxy = await startSessionProxy({ port, attempts, socketPath })
	const environment = {
		...serverEnvironment(),
		...homeVariables(dataDir),
		...runtimeVariables(runDir),
		EXTENSIONS_GALLERY: "{}",
		...env,
	}
	const { node, entry } = serverProgram()
	const folders = ["--user-data-dir", userDir, "--extensions-dir", extensionsDir]
	let server
	const logPath = join(dataDir, "server.log")
	try {
		await installExtension(node, [entry, ...folders], vsix, extensionsDir, environment)
		const output = openSync(logPath, "w+")
		if (language !== undefined) writeLanguagePack(userDir, language)
		server = startSupervised(
			node,
			[entry, ...folders, ...serverFlags(socketPath, runDir), ...localeFlags(language)],
			{
				cwd: dataDir,
				env: environment,
				output,
				leftovers: temporary ? [runDir, dataDir] : [runDir],
			},
		)
		await waitUntilReady(socketPath, server, output)
		closeSync(output)
	} catch (error) {
		proxy.close()
		await server?.stop()
		removeRunDir()
		throw error
	}
	void server.exited.then(() => {
		proxy.close()
		process.off("exit", removeRunDir)
	})
	const url = proxy.urlWith(workspaceDir === undefined ? {} : { folder: workspaceDir })
	return { url, port: proxy.port, logPath, ...server }
}

function homeVariables(dataDir) {
	const home = join(dataDir, "home")
	mkdirSync(home, { recursive: true })
	return {
		HOME: home,
		XDG_CONFIG_HOME: join(home, ".config"),
		XDG_DATA_HOME: join(home, ".local", "share"),
		XDG_STATE_HOME: join(home, ".local", "state"),
		XDG_CACHE_HOME: join(home, ".cache"),
	}
}

const runtimeVariables = (runDir) => ({ TMPDIR: runDir, XDG_RUNTIME_DIR: runDir })

function serverFlags(socketPath, runDir) {
	return [
		...["--auth", "none", "--socket", socketPath, "--socket-mode", "600", "--disable-proxy"],
		...["--session-socket", join(runDir, "session.sock"), "--disable-telemetry", "--disable-update-check"],
		...["--disable-workspace-trust", "--disable-getting-started-override"],
	]
}

const localeFlags = (language) => (language === undefined ? [] : ["--locale", language])

/** Reinstalls the extension at each start, because the same version may contain different code. */
async function installExtension(node, base, vsix, extensionsDir, env) {
	rmSync(extensionsDir, { recursive: true, force: true })
	const { code, output } = await run(node, [...base, "--install-extension", vsix, "--force"], { env })
	if (code !== 0) throw new PlainFailure(`VS Code did not take the extension ${vsix}:\n${lastLines(output)}`)
}

async function waitUntilReady(socketPath, server, log) {
	let ended
	void server.exited.then((code) => (ended = code))
	for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) {
		if (ended !== undefined) throw new PlainFailure(`The VS Code server ended with code ${ended}:\n${tail(log)}`)
		if (await isHealthy(socketPath)) return
	}
	throw new PlainFailure(`The VS Code server did not answer within a minute:\n${tail(log)}`)
}

/**
 * The last lines of the log. They are read from the open file, because a temporary folder may already be removed, and
 * at an explicit position, because the server shares the file's position.
 */
function tail(log) {
	const end = Buffer.alloc(4000)
	const length = readSync(log, end, 0, end.length, Math.max(0, fstatSync(log).size - end.length))
	return lastLines(end.toString("utf8", 0, length))
}

function isHealthy(socketPath) {
	return new Promise((resolve) => {
		const request = get({ socketPath, path: "/healthz", timeout: 2000 }, (response) => {
			response.resume()
			resolve(response.statusCode === 200)
		})
		request.on("error", () => resolve(false)).on("timeout", () => request.destroy())
	})
}
