import { existsSync, mkdirSync, realpathSync } from "node:fs"
import { join } from "node:path"
import { findProgram } from "./executables.mjs"
import { startSupervised } from "./supervised-process.mjs"
import { lastLines } from "./npm.mjs"
import { PlainFailure } from "./plain-failure.mjs"
import { run } from "./run.mjs"
import { cleanEnvironment, writeUserSettings } from "./vscode-settings.mjs"

const windows = process.platform === "win32"

/** The desktop VS Code's command, or a clear refusal. */
export function findDesktop() {
	const shim = remoteShim()
	if (shim) {
		throw new PlainFailure(
			`--desktop does not work ${shim}: "code" is only a remote control there, which ignores the folders of its own ` +
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

function remoteShim() {
	if (process.env.VSCODE_IPC_HOOK_CLI) return "in VS Code's own terminal"
	if (process.env.WSL_DISTRO_NAME) return "in WSL"
	if (process.env.REMOTE_CONTAINERS || process.env.CODESPACES) return "in a development container"
	if (existsSync("/.dockerenv") || existsSync("/run/.containerenv")) return "in a container"
	return undefined
}

/** Opens one window in isolated folders; `exited` resolves when that window is closed. */
export async function startDesktop({ desktop, vsix, dataDir, env, workspaceDir }) {
	const userDir = join(dataDir, "user")
	mkdirSync(userDir, { recursive: true })
	writeUserSettings(userDir)
	const folders = ["--user-data-dir", userDir, "--extensions-dir", join(dataDir, "extensions")]
	const environment = { ...cleanEnvironment(), ...env }
	const [command, before] = windows ? ["cmd.exe", ["/d", "/c", desktop]] : [desktop, []]
	const install = [...before, ...folders, "--install-extension", vsix, "--force"]
	const { code, output } = await run(command, install, { env: environment })
	if (code !== 0) throw new PlainFailure(`VS Code did not take the extension:\n${lastLines(output)}`)
	const open = [...before, ...folders, "--new-window", "--wait", workspaceDir]
	return startSupervised(command, open, { env: environment, onText: () => {} })
}
