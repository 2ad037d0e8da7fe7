// Builds dist/: the extension, the Bedrock provider, the price-list reader and the workspace tools (entries of their own, loaded
// when needed), the terminal door with the patch for Roo Code, the webview.
import { chmodSync, existsSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"
import { build as viteBuild } from "vite"
import { modulesOfHost, modulesOfPage, notices } from "./lib/notices.mjs"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const watch = process.argv.includes("--watch")
/** Leaves the webview as it is: quicker while working on the rest. */
const hostOnly = process.argv.includes("--host")

/** What is loaded when it is needed is not bundled into whoever loads it, but required from beside it. */
const loadedLater = {
	name: "loaded-later",
	setup(build) {
		const apart = (filter, path) =>
			build.onResolve({ filter }, ({ kind }) =>
				kind === "dynamic-import" ? { path, external: true } : undefined,
			)
		apart(/^\.\/providers\/bedrock$/, "./bedrock.cjs")
		apart(/^\.\.\/price-list$/, "./price-list.cjs")
		apart(/^\.\/workspace-tools$/, "./workspace-tools.cjs")
		apart(/^@bedrock-tiers\/roo-patch$/, "./roo-patch.cjs")
	},
}

const shared = {
	absWorkingDir: root,
	bundle: true,
	metafile: true,
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
		plugins: [loadedLater],
	},
	{ ...shared, entryPoints: ["src/api/providers/bedrock/index.ts"], outfile: "dist/bedrock.cjs" },
	{ ...shared, entryPoints: ["src/price-list/index.ts"], outfile: "dist/price-list.cjs" },
	{ ...shared, entryPoints: ["src/app/workspace-tools/index.ts"], outfile: "dist/workspace-tools.cjs" },
	{
		...shared,
		entryPoints: ["packages/roo-patch/src/index.ts"],
		outfile: "dist/roo-patch.cjs",
		external: ["typescript"],
	},
	{
		...shared,
		entryPoints: ["src/cli.ts"],
		outfile: "dist/cli.js",
		banner: { js: "#!/usr/bin/env node" },
		plugins: [loadedLater],
	},
].filter(({ entryPoints }) => existsSync(join(root, entryPoints[0])))

const webview = {
	configFile: join(root, "webview-ui/vite.config.ts"),
	root: join(root, "webview-ui"),
	logLevel: "warn",
	build: { watch: watch ? {} : null },
}

/** Leaves what else lies in dist/ where it is, as the package. */
const keep = process.argv.includes("--keep")

if (!watch && !hostOnly && !keep) rmSync(join(root, "dist"), { recursive: true, force: true })
if (watch) {
	for (const entry of entries) await (await esbuild.context(entry)).watch()
	await viteBuild(webview)
} else {
	const [page, ...host] = await Promise.all([
		hostOnly ? undefined : viteBuild(webview),
		...entries.map((entry) => esbuild.build(entry)),
	])
	// Whose work is in what was built: as a whole, or not at all.
	if (page)
		writeFileSync(
			join(root, "dist/THIRD_PARTY_NOTICES.md"),
			notices(root, [...modulesOfHost(host), ...modulesOfPage(page)]),
		)
	chmodSync(join(root, "dist/cli.js"), 0o755)
	// What the patch brings into a checkout, read from the sources once.
	const { readPayload } = createRequire(import.meta.url)(join(root, "dist/roo-patch.cjs"))
	writeFileSync(join(root, "dist/roo-payload.json"), JSON.stringify(readPayload(root)))
}
