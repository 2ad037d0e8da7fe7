import { fileURLToPath } from "node:url"
import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The host's page names main.js and main.css, so both have fixed names; there is no index.html. */
export default defineConfig({
	root: here("."),
	base: "./",
	plugins: [react()],
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
				codeSplitting: false,
			},
		},
	},
})
