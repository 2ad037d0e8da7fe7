// Measures the product and what it is compared with, and prints the tables of docs/benchmarks.md; --write puts them there.
import { mkdirSync } from "node:fs"
import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const source = join(root, "packages/bench/src")
// Inside the package, so that what is not bundled is found as from its sources.
const outdir = join(root, "packages/bench/dist")

// Compiled as the product is: a loader on the fly would mark every inner function with its name, which costs more than
// some of what is measured.
mkdirSync(outdir, { recursive: true })
await build({
	entryPoints: [join(source, "main.ts"), join(source, "emulator-process.ts")],
	outdir,
	outExtension: { ".js": ".mjs" },
	bundle: true,
	format: "esm",
	platform: "node",
	target: "node20.19",
	splitting: true,
	plugins: [
		{
			name: "only-own-packages",
			setup({ onResolve }) {
				onResolve({ filter: /\/scripts\/lib\// }, ({ path }) => ({ path, external: true }))
				onResolve({ filter: /^[^./]/ }, ({ path }) =>
					path.startsWith("@bedrock-tiers/") || path.endsWith("/package.json") ? null : { external: true },
				)
			},
		},
	],
})
const { status } = spawnSync(process.execPath, ["--expose-gc", join(outdir, "main.mjs"), ...process.argv.slice(2)], {
	cwd: root,
	stdio: "inherit",
})
process.exitCode = status ?? 1
