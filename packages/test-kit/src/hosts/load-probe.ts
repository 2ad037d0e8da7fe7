import { execFile } from "node:child_process"
import { promisify } from "node:util"

/**
 * Loads and activates the built extension in a new Node.js process. A stand-in replaces the `vscode` module, the only
 * thing that VS Code adds to Node.js.
 */
const PROBE = `
const Module = require("node:module")
const { mkdtempSync, rmSync } = require("node:fs")
const { join } = require("node:path")
const disposable = { dispose() {} }
const vscode = {
	Uri: { joinPath: (base, ...parts) => ({ fsPath: [base.fsPath, ...parts].join("/") }) },
	window: {
		registerWebviewViewProvider: () => disposable,
		onDidChangeWindowState: () => disposable,
		showWarningMessage: async () => undefined,
	},
	workspace: { onDidChangeWorkspaceFolders: () => disposable },
	commands: { registerCommand: () => disposable },
	l10n: { t: (message) => message, bundle: undefined },
	env: { language: "en" },
}
const load = Module._load
Module._load = (request, ...rest) => (request === "vscode" ? vscode : load(request, ...rest))
const memento = { get: () => undefined, update: async () => undefined }
const uri = { fsPath: mkdtempSync(join(require("node:os").tmpdir(), "bedrock-tiers-load-")) }
const [, dist] = process.argv
const memory = () => {
	gc()
	const { heapUsed, external } = process.memoryUsage()
	return heapUsed + external
}
const before = memory()
const started = performance.now()
const extension = require(join(dist, "extension.js"))
const loaded = performance.now()
extension.activate({
	subscriptions: [],
	globalState: memento,
	workspaceState: memento,
	secrets: { get: async () => undefined },
	extensionUri: uri,
	globalStorageUri: uri,
})
const activated = performance.now()
rmSync(uri.fsPath, { recursive: true })
const files = Object.keys(require.cache)
const bytes = memory() - before
const beforeSdk = performance.now()
require(join(dist, "bedrock.cjs"))
const sdkMs = performance.now() - beforeSdk
const withSdkBytes = memory() - before
console.log(
	JSON.stringify({ loadMs: loaded - started, activationMs: activated - loaded, files, bytes, sdkMs, withSdkBytes }),
)
`

export type LoadRun = {
	readonly loadMs: number
	readonly activationMs: number
	/** Paths of all modules that were loaded when the activation ended. */
	readonly files: readonly string[]
	/** Growth of `heapUsed` + `external` from before loading to after activation. */
	readonly bytes: number
	/** Time to load the provider with the AWS SDK, which the first request does. */
	readonly sdkMs: number
	/** `bytes` after the AWS SDK was loaded too. */
	readonly withSdkBytes: number
}

/** @param dist folder of the built extension */
export async function loadOnce(dist: string): Promise<LoadRun> {
	const { stdout } = await promisify(execFile)(process.execPath, ["--expose-gc", "-e", PROBE, dist])
	return JSON.parse(stdout) as LoadRun
}
