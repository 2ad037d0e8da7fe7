// Measures the product and its alternatives, and prints the tables of docs/benchmarks.md. --write updates that file.
import { mkdirSync } from "node:fs"
import { spawnSync } from "node:child_process"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { build } from "esbuild"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const source = join(root, "packages/bench/src")
// The output is inside the package, so that modules that are not bundled resolve as they do from its sources.
const outdir = join(root, "packages/bench/dist")

// Compiled in the same way as the product. An on-the-fly loader would attach a name to every inner function, which
// costs more than some of the measured code.
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
