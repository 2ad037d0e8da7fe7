import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { runTests } = await import("./lib/run-tests.mjs")
await runMain(() => runTests(process.argv.slice(2)))
