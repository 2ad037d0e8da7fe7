import { homedir } from "node:os"
import { extname, join } from "node:path"
import { redactEndpoint } from "@bedrock-tiers/protocol"
import * as vscode from "vscode"
import type { Confirm, Confirmation, CredentialUse, SaveFile, SecretStore } from "../app/ports"
import type { WorkspaceFolder } from "../app/workspace"
import { confirmAction, showInformation, type Dialog } from "./notifications"

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

/** Asks in a modal dialog. */
export const confirm: Confirm = (confirmation) => confirmAction(dialogOf(confirmation))

function dialogOf(confirmation: Confirmation): Dialog {
	const { t } = vscode.l10n
	switch (confirmation.action) {
		case "delete-chat":
			return {
				question: t("Delete this chat?"),
				detail: [t("Its messages and its costs go with it. This cannot be undone.")],
				action: t("Delete"),
			}
		case "allow-tools":
			return {
				question: t("Let the model read in this workspace"),
				detail: [t("Files it lists, reads and searches are sent to Bedrock and billed.")],
				action: t("Allow"),
			}
		case "send-credentials":
			return {
				question: t("Send credentials to a new destination?"),
				detail: [
					...new Set(confirmation.uses.map(credentialUseLine)),
					t("Allow this only if you have just changed these settings yourself."),
				],
				action: t("Allow"),
			}
	}
}

/** The profile, its credentials, and where they would be sent. */
function credentialUseLine({ profileName, credentials, endpoint, region, byProxy }: CredentialUse): string {
	const { t } = vscode.l10n
	const names = {
		"default-chain": t("AWS default chain"),
		profile: t("Named AWS profile"),
		"api-key": t("Bedrock API key"),
		"static-keys": t("Access keys"),
	}
	const awsProfile = credentials.method === "profile" ? ` “${oneLine(credentials.profile)}”` : ""
	const address = endpoint === null ? `AWS (${region})` : redactEndpoint(endpoint)
	const destination = byProxy ? t("{0}, through VS Code's proxy", address) : address
	return `${oneLine(profileName)}: ${names[credentials.method]}${awsProfile} → ${destination}`
}

/** A name from the settings, which must not be able to imitate the rest of the dialog. */
function oneLine(name: string): string {
	return name
		.replaceAll(/[\p{C}\p{Z}]+/gu, " ")
		.replaceAll("→", "")
		.slice(0, 80)
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
