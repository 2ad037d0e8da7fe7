import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** A quiet VS Code: no welcome page, no questions, no telemetry, no chat bar of its own beside ours. */
const quietSettings = {
	"workbench.startupEditor": "none",
	"security.workspace.trust.enabled": false,
	"telemetry.telemetryLevel": "off",
	"chat.disableAIFeatures": true,
	// The demo's folder may lie in a checkout; VS Code would ask what to do with it.
	"git.openRepositoryInParentFolders": "never",
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"window.autoDetectColorScheme": true,
	"workbench.preferredDarkColorTheme": "Dark Modern",
	"workbench.preferredLightColorTheme": "Light Modern",
	"workbench.colorTheme": "Dark Modern",
}

/** Written once: what a person changes later stays. */
export function writeUserSettings(userDir, extra = {}) {
	const path = join(userDir, "User", "settings.json")
	if (existsSync(path)) return
	mkdirSync(join(userDir, "User"), { recursive: true })
	writeFileSync(path, `${JSON.stringify({ ...quietSettings, ...extra }, null, "\t")}\n`)
}

/**
 * A language pack with nothing in it, which VS Code wants before it speaks a language to its extensions: its own words stay
 * English. It reads which packs there are from this file, and builds what it loads from the texts that the file names.
 */
export function writeLanguagePack(userDir, language) {
	const folder = join(userDir, "language-pack")
	const texts = join(folder, `${language}.json`)
	mkdirSync(folder, { recursive: true })
	writeFileSync(texts, JSON.stringify({ version: "1.0.0", contents: {} }))
	const extensions = [{ extensionIdentifier: { id: `tests.language-pack-${language}` }, version: "1.0.0" }]
	const pack = { hash: `empty-${language}`, label: language, extensions, translations: { vscode: texts } }
	writeFileSync(join(userDir, "languagepacks.json"), JSON.stringify({ [language]: pack }))
}

/**
 * The environment without what would reach into another VS Code, another server's settings, a test runner or npm:
 * a VS Code terminal hands its children a socket, and code-server would open a window there instead of starting.
 */
export function cleanEnvironment() {
	const env = { ...process.env }
	const foreign =
		/^(VSCODE_|CODE_SERVER_|CS_|ELECTRON_|VITEST|npm_|PASSWORD$|HASHED_PASSWORD$|GITHUB_TOKEN$|PORT$|LOG_LEVEL$)/
	const runner = /^(NODE_OPTIONS|NODE_ENV|NODE_PATH|NODE_CHANNEL_FD|TEST|FORCE_COLOR|INIT_CWD)$/
	for (const name of Object.keys(env)) if (foreign.test(name) || runner.test(name)) delete env[name]
	return env
}
