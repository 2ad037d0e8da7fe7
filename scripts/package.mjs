import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { packageExtension } = await import("./lib/package-extension.mjs")
await runMain(() => packageExtension({ build: !process.argv.includes("--no-build") }))
