import { homedir } from "node:os"
import { extname, join } from "node:path"
import * as vscode from "vscode"
import type { Confirm, SaveFile, SecretStore } from "../app/ports"
import type { WorkspaceFolder } from "../app/workspace"
import { confirmAction, showInformation } from "./notifications"

/** Small adapters of VS Code's API to the ports of `src/app`. */

/** Suggests the first workspace folder, or the user's home folder when no folder is open. */
export const saveFile: SaveFile = async (name, text) => {
	const folder = vscode.workspace.workspaceFolders?.[0]?.uri
	const extension = extname(name).slice(1)
	const uri = await vscode.window.showSaveDialog({
		defaultUri: folder ? vscode.Uri.joinPath(folder, name) : vscode.Uri.file(join(homedir(), name)),
		filters: { [extension.toUpperCase()]: [extension] },
	})
	if (!uri) return
	await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text))
	showInformation(vscode.l10n.t("Saved as {0}", uri.fsPath))
}

/** There is only one such action: to delete a chat. */
export const confirm: Confirm = async () => {
	const detail = vscode.l10n.t("Its messages and its costs go with it. This cannot be undone.")
	const action = vscode.l10n.t("Delete")
	return confirmAction(vscode.l10n.t("Delete this chat?"), detail, action)
}

export function secretStore(secrets: vscode.SecretStorage): SecretStore {
	return {
		get: (key) => secrets.get(key),
		set: (key, value) => secrets.store(key, value),
		delete: (key) => secrets.delete(key),
	}
}

/** The open folders on disk. A folder of a virtual file system has no path that Node.js can read. */
export function workspaceFolders(): WorkspaceFolder[] {
	return (vscode.workspace.workspaceFolders ?? [])
		.filter(({ uri }) => uri.scheme === "file")
		.map(({ name, uri }) => ({ name, path: uri.fsPath }))
}
