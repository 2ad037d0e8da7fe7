import { detail, DetailedError } from "@bedrock-tiers/error-details"
import { homedir } from "node:os"
import { join } from "node:path"
import * as vscode from "vscode"
import type { ChosenFiles } from "../app/ports"
import { replaceFile } from "../app/storage/private-files"

const JSON_FILES = { JSON: ["json"] }
const MAX_MEGABYTES = 10

/** Opens and saves JSON files that the user chooses in VS Code's file dialogs. */
export const chosenFiles: ChosenFiles = {
	async open() {
		const [uri] = (await vscode.window.showOpenDialog({ canSelectMany: false, filters: JSON_FILES })) ?? []
		if (!uri) return undefined
		const { size } = await vscode.workspace.fs.stat(uri)
		if (size > MAX_MEGABYTES * 1_000_000)
			throw new DetailedError(detail("file.too-large", { maxMegabytes: MAX_MEGABYTES }))
		const bytes = await vscode.workspace.fs.readFile(uri)
		return { name: uri.path.split("/").at(-1) ?? "", text: new TextDecoder().decode(bytes) }
	},

	async save(suggestedName, text) {
		// The home folder rather than the workspace, where the file could be committed by accident.
		const defaultUri = vscode.Uri.file(join(homedir(), suggestedName))
		const uri = await vscode.window.showSaveDialog({ filters: JSON_FILES, defaultUri })
		if (!uri) return undefined
		if (uri.scheme !== "file") {
			await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text))
			return uri.toString(true)
		}
		// The file may contain API keys, so only the current OS user may read it.
		await replaceFile(uri.fsPath, text)
		return uri.fsPath
	},
}
