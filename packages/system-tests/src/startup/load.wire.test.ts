import { statSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { loadOnce } from "@bedrock-tiers/test-kit/hosts/load-probe"

/** Every window that shows the view loads the built extension. `npm run bench` measures how long that takes. */

const DIST = join(import.meta.dirname, "../../../../dist")

it("dist/extension.js is under 300 KB", () => {
	expect(statSync(join(DIST, "extension.js")).size).toBeLessThan(300_000)
})

it("activation loads dist/extension.js and no other file, so that the AWS SDK is not in memory", async () => {
	const { files } = await loadOnce(DIST)
	expect(files).toEqual([join(DIST, "extension.js")])
})
