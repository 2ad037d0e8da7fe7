import { execFileSync } from "node:child_process"
import { join } from "node:path"

/** What is looked at in dist/ is what the sources say now. */
export default function buildAll(): void {
	const build = join(import.meta.dirname, "../../../scripts/build.mjs")
	const env = { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: "true" }
	execFileSync(process.execPath, [build, "--keep"], { stdio: "inherit", env })
}
