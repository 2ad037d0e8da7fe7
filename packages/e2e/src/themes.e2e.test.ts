import { readdirSync, readFileSync } from "node:fs"
import { join, resolve } from "node:path"
import { expect, test } from "vitest"
import type { Workbench } from "./workbench"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * The gallery uses the colors that the newest VS Code provides to a webview in its four default themes. They are stored
 * in a file, which this test compares with the real VS Code. If they differ after an update, `vitest -u` updates it.
 */

const webviewDir = resolve(import.meta.dirname, "../../../webview-ui")
const stylesDir = join(webviewDir, "src/styles")
const toolkitTokens = resolve(
	import.meta.dirname,
	"../../../node_modules/@vscode/webview-ui-toolkit/dist/design-tokens.js",
)

/** Names of the CSS variables that our styles, the toolkit and VS Code's default styles for a webview use. */
async function usedVariables({ view }: Workbench): Promise<string[]> {
	const styles = readdirSync(stylesDir).map((name) => join(stylesDir, name))
	const files = [...styles, toolkitTokens, join(webviewDir, "src/gallery/themes.ts")]
	const defaultStyles = (await view.locator("#_defaultStyles").textContent()) ?? ""
	const texts = [...files.map((path) => readFileSync(path, "utf8")), defaultStyles]
	return [...new Set(texts.join("\n").match(/--vscode-[\w-]*\w/g))].sort()
}

const vscode = workbenchUnderTest({})

// Older versions of VS Code have other colors.
test.skipIf(process.env.VSCODE_SERVER === "oldest")(
	"the colors of the gallery are equal to those that VS Code provides to a webview",
	async () => {
		const { workbench } = vscode
		const names = await usedVariables(workbench)
		const themes: Record<string, unknown> = {}
		for (const [theme, colorScheme, forcedColors, kind] of [
			["dark", "dark", "none", "vscode-dark"],
			["light", "light", "none", "vscode-light"],
			["contrast", "dark", "active", "vscode-high-contrast"],
			["contrast-light", "light", "active", "vscode-high-contrast-light"],
		] as const) {
			await workbench.page.emulateMedia({ colorScheme, forcedColors })
			const body = workbench.view.locator("body")
			await expect.poll(() => body.getAttribute("data-vscode-theme-kind")).toBe(kind)
			// VS Code sets the variables with the same message as the class.
			themes[theme] = await body.evaluate((element, variables) => {
				const style = getComputedStyle(element)
				const values = variables.map((name) => [name, style.getPropertyValue(name).trim()] as const)
				return {
					bodyClass: element.className,
					kind: element.dataset.vscodeThemeKind,
					themeId: element.dataset.vscodeThemeId,
					variables: Object.fromEntries(values.filter(([, value]) => value !== "")),
				}
			}, names)
		}
		await expect(`${JSON.stringify(themes, null, "\t")}\n`).toMatchFileSnapshot(
			join(webviewDir, "src/gallery/vscode-themes.json"),
		)
		await workbench.page.emulateMedia({ colorScheme: "dark", forcedColors: "none" })
		await expect
			.poll(() => workbench.view.locator("body").getAttribute("data-vscode-theme-kind"))
			.toBe("vscode-dark")
	},
)
