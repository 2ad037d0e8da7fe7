import { execFileSync } from "node:child_process"
import { join } from "node:path"

/** Tests that run dist/ run what the sources say now. */
export default function buildHost(): void {
	execFileSync(process.execPath, [join(import.meta.dirname, "../../../../scripts/build.mjs"), "--host"], {
		stdio: "inherit",
	})
}
