import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import type { ToolResult } from "@bedrock-tiers/protocol"
import { onTestFinished } from "vitest"
import { WorkspaceTools } from "../../../../src/app/workspace-tools/index"
import { LIMITS, type Limits } from "../../../../src/app/workspace-tools/limits"

/** Text or bytes of a file, or the target of a symbolic link. */
type Content = string | Uint8Array | { readonly link: string }

/**
 * Creates a temporary folder with these files; it is removed after the test.
 * @returns its real path
 */
export function folderWith(files: Readonly<Record<string, Content>>): string {
	const folder = realpathSync(mkdtempSync(join(tmpdir(), "workspace-tools-")))
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
	for (const [path, content] of Object.entries(files)) {
		const file = join(folder, path)
		mkdirSync(dirname(file), { recursive: true })
		if (typeof content === "object" && "link" in content) symlinkSync(content.link, file)
		else writeFileSync(file, content)
	}
	return folder
}

export type Run = (name: string, input: unknown, signal?: AbortSignal) => Promise<ToolResult>

/** Creates workspace tools over one folder, named `project`, with these files. */
export function workspaceWith(files: Readonly<Record<string, Content>>, limits?: Partial<Limits>): Run {
	return toolsOver([{ name: "project", path: folderWith(files) }], limits)
}

export function toolsOver(folders: readonly { name: string; path: string }[], limits?: Partial<Limits>): Run {
	const tools = new WorkspaceTools(folders, { ...LIMITS, ...limits })
	return (name, input, signal = new AbortController().signal) => tools.run(name, input, signal)
}
