import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { runSuite } = await import("./lib/suite.mjs")
await runMain(() => runSuite(process.argv.slice(2)))
