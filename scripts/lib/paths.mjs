import { join, resolve } from "node:path"

export const rootDir = resolve(import.meta.dirname, "../..")
/** Folder of the VS Code server: its program, its data, its locks. Ignored by git. */
export const serverDir = join(rootDir, ".vscode-server")
export const vsixPath = join(rootDir, "dist", "bedrock-tiers.vsix")
/** The terminal command as an npm package. */
export const terminalPath = join(rootDir, "dist", "bedrock-tiers-terminal.tgz")
/** Software bill of materials of both, in CycloneDX format. */
export const sbomPath = join(rootDir, "dist", "bedrock-tiers.cdx.json")
