import { existsSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import react from "@vitejs/plugin-react"
import { playwright } from "@vitest/browser-playwright"
import { defineConfig } from "vitest/config"
import { splitLocales } from "./webview-ui/build/split-locales.ts"

// The floor is Node 20; the AWS SDK warns about it in every worker.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true"

/** Debian's Chromium, or the program at CHROMIUM_PATH. Test tools never download a browser. */
const chromium = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"

/** Timeouts of a poll, a test and a hook, in milliseconds. A busy machine needs far less, so a timeout is a failure. */
const LIMITS = { expect: { poll: { timeout: 60_000 } }, testTimeout: 300_000, hookTimeout: 300_000 }

const NOT_UNIT = ["**/node_modules/**", "**/*.{wire,faults,security,e2e}.test.ts"]

const browserProject = (name: string, include: string) => ({
	plugins: [react(), splitLocales()],
	define: { "process.env.TEST_FULL": JSON.stringify(process.env.TEST_FULL ?? "") },
	test: {
		name,
		include: [include],
		...LIMITS,
		browser: {
			enabled: true,
			headless: true,
			screenshotFailures: false,
			provider: playwright({
				// VS Code grants these permissions to a webview.
				contextOptions: { permissions: ["clipboard-read", "clipboard-write"] },
				launchOptions: {
					executablePath: chromium,
					args: [
						"--no-sandbox",
						"--disable-background-networking",
						"--disable-component-update",
						"--disable-sync",
					],
				},
			}),
			instances: [{ browser: "chromium" as const }],
		},
	},
})

export default defineConfig({
	test: {
		// By default Vitest leaves one core unused, which on two cores means one test file at a time.
		maxWorkers: availableParallelism(),
		projects: [
			{
				test: {
					name: "node",
					include: ["{src,packages,webview-ui/src}/**/*.test.ts", "scripts/lint/*.test.mjs"],
					exclude: [...NOT_UNIT, "packages/roo-patch/**"],
					// About 100 files of pure calculations: loading them in isolation took longer than running them.
					isolate: false,
					...LIMITS,
				},
			},
			{
				test: {
					name: "patch",
					// The tests use checkouts on disk, which each file removes at its end.
					include: ["packages/roo-patch/**/*.test.ts"],
					exclude: NOT_UNIT,
					...LIMITS,
				},
			},
			{
				test: {
					name: "wire",
					include: ["{src,packages}/**/*.wire.test.ts"],
					// Loading the AWS SDK for each file took longer than the tests.
					isolate: false,
					...LIMITS,
					globalSetup: ["packages/test-kit/src/hosts/build-host.ts"],
				},
			},
			{
				test: {
					name: "faults",
					include: ["packages/system-tests/src/faults/**/*.faults.test.ts"],
					isolate: false,
					...LIMITS,
				},
			},
			{
				// The tests run the extension itself, over a fake of the `vscode` module.
				resolve: {
					alias: {
						vscode: join(import.meta.dirname, "packages/system-tests/src/security/testing/fake-vscode.ts"),
					},
				},
				test: {
					name: "security",
					include: ["packages/system-tests/src/security/**/*.security.test.ts"],
					isolate: false,
					...LIMITS,
					globalSetup: ["packages/system-tests/src/security/testing/build-all.ts"],
				},
			},
			...(existsSync(chromium)
				? [
						browserProject("browser", "webview-ui/src/**/*.browser.test.tsx"),
						// Every scene in every theme takes minutes, so this is a separate project.
						browserProject("gallery", "webview-ui/src/**/*.gallery.test.tsx"),
					]
				: []),
			{
				test: {
					name: "e2e",
					include: ["packages/e2e/src/**/*.e2e.test.ts"],
					...LIMITS,
					// One VS Code already keeps two cores busy, and most files use the same one.
					fileParallelism: false,
					isolate: false,
				},
			},
		],
	},
})
