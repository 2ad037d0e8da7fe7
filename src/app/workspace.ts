import type { Workspace } from "./ports"

/** A folder of the workspace: its absolute path and its display name. */
export type WorkspaceFolder = { readonly name: string; readonly path: string }

/** @param folders returns the open folders; called on each use */
export function workspaceOf(folders: () => readonly WorkspaceFolder[]): Workspace {
	return {
		isOpen: () => folders().length > 0,
		async tools() {
			// A separate bundle in dist/, loaded on demand because most chats never need it.
			const { WorkspaceTools } = await import("./workspace-tools")
			return new WorkspaceTools(folders())
		},
	}
}

/** Limits and checks of the workspace tools, for a text that the user attaches. */
export async function textRules() {
	const { LIMITS, isSecret, visible } = await import("./workspace-tools")
	return {
		/** Maximum length of one tool result. */
		maxCharacters: LIMITS.answerCharacters,
		/** Whether a file with that path usually holds secrets. */
		looksSecret: (path: string) => isSecret(path.split(/[\\/]/)),
		/** The path with control characters escaped, so that it cannot contain line breaks. */
		visible,
	}
}
