import themes from "./vscode-themes.json"

/** VS Code's own default themes, as it gives them to a webview: held against the real one end to end. */
export type Theme = keyof typeof themes
export const THEMES = Object.keys(themes) as Theme[]

/** Dresses the page as VS Code does. The toolkit looks at the body's class and kind. */
export function wearTheme(theme: Theme): void {
	const { bodyClass, kind, themeId, variables } = themes[theme]
	const { style } = document.documentElement
	for (const name of [...style].filter((name) => name.startsWith("--vscode-"))) style.removeProperty(name)
	for (const [name, value] of Object.entries(variables)) style.setProperty(name, value)
	document.body.dataset.vscodeThemeKind = kind
	document.body.dataset.vscodeThemeId = themeId
	document.body.className = bodyClass
	// A view in the side bar is transparent, and this is behind it.
	document.body.style.backgroundColor = "var(--vscode-sideBar-background)"
}
