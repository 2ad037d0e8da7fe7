import * as vscode from "vscode"
import type { WorkspaceFolder } from "../app/workspace"

/** The open folders on disk. A folder of a virtual file system has no path that Node.js can read. */
export function workspaceFolders(): WorkspaceFolder[] {
	return (vscode.workspace.workspaceFolders ?? [])
		.filter(({ uri }) => uri.scheme === "file")
		.map(({ name, uri }) => ({ name, path: uri.fsPath }))
}
