import { execFileSync } from "node:child_process"
import { join } from "node:path"

/** Vitest global setup: builds dist/ from the current sources for the tests that run it. */
export default function buildHost(): void {
	execFileSync(process.execPath, [join(import.meta.dirname, "../../../../scripts/build.mjs"), "--host"], {
		stdio: "inherit",
	})
}
