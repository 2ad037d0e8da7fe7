import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { pathToFileURL } from "node:url"
import { chromium, type Browser } from "playwright"
import { installVsCodeServer, startVsCodeServer } from "../../../scripts/lib/vscode-server.mjs"
import { ownExtension, type ExtensionUnderTest } from "./extension-under-test"
import { Workbench, type WorkbenchOptions } from "./workbench"

/** Nothing that is tested here needs a network, and nothing reaches one: neither the server nor the browser. */
const onlyLoopback = `--import=${pathToFileURL(join(import.meta.dirname, "only-loopback.mjs")).href}`
const onlyLoopbackNames = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"

/** A desktop browser's flags, minus everything that talks to the outside. */
const chromiumArgs = [
	"--no-sandbox",
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
	onlyLoopbackNames,
]

export interface VsCodeHostOptions {
	/** Our own, as packaged in dist, unless said otherwise. */
	extension?: ExtensionUnderTest
	/** What the demo profile talks to; only its address is needed. */
	emulator?: { url: string }
	/** Added to the extension host's environment. The person's own AWS settings are never in it. */
	env?: Record<string, string>
	/** VS Code user settings on top of the quiet ones. */
	settings?: Record<string, unknown>
	/** What VS Code speaks to its extensions, as "de"; its own words stay English. English unless said otherwise. */
	language?: string
}

export interface VsCodeHost {
	url: string
	/** Every process of the server is below it. */
	pid: number
	/** A fresh browser profile with the view open and nothing stored: it shares nothing with those before it. */
	open(options?: WorkbenchOptions): Promise<Workbench>
	/** One more browser profile on what the one before has kept in files. */
	openAnother(options?: WorkbenchOptions): Promise<Workbench>
	/** The folder that is open in every window. */
	workspaceDir: string
	/** All that the server and its extensions keep in files lies below it. */
	dataDir: string
	/** Where the extension keeps its files. */
	storageDir: string
	close(): Promise<void>
}

/** Starts one VS Code server with the packaged extension and one Chromium. Once per test file: `beforeAll`. */
export async function startVsCodeHost(options: VsCodeHostOptions = {}): Promise<VsCodeHost> {
	const { extension = ownExtension, emulator, env, settings, language } = options
	const { vsix } = extension
	if (!existsSync(vsix)) {
		const what = extension === ownExtension ? ": run npm run package first" : ""
		throw new Error(`${vsix} is missing${what}`)
	}
	await installVsCodeServer()
	const dataDir = mkdtempSync(join(tmpdir(), "bedrock-tiers-e2e-"))
	const removeDataDir = () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
	const workspaceDir = join(dataDir, "workspace")
	mkdirSync(workspaceDir)
	writeFileSync(join(workspaceDir, "README.md"), "# A workspace for tests\n")

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
			// A hover of the workbench would cover what a test clicks.
			settings: { "workbench.hover.delay": 3_600_000, ...settings },
			language,
			env: {
				...withoutAws(),
				NODE_OPTIONS: onlyLoopback,
				...(emulator && { BEDROCK_TIERS_DEMO_ENDPOINT: emulator.url }),
				...env,
			},
		})
		browser = await chromium.launch({
			executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
			args: chromiumArgs,
		})
	} catch (error) {
		await close()
		throw error
	}
	const { url, pid } = server
	const running = browser
	const openAnother = (options?: WorkbenchOptions) => Workbench.open(running, url, extension, options)
	const open = (options?: WorkbenchOptions) => {
		forgetExtensionFiles(join(dataDir, "user", "User"), extension)
		return openAnother(options)
	}
	const storageDir = join(dataDir, "user", "User", "globalStorage", extension.id.toLowerCase())
	return { url, pid, open, openAnother, workspaceDir, dataDir, storageDir, close }
}

/** What the extension keeps in files outlives a browser profile: a new one is to begin with nothing. */
function forgetExtensionFiles(userDir: string, { id }: ExtensionUnderTest): void {
	const storages = [join(userDir, "globalStorage"), ...foldersIn(join(userDir, "workspaceStorage"))]
	for (const storage of storages) rmSync(join(storage, id.toLowerCase()), { recursive: true, force: true })
}

function foldersIn(folder: string): string[] {
	return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []
}

/** For a file with one test: a host and its workbench in one, both closed by `close()`. */
export async function openWorkbench(options: VsCodeHostOptions & WorkbenchOptions = {}): Promise<Workbench> {
	const host = await startVsCodeHost(options)
	try {
		return await host.open({ ...options, onClosed: host.close })
	} catch (error) {
		await host.close()
		throw error
	}
}

/** Says "not set" for every AWS variable of this machine, so that no test can reach a real account. */
function withoutAws(): Record<string, undefined> {
	const names = Object.keys(process.env).filter((name) => name.startsWith("AWS_"))
	return Object.fromEntries(names.map((name) => [name, undefined]))
}
