import { join, resolve } from "node:path"

export const rootDir = resolve(import.meta.dirname, "../..")
/** Folder of the VS Code server: its program, its data, its locks. Ignored by git. */
export const serverDir = join(rootDir, ".vscode-server")
export const vsixPath = join(rootDir, "dist", "bedrock-tiers.vsix")
