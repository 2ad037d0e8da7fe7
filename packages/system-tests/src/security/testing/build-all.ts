import { execFileSync } from "node:child_process"
import { join } from "node:path"

/** What is looked at in dist/ is what the sources say now. */
export default function buildAll(): void {
	const build = join(import.meta.dirname, "../../../../../scripts/build.mjs")
	// Not that of the tests, by which React would be built for development.
	const env = { ...process.env, NODE_ENV: "production", VITE_CONFIG_NATIVE_IGNORE_WARNING: "true" }
	execFileSync(process.execPath, [build, "--keep"], { stdio: "inherit", env })
}
