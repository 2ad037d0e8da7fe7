import { existsSync, mkdirSync, realpathSync } from "node:fs"
import { join } from "node:path"
import { findProgram } from "./executables.mjs"
import { startSupervised } from "./supervised-process.mjs"
import { lastLines } from "./npm.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"
import { desktopEnvironment, writeUserSettings } from "./vscode-settings.mjs"

const windows = process.platform === "win32"

/** Path of the command of the desktop VS Code. Throws a `PlainFailure` when there is none that the demo can use. */
export function findDesktop() {
	const remoteLocation = findRemoteLocation()
	if (remoteLocation) {
		throw new PlainFailure(
			`--desktop does not work ${remoteLocation}: "code" is only a remote control there, which ignores the folders of its own ` +
				"that the demo needs. Use npm start without --desktop, or a terminal outside of VS Code.",
		)
	}
	const command = findProgram(windows ? ["code.cmd", "code.exe"] : ["code"])
	if (command === undefined) {
		throw new PlainFailure(
			'No desktop VS Code was found: there is no "code" on the PATH. In VS Code, run the command ' +
				"\"Shell Command: Install 'code' command in PATH\", or use npm start without --desktop on Linux x64.",
		)
	}
	if (realpathSync(command).includes("remote-cli")) {
		throw new PlainFailure(`--desktop needs a desktop VS Code; ${command} belongs to a remote one.`)
	}
	return command
}

/** Describes the remote environment of this terminal; `undefined` on a local desktop. */
function findRemoteLocation() {
	if (process.env.VSCODE_IPC_HOOK_CLI) return "in VS Code's own terminal"
	if (process.env.WSL_DISTRO_NAME) return "in WSL"
	if (process.env.REMOTE_CONTAINERS || process.env.CODESPACES) return "in a development container"
	if (existsSync("/.dockerenv") || existsSync("/run/.containerenv")) return "in a container"
	return undefined
}

/** Opens one window with its own user data and extensions; `exited` resolves when that window is closed. */
export async function startDesktop({ desktop, vsix, dataDir, env, workspaceDir }) {
	const userDir = join(dataDir, "user")
	mkdirSync(userDir, { recursive: true })
	writeUserSettings(userDir)
	const folders = ["--user-data-dir", userDir, "--extensions-dir", join(dataDir, "extensions")]
	const environment = { ...desktopEnvironment(), ...env }
	const [command, prefix] = windows ? ["cmd.exe", ["/d", "/c", desktop]] : [desktop, []]
	const install = [...prefix, ...folders, "--install-extension", vsix, "--force"]
	const { code, output } = await run(command, install, { env: environment })
	if (code !== 0) throw new PlainFailure(`VS Code did not take the extension:\n${lastLines(output)}`)
	const open = [...prefix, ...folders, "--new-window", "--wait", workspaceDir]
	return startSupervised(command, open, { env: environment, onText: () => {} })
}
