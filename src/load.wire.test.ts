import { execFile } from "node:child_process"
import { statSync } from "node:fs"
import { join } from "node:path"
import { promisify } from "node:util"
import { beforeAll, describe, expect, it } from "vitest"

/**
 * The built extension is light: it is loaded with every window that shows the view, the AWS SDK only with a request.
 * Measured in a plain Node with a stand-in for the `vscode` module, which is all that VS Code gives it.
 */

const DIST = join(import.meta.dirname, "../dist")
const ROUNDS = 7
const PROBE = `
const Module = require("node:module")
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
	workspace: { onDidChangeWorkspaceFolders: () => disposable },
	l10n: { t: (sentence) => sentence, bundle: undefined },
	env: { language: "en" },
}
const load = Module._load
Module._load = (request, ...rest) => (request === "vscode" ? vscode : load(request, ...rest))
const memento = { get: () => undefined, update: async () => undefined }
const { mkdtempSync, rmSync } = require("node:fs")
const uri = { fsPath: mkdtempSync(require("node:path").join(require("node:os").tmpdir(), "bedrock-tiers-load-")) }
const started = performance.now()
const extension = require(process.argv[1])
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
console.log(JSON.stringify({ loadMs: loaded - started, activationMs: activated - loaded, files }))
`

type Measured = { loadMs: number; activationMs: number; files: string[] }
const runs: Measured[] = []

beforeAll(async () => {
	for (let round = 0; round < ROUNDS; round++) {
		const { stdout } = await promisify(execFile)(process.execPath, ["-e", PROBE, join(DIST, "extension.js")])
		runs.push(JSON.parse(stdout) as Measured)
	}
})

describe("dist/extension.js", () => {
	it("is under 300 KB", () => {
		expect(statSync(join(DIST, "extension.js")).size).toBeLessThan(300_000)
	})

	// The fastest: what other work on the machine adds is not the extension's.
	it(`is loaded in under 30 ms (the fastest of ${ROUNDS} new processes)`, () => {
		expect(Math.min(...runs.map(({ loadMs }) => loadMs))).toBeLessThan(30)
	})

	it("has no AWS SDK in memory after activation", () => {
		for (const { files } of runs) expect(files).toEqual([join(DIST, "extension.js")])
	})
})
