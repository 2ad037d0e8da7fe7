import { execFileSync } from "node:child_process"
import { join } from "node:path"

/** Vitest global setup: builds dist/ from the current sources for the tests that inspect it. `npm test` has built it before. */
export default function buildAll(): void {
	if (process.env.DIST_IS_CURRENT === "1") return
	const build = join(import.meta.dirname, "../../../../../scripts/build.mjs")
	// Vitest sets NODE_ENV to "test", which would bundle React's development build.
	const env = { ...process.env, NODE_ENV: "production" }
	execFileSync(process.execPath, [build, "--keep"], { stdio: "inherit", env })
}
