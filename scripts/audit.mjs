import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { auditBundledPackages } = await import("./lib/audit-bundled-packages.mjs")
await runMain(auditBundledPackages)
