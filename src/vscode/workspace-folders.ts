import * as vscode from "vscode"
import type { WorkspaceFolder } from "../app/workspace"

/** The open folders that lie in a file system; one that comes from an extension has no path to read from. */
export function workspaceFolders(): WorkspaceFolder[] {
	return (vscode.workspace.workspaceFolders ?? [])
		.filter(({ uri }) => uri.scheme === "file")
		.map(({ name, uri }) => ({ name, path: uri.fsPath }))
}
