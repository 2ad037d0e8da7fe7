// Builds dist/: the extension, the Bedrock provider (an entry of its own, loaded when needed), the terminal door, the webview.
import { chmodSync, existsSync, rmSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"
import { build as viteBuild } from "vite"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const watch = process.argv.includes("--watch")
/** Leaves the webview as it is: quicker while working on the rest. */
const hostOnly = process.argv.includes("--host")

/** The provider is not bundled into whoever loads it, but required from beside it. */
const bedrockApart = {
	name: "bedrock-apart",
	setup(build) {
		build.onResolve({ filter: /^\.\/providers\/bedrock$/ }, () => ({ path: "./bedrock.cjs", external: true }))
	},
}

const shared = {
	absWorkingDir: root,
	bundle: true,
	platform: "node",
	// VS Code 1.100, the oldest that we run in, has Node 20.
	target: "node20",
	format: "cjs",
	minify: !watch,
	sourcemap: watch ? "inline" : false,
	logLevel: "warning",
}

const entries = [
	{
		...shared,
		entryPoints: ["src/extension.ts"],
		outfile: "dist/extension.js",
		external: ["vscode"],
		plugins: [bedrockApart],
	},
	{ ...shared, entryPoints: ["src/api/providers/bedrock/index.ts"], outfile: "dist/bedrock.cjs" },
	{
		...shared,
		entryPoints: ["src/cli.ts"],
		outfile: "dist/cli.js",
		banner: { js: "#!/usr/bin/env node" },
		plugins: [bedrockApart],
	},
].filter(({ entryPoints }) => existsSync(join(root, entryPoints[0])))

const webview = {
	configFile: join(root, "webview-ui/vite.config.ts"),
	root: join(root, "webview-ui"),
	logLevel: "warn",
	build: { watch: watch ? {} : null },
}

if (!watch && !hostOnly) rmSync(join(root, "dist"), { recursive: true, force: true })
if (watch) {
	for (const entry of entries) await (await esbuild.context(entry)).watch()
	await viteBuild(webview)
} else {
	await Promise.all([...entries.map((entry) => esbuild.build(entry)), hostOnly || viteBuild(webview)])
	chmodSync(join(root, "dist/cli.js"), 0o755)
}
