import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

/** Default user settings: no welcome page, no questions, no telemetry, no chat side bar of VS Code next to our view. */
const defaultSettings = {
	"workbench.startupEditor": "none",
	"security.workspace.trust.enabled": false,
	"telemetry.telemetryLevel": "off",
	"chat.disableAIFeatures": true,
	// The demo's folder may be in a checkout; VS Code would ask whether to open that repository.
	"git.openRepositoryInParentFolders": "never",
	"workbench.secondarySideBar.defaultVisibility": "hidden",
	"window.autoDetectColorScheme": true,
	"workbench.preferredDarkColorTheme": "Dark Modern",
	"workbench.preferredLightColorTheme": "Light Modern",
	"workbench.colorTheme": "Dark Modern",
}

/** Writes the settings once, so that later changes by the user are preserved. */
export function writeUserSettings(userDir, extra = {}) {
	const path = join(userDir, "User", "settings.json")
	if (existsSync(path)) return
	mkdirSync(join(userDir, "User"), { recursive: true })
	writeFileSync(path, `${JSON.stringify({ ...defaultSettings, ...extra }, null, "\t")}\n`)
}

/**
 * Writes an empty language pack, without which VS Code does not use a display language for its extensions. VS Code's
 * own texts stay English. It reads the list of packs from languagepacks.json, and its texts from the files named there.
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
 * The environment without the variables of another VS Code, another server's settings, a test runner or npm. A VS Code
 * terminal passes a socket to its child processes, and `code` would open a window there instead of starting.
 */
export function desktopEnvironment() {
	const foreign = /^(VSCODE_|ELECTRON_|VITEST|npm_|(NODE_(OPTIONS|ENV|PATH|CHANNEL_FD)|TEST|FORCE_COLOR|INIT_CWD)$)/
	return filterEnvironment((name) => !foreign.test(name))
}

/**
 * What the server's processes need of the environment. An allow-list, because every extension and terminal can read it:
 * it contains no credentials, neither AWS's nor those in the address of a proxy.
 */
export function serverEnvironment() {
	const allowed =
		/^(PATH|SHELL|USER|LOGNAME|TERM|COLORTERM|TZ|LANG|LANGUAGE|LC_\w+|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR))$/
	const proxy = /^(https?|all|no)_proxy$/i
	return filterEnvironment((name, value) => allowed.test(name) || (proxy.test(name) && !value.includes("@")))
}

const filterEnvironment = (isIncluded) =>
	Object.fromEntries(Object.entries(process.env).filter(([name, value]) => isIncluded(name, value)))
