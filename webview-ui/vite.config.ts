import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"
import { defineConfig, type Plugin } from "vite"
import { splitLocales } from "./build/split-locales"

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The toolkit's React entry defines all of its elements, each by such a call. Without their results they do nothing that is
 * wanted here, so those that no component uses are left out (83 KB). Said in that file alone: the calls of other packages
 * have names like these too.
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

/** Vite's own waits for styles and preloads of what is loaded later. There are none, so nothing is what it does. */
const withoutPreload: Plugin = {
	name: "without-preload",
	enforce: "pre",
	load: (id) => (id === "\0vite/preload-helper.js" ? "export const __vitePreload = (load) => load()" : undefined),
}

/** The host's page names main.js and main.css, so both have fixed names; there is no index.html. */
export default defineConfig({
	root: here("."),
	base: "./",
	plugins: [react(), leaveOutUnusedElements, splitLocales(), withoutPreload],
	// React has had it of its own since 18; the package is for those before.
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
				// What is loaded later lies beside it, under the name of its module.
				chunkFileNames: ({ name, facadeModuleId }) => {
					const part = /\.json\?(\w+)$/.exec(facadeModuleId ?? "")?.[1]
					return part ? `messages-${name}-${part}.js` : `${name}.js`
				},
				// What all parts stand on is one file: that is less than the several that would be made of it.
				codeSplitting: { groups: [{ name: "shared", test: SHARED }] },
			},
		},
	},
})
