import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"
import { wordsInTwoParts } from "./build/words-in-two-parts"

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

/** The host's page names main.js and main.css, so both have fixed names; there is no index.html. */
export default defineConfig({
	root: here("."),
	base: "./",
	plugins: [react(), leaveOutUnusedElements, wordsInTwoParts()],
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
					return part ? `words-${name}-${part}.js` : `${name}.js`
				},
			},
		},
	},
})
