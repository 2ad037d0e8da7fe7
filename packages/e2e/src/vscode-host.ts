import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { chromium, type Browser } from "playwright"
import { installVsCodeServer, startVsCodeServer } from "../../../scripts/lib/vscode-server.mjs"
import { ownExtension, type ExtensionUnderTest } from "./extension-under-test"
import { Workbench, type WorkbenchOptions } from "./workbench"

/** The tests need no network. These options prevent the server and the browser from connecting beyond this machine. */
const nodeLoopbackOption = `--import=${pathToFileURL(join(import.meta.dirname, "only-loopback.mjs")).href}`
const chromiumLoopbackFlag = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"

/** Options of a browser without background network access. Default of `flags`: it connects to this machine only. */
export const chromiumOptions = (flags: readonly string[] = [chromiumLoopbackFlag]) => ({
	executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
	args: [
		"--no-sandbox",
		"--disable-gpu",
		"--disable-quic",
		"--no-first-run",
		"--disable-background-networking",
		"--disable-component-update",
		"--disable-sync",
		...flags,
	],
})

export interface VsCodeHostOptions {
	/** Default: our own extension, as packaged in dist. */
	extension?: ExtensionUnderTest
	/** Endpoint of the demo profile; only its URL is used. */
	emulator?: { url: string }
	/** Added to the environment of the extension host, which never contains the user's own AWS settings. */
	env?: Record<string, string>
	/** VS Code user settings in addition to the default ones of `writeUserSettings`. */
	settings?: Record<string, unknown>
	/** Display language of the extensions, for example "de"; VS Code's own texts stay English. Default: English. */
	language?: string
}

export interface VsCodeHost {
	url: string
	/** Root of the server's process tree. */
	pid: number
	/** Opens a new browser profile with the view open and no stored data; it shares nothing with earlier profiles. */
	open(options?: WorkbenchOptions): Promise<Workbench>
	/** Opens another browser profile, over the files that earlier ones have stored. */
	openAnother(options?: WorkbenchOptions): Promise<Workbench>
	/** Folder that is open in every window. */
	workspaceDir: string
	/** Folder of all files that the server and its extensions store. */
	dataDir: string
	/** Global storage folder of the extension. */
	storageDir: string
	close(): Promise<void>
}

/** Starts a VS Code server with the packaged extension, and a Chromium. */
export async function startVsCodeHost(options: VsCodeHostOptions = {}): Promise<VsCodeHost> {
	const { extension = ownExtension, emulator, env, settings, language } = options
	const { vsix } = extension
	if (!existsSync(vsix)) {
		const hint = extension === ownExtension ? ": run npm run package first" : ""
		throw new Error(`${vsix} is missing${hint}`)
	}
	await installVsCodeServer()
	const dataDir = mkdtempSync(join(tmpdir(), "bedrock-tiers-e2e-"))
	const removeDataDir = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
	const workspaceDir = join(dataDir, "workspace")
	mkdirSync(workspaceDir)
	restoreWorkspace(workspaceDir)

	let browser: Browser | undefined
	let server: Awaited<ReturnType<typeof startVsCodeServer>> | undefined
	const stop = async () => {
		await browser?.close()
		await server?.stop()
		removeDataDir()
	}
	let closing: Promise<void> | undefined
	const close = () => (closing ??= stop())
	try {
		server = await startVsCodeServer({
			vsix,
			dataDir,
			temporary: true,
			workspaceDir,
			// A hover of the workbench would cover elements that a test clicks.
			settings: {
				"workbench.hover.delay": 3_600_000,
				"window.autoDetectHighContrast": true,
				...settings,
			},
			language,
			env: {
				NODE_OPTIONS: nodeLoopbackOption,
				...(emulator && { BEDROCK_TIERS_DEMO_ENDPOINT: emulator.url }),
				...env,
			},
		})
		browser = await chromium.launch(chromiumOptions())
	} catch (error) {
		await close()
		throw error
	}
	const { url, pid } = server
	const running = browser
	const openAnother = (options?: WorkbenchOptions) => Workbench.open(running, url, extension, options)
	const open = (options?: WorkbenchOptions) => {
		deleteExtensionFiles(join(dataDir, "user", "User"), extension)
		return openAnother(options)
	}
	const storageDir = join(dataDir, "user", "User", "globalStorage", extension.id.toLowerCase())
	return { url, pid, open, openAnother, workspaceDir, dataDir, storageDir, close }
}

/** Writes the only file of the workspace, and deletes all others. */
export function restoreWorkspace(folder: string): void {
	for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true })
	writeFileSync(join(folder, "README.md"), "# A workspace for tests\n")
}

/** Deletes the extension's files, which outlive a browser profile, so that a new profile starts without stored data. */
function deleteExtensionFiles(userDir: string, { id }: ExtensionUnderTest): void {
	const storages = [join(userDir, "globalStorage"), ...listFolder(join(userDir, "workspaceStorage"))]
	for (const storage of storages) rmSync(join(storage, id.toLowerCase()), { recursive: true, force: true })
}

function listFolder(folder: string): string[] {
	return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}
