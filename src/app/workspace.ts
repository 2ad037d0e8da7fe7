import type { Workspace } from "./ports"

/** A folder of the workspace: its absolute path and its display name. */
export type WorkspaceFolder = { readonly name: string; readonly path: string }

/** @param folders returns the open folders; called on each use */
export function workspaceOf(folders: () => readonly WorkspaceFolder[]): Workspace {
	return {
		isOpen: () => folders().length > 0,
		async tools() {
			// A separate bundle in dist/, loaded on demand because most chats never need it.
			const { WORKSPACE_TOOLS, WorkspaceTools } = await import("./workspace-tools")
			const tools = new WorkspaceTools(folders())
			return { definitions: WORKSPACE_TOOLS, run: (name, input, signal) => tools.run(name, input, signal) }
		},
	}
}

/** Limits and checks of the workspace tools, for a text that the user attaches. */
export type TextRules = {
	/** Maximum length of one tool result. */
	readonly maxCharacters: number
	/** Whether a file with that path usually holds secrets. */
	looksSecret(path: string): boolean
	/** The path with control characters escaped, so that it cannot contain line breaks. */
	visible(path: string): string
}

export async function textRules(): Promise<TextRules> {
	const { LIMITS, isSecret, visible } = await import("./workspace-tools")
	return {
		maxCharacters: LIMITS.answerCharacters,
		looksSecret: (path) => isSecret(path.split(/[\\/]/)),
		visible,
	}
}
