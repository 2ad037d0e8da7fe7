import themes from "./vscode-themes.json"

/** VS Code's default themes, as it passes them to a webview. An end-to-end test compares them with the real ones. */
export type Theme = keyof typeof themes
export const THEMES = Object.keys(themes) as Theme[]

/** Applies the theme to the page as VS Code does. The toolkit reads the body's class and theme kind. */
export function applyTheme(theme: Theme): void {
	const { bodyClass, kind, themeId, variables } = themes[theme]
	const { style } = document.documentElement
	for (const name of [...style].filter((name) => name.startsWith("--vscode-"))) style.removeProperty(name)
	for (const [name, value] of Object.entries(variables)) style.setProperty(name, value)
	document.body.dataset.vscodeThemeKind = kind
	document.body.dataset.vscodeThemeId = themeId
	document.body.className = bodyClass
	// A view in the side bar is transparent: this is the colour behind it.
	document.body.style.backgroundColor = "var(--vscode-sideBar-background)"
}
