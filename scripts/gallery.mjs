import { requireNode } from "./lib/require-node.mjs"

requireNode()
const { runMain } = await import("./lib/plain-failure.mjs")
const { takeGallery } = await import("./lib/take-gallery.mjs")
await runMain(() => takeGallery(process.argv.slice(2)))
