import * as vscode from "vscode"
import type { Editor } from "../app/ports"
import { detail, DetailedError } from "@bedrock-tiers/error-details"

type FileItem = vscode.QuickPickItem & { readonly uri?: vscode.Uri }

/** Reads from the active text editor, which stays active while the chat has the focus. */
export const editor: Editor = {
	selection() {
		const active = vscode.window.activeTextEditor
		if (!active || active.selection.isEmpty) return undefined
		const { document, selection } = active
		const { start, end } = selection
		// A selection that ends before the first character of a line includes nothing from that line.
		const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line
		return {
			path: pathOf(document.uri),
			lines: { from: start.line + 1, to: last + 1 },
			text: document.getText(selection),
		}
	},

	async chooseFile() {
		const uri = await chooseUri()
		if (!uri) return undefined
		const document = await openDocument(uri)
		return { path: pathOf(uri), lines: null, text: document.getText() }
	},
}

/**
 * Offers the open files, the active one first, and a dialog for any other file. The file may be outside the workspace,
 * because the user chooses it.
 */
async function chooseUri(): Promise<vscode.Uri | undefined> {
	const open = openFiles()
	if (open.length === 0) return chooseOther()
	const items: FileItem[] = open.map((uri) => ({ label: pathOf(uri), uri }))
	const picked = await vscode.window.showQuickPick<FileItem>([...items, { label: vscode.l10n.t("Another file…") }], {
		title: vscode.l10n.t("Add a file to the question"),
	})
	return picked && (picked.uri ?? chooseOther())
}

async function chooseOther(): Promise<vscode.Uri | undefined> {
	const [uri] = (await vscode.window.showOpenDialog({ title: vscode.l10n.t("Add a file to the question") })) ?? []
	return uri
}

function openFiles(): vscode.Uri[] {
	const active = vscode.window.activeTextEditor?.document.uri
	const tabs = vscode.window.tabGroups.all
		.flatMap((group) => group.tabs)
		.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
	return [...new Map([...(active ? [active] : []), ...tabs].map((uri) => [uri.toString(), uri])).values()]
}

/** Opens the file with the content of its editor, including unsaved changes. */
async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
	try {
		return await vscode.workspace.openTextDocument(uri)
	} catch {
		throw new DetailedError(detail("file.not-text", { path: pathOf(uri) }))
	}
}

function pathOf(uri: vscode.Uri): string {
	return vscode.workspace.asRelativePath(uri)
}
