// Builds dist/: the extension; the Bedrock provider, the price-list reader and the workspace tools, which are separate
// bundles loaded on demand; the command line with the patch for Roo Code; the webview.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import * as esbuild from "esbuild"
import { build as viteBuild } from "vite"
import { bundledPackages, hostModules, notices, webviewModules } from "./lib/notices.mjs"

const root = join(dirname(fileURLToPath(import.meta.url)), "..")
const watch = process.argv.includes("--watch")
/** Does not build the webview, which is faster while working on other parts. */
const hostOnly = process.argv.includes("--host")

/** Modules that are loaded on demand are not bundled into their importer, but required from the same folder. */
const loadedOnDemand = {
	name: "loaded-later",
	setup(build) {
		const markExternal = (filter, path) =>
			build.onResolve({ filter }, ({ kind }) =>
				kind === "dynamic-import" ? { path, external: true } : undefined,
			)
		markExternal(/^\.\/providers\/bedrock$/, "./bedrock.cjs")
		markExternal(/^\.\.\/price-list$/, "./price-list.cjs")
		markExternal(/^\.\/workspace-tools$/, "./workspace-tools.cjs")
		markExternal(/^@bedrock-tiers\/roo-patch$/, "./roo-patch.cjs")
	},
}

const shared = {
	absWorkingDir: root,
	bundle: true,
	metafile: true,
	platform: "node",
	// VS Code 1.100, the oldest supported version, has Node 20.
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
		plugins: [loadedOnDemand],
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
		plugins: [loadedOnDemand],
	},
].filter(({ entryPoints }) => existsSync(join(root, entryPoints[0])))

const webview = {
	configFile: join(root, "webview-ui/vite.config.ts"),
	root: join(root, "webview-ui"),
	logLevel: "warn",
	build: { watch: watch ? {} : null },
}

/** Preserves other files in dist/, such as the package. */
const keep = process.argv.includes("--keep")

/** VS Code reads one file per language: the host's own texts by their English text, error details by their code. */
function writeHostTexts() {
	const readJson = (path) => JSON.parse(readFileSync(join(root, path), "utf8"))
	mkdirSync(join(root, "dist/l10n"), { recursive: true })
	for (const name of readdirSync(join(root, "packages/error-details/locales"))) {
		const bundle = `bundle.l10n.${name.toLowerCase()}`
		const texts = { ...readJson(`l10n/${bundle}`), ...readJson(`packages/error-details/locales/${name}`) }
		writeFileSync(join(root, "dist/l10n", bundle), JSON.stringify(texts))
	}
}

if (!watch && !hostOnly && !keep) rmSync(join(root, "dist"), { recursive: true, force: true })
writeHostTexts()
if (watch) {
	for (const entry of entries) await (await esbuild.context(entry)).watch()
	await viteBuild(webview)
} else {
	const [webviewResult, ...hostResults] = await Promise.all([
		hostOnly ? undefined : viteBuild(webview),
		...entries.map((entry) => esbuild.build(entry)),
	])
	// The notices cover all bundles, so they are written only if the webview was built too.
	if (webviewResult) {
		const modules = [...hostModules(hostResults), ...webviewModules(webviewResult)]
		writeFileSync(join(root, "dist/THIRD_PARTY_NOTICES.md"), notices(root, modules))
		// For the software bill of materials and the audit.
		const packages = bundledPackages(root, modules).map(({ folder, name, version }) => ({ folder, name, version }))
		writeFileSync(join(root, "dist/bundled-packages.json"), JSON.stringify(packages))
	}
	chmodSync(join(root, "dist/cli.js"), 0o755)
	// The files that the patch copies into a checkout, read from the sources at build time.
	const { readPayload } = createRequire(import.meta.url)(join(root, "dist/roo-patch.cjs"))
	writeFileSync(join(root, "dist/roo-payload.json"), JSON.stringify(readPayload(root)))
}
