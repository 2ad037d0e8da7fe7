// Writes what a release consists of: the extension, the terminal command, and the list of the packages in them.
import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { packageExtension } = await import("./lib/package-extension.mjs")
const { packTerminalCommand } = await import("./lib/pack-terminal.mjs")
const { writeSbom } = await import("./lib/write-sbom.mjs")
await runMain(async () => {
	await packageExtension({ build: !process.argv.includes("--no-build") })
	await packTerminalCommand()
	await writeSbom()
})
