import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { DEFAULT_PROFILE_SETTINGS, toStoredProfileSettings } from "@bedrock-tiers/protocol"
import type { userAt } from "./user"
import { restoreWorkspace, type VsCodeHost } from "./vscode-host"
import type { Workbench } from "./workbench"

/** The chat's description of the default settings. */
const DEFAULT_MODEL_AND_TIER = "gpt-oss-120b · us-east-1 · asks for Standard"

/**
 * Brings a window back to the state in which `VsCodeHost.open` opens one: default settings, an empty chat, no stored
 * chats, only README.md in the workspace, no open editor or dialog. It takes a tenth of the time of a new window.
 *
 * It does not undo everything. A test that adds profiles, changes a setting that the chat does not show, or leaves text
 * in the composer undoes that itself, or calls `discardWindow`; so does a test that leaves an answer running.
 */
export async function resetWindow(
	host: VsCodeHost,
	workbench: Workbench,
	user: ReturnType<typeof userAt>,
): Promise<void> {
	const { view } = workbench
	await workbench.closeEditors()
	restoreWorkspace(host.workspaceDir)
	await workbench.openView()
	await user.newChat()
	restoreSettings(host.storageDir)
	await view.getByText(DEFAULT_MODEL_AND_TIER, { exact: true }).waitFor()
	for (const name of ["chats", "history", "attachments", "refusals.json"])
		rmSync(join(host.storageDir, name), { recursive: true, force: true, maxRetries: 5 })
	// A new chat reads the refusals again.
	await user.newChat()
	await view.getByText("Each answer shows which service tier served it and what it cost.").waitFor()
	// A new chat moves the focus to the composer, which would close a quick pick of the test.
	await view.locator(".composer vscode-text-area:focus-within").waitFor()
	workbench.consoleErrors.length = 0
}

/** Writes the default settings of each profile, as another window could. The extension watches the file. */
function restoreSettings(storageDir: string): void {
	const file = join(storageDir, "settings.json")
	if (!existsSync(file)) return
	const text = readFileSync(file, "utf8")
	const stored = JSON.parse(text) as { settings: { profiles: { settings: unknown }[] } }
	for (const profile of stored.settings.profiles) profile.settings = toStoredProfileSettings(DEFAULT_PROFILE_SETTINGS)
	if (JSON.stringify(stored) === text) return
	const written = join(storageDir, "default-settings.json")
	writeFileSync(written, JSON.stringify(stored))
	renameSync(written, file)
}
