import type { Workspace } from "./ports"

/** A folder of the workspace: an absolute path, and the name that people know it by. */
export type WorkspaceFolder = { readonly name: string; readonly path: string }

/** @param folders those that are open, asked for anew each time */
export function workspaceOf(folders: () => readonly WorkspaceFolder[]): Workspace {
	return {
		isOpen: () => folders().length > 0,
		async tools() {
			// A file of its own in dist/: most chats never need it.
			const { WORKSPACE_TOOLS, WorkspaceTools } = await import("./workspace-tools")
			const tools = new WorkspaceTools(folders())
			return { definitions: WORKSPACE_TOOLS, run: (name, input, signal) => tools.run(name, input, signal) }
		},
	}
}

/** How the tools see a text, for one that the person gives the model themself. */
export type TextRules = {
	/** That one answer of a tool has at most. */
	readonly maxCharacters: number
	/** Whether a file of that path usually holds secrets. */
	looksSecret(path: string): boolean
	/** The path without characters that could write lines of their own. */
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
