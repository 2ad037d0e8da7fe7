import { statSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { loadOnce } from "@bedrock-tiers/test-kit/hosts/load-probe"

/** The built extension is loaded with every window that shows the view. How long that takes is measured by `npm run bench`. */

const DIST = join(import.meta.dirname, "../../../../dist")

it("dist/extension.js is under 300 KB", () => {
	expect(statSync(join(DIST, "extension.js")).size).toBeLessThan(300_000)
})

it("activation loads dist/extension.js and no other file, so that the AWS SDK is not in memory", async () => {
	const { files } = await loadOnce(DIST)
	expect(files).toEqual([join(DIST, "extension.js")])
})
