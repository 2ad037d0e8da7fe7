import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { writeSbom } = await import("./lib/write-sbom.mjs")
await runMain(() => writeSbom())
