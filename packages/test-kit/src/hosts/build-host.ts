import { execFileSync } from "node:child_process"
import { join } from "node:path"

/** Vitest global setup: builds dist/ from the current sources for the tests that run it. `npm test` has built it before. */
export default function buildHost(): void {
	if (process.env.DIST_IS_CURRENT === "1") return
	execFileSync(process.execPath, [join(import.meta.dirname, "../../../../scripts/build.mjs"), "--host"], {
		stdio: "inherit",
	})
}
