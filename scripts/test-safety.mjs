import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { testSafety } = await import("./lib/test-safety.mjs")
await runMain(() => testSafety(process.argv.slice(2)))
