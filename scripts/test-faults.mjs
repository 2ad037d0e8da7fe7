import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { testFaults } = await import("./lib/test-faults.mjs")
await runMain(() => testFaults(process.argv.slice(2)))
