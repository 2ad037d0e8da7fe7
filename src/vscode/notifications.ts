import * as vscode from "vscode"
import { visibleLine } from "../app/visible-text"

/**
 * VS Code's notifications. Their texts may contain text from outside: file names, and errors of servers. A lint rule
 * keeps other files from `showInformationMessage` and the like.
 */

export function showInformation(text: string): void {
	void vscode.window.showInformationMessage(notificationText(text))
}

export function showWarning(text: string): void {
	void vscode.window.showWarningMessage(notificationText(text))
}

export type Dialog = { readonly question: string; readonly detail: readonly string[]; readonly action: string }

/** Asks in a modal dialog. `detail` has its paragraphs. @returns whether the user chose the action */
export async function confirmAction({ question, detail, action }: Dialog): Promise<boolean> {
	const options = { modal: true, detail: detail.map(notificationText).join("\n\n") }
	return (await vscode.window.showWarningMessage(notificationText(question), options, action)) === action
}

/** VS Code shows "[label](target)" in a notification as a link, which may run a command. */
function notificationText(text: string): string {
	return visibleLine(text).replaceAll("](", "] (")
}
