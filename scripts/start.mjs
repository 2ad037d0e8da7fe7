import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { start } = await import("./lib/start-demo.mjs")
await runMain(() => start(process.argv.slice(2)))
process.exit()
