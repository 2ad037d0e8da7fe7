import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"
import { defineConfig, type Plugin } from "vite"
import { splitLocales } from "./build/split-locales.ts"

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The toolkit's React entry defines every element with a `wrap(vsCode…())` call. Marking these calls as pure lets the
 * bundler remove the elements that no component uses (83 KB). Only that file is transformed, since other packages have
 * functions with similar names.
 */
const leaveOutUnusedElements = {
	name: "leave-out-unused-elements",
	transform: {
		filter: { id: /webview-ui-toolkit\/react\/index\.js$/ },
		handler: (code: string) =>
			code.replaceAll(/\bwrap\((vsCode\w+\(\))/g, "/* @__PURE__ */ wrap(/* @__PURE__ */ $1"),
	},
}

const SHARED =
	/node_modules\/(react|react-dom|scheduler|i18next|react-i18next|zod|tslib|exenv-es6|@microsoft\/[^/]+|@vscode\/[^/]+)\/|packages\/(core|protocol)\/src/

/** Replaces Vite's preload helper with a plain call: lazy chunks have no styles to wait for and no preloads. */
const withoutPreload: Plugin = {
	name: "without-preload",
	enforce: "pre",
	load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load()" : undefined),
}

/** The extension host's HTML refers to main.js and main.css, so both names are fixed; there is no index.html. */
export default defineConfig({
	root: here("."),
	base: "./",
	plugins: [react(), leaveOutUnusedElements, splitLocales(), withoutPreload],
	// React itself exports `useSyncExternalStore` since version 18; the shim package is for older versions.
	resolve: { alias: [{ find: /^use-sync-external-store\/shim$/, replacement: "react" }] },
	build: {
		outDir: here("../dist/webview"),
		emptyOutDir: true,
		target: "chrome120",
		sourcemap: false,
		cssCodeSplit: false,
		modulePreload: false,
		rolldownOptions: {
			input: here("src/main.tsx"),
			output: {
				format: "es",
				entryFileNames: "main.js",
				assetFileNames: "main[extname]",
				// Lazily loaded chunks are next to main.js, named after their modules.
				chunkFileNames: ({ name, facadeModuleId }) => {
					const part = /\.json\?(\w+)$/.exec(facadeModuleId ?? "")?.[1]
					return part ? `messages-${name}-${part}.js` : `${name}.js`
				},
				// Shared dependencies go into one chunk: it is smaller than the several that would be made otherwise.
				codeSplitting: { groups: [{ name: "shared", test: SHARED }] },
			},
		},
	},
})
