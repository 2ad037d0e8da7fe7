import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { afterAll, beforeAll, expect, test } from "vitest"
import { startVsCodeHost, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/**
 * The gallery is looked at in the colours that VS Code gives to a webview, in its four default themes. They are kept in a file,
 * and this holds that file against the real VS Code. What differs after an update of VS Code: `vitest -u` writes it anew.
 */

const webviewDir = resolve(import.meta.dirname, "../../../webview-ui")
const stylesDir = join(webviewDir, "src/styles")
const toolkitTokens = resolve(
	import.meta.dirname,
	"../../../node_modules/@vscode/webview-ui-toolkit/dist/design-tokens.js",
)

/** Those that our styles, the toolkit and VS Code's own styles for a webview ask for. */
async function askedNames({ view }: Workbench): Promise<string[]> {
	const ours = readdirSync(stylesDir).map((name) => join(stylesDir, name))
	const files = [...ours, toolkitTokens, join(webviewDir, "src/gallery/themes.ts")]
	const own = (await view.locator("#_defaultStyles").textContent()) ?? ""
	const texts = [...files.map((path) => readFileSync(path, "utf8")), own]
	return [...new Set(texts.join("\n").match(/--vscode-[\w-]*\w/g))].sort()
}

let host: VsCodeHost
beforeAll(async () => {
	host = await startVsCodeHost({ settings: { "window.autoDetectHighContrast": true } })
})
afterAll(() => host?.close())

test("the gallery's colours are those that VS Code gives to a webview", async () => {
	const workbench = await host.open()
	const names = await askedNames(workbench)
	const given: Record<string, unknown> = {}
	for (const [theme, colorScheme, forcedColors, kind] of [
		["dark", "dark", "none", "vscode-dark"],
		["light", "light", "none", "vscode-light"],
		["contrast", "dark", "active", "vscode-high-contrast"],
		["contrast-light", "light", "active", "vscode-high-contrast-light"],
	] as const) {
		await workbench.page.emulateMedia({ colorScheme, forcedColors })
		const body = workbench.view.locator("body")
		await expect.poll(() => body.getAttribute("data-vscode-theme-kind")).toBe(kind)
		// The variables come with the same message as the class.
		given[theme] = await body.evaluate((element, asked) => {
			const style = getComputedStyle(element)
			const values = asked.map((name) => [name, style.getPropertyValue(name).trim()] as const)
			return {
				bodyClass: element.className,
				kind: element.dataset.vscodeThemeKind,
				themeId: element.dataset.vscodeThemeId,
				variables: Object.fromEntries(values.filter(([, value]) => value !== "")),
			}
		}, names)
	}
	await expect(`${JSON.stringify(given, null, "\t")}\n`).toMatchFileSnapshot(
		join(webviewDir, "src/gallery/vscode-themes.json"),
	)
	await workbench.close()
})
