import { join, resolve } from "node:path"

/** The extension that is installed in the VS Code server, and the label of its view. */
export interface ExtensionUnderTest {
	/** `publisher.name`, as in its manifest. */
	id: string
	vsix: string
	/** Label of its icon in the activity bar. */
	viewTitle: string
}

const rootDir = resolve(import.meta.dirname, "../../..")

export const ownExtension: ExtensionUnderTest = {
	id: "bedrock-tiers.bedrock-tiers",
	vsix: join(rootDir, "dist", "bedrock-tiers.vsix"),
	viewTitle: "Bedrock Tiers",
}
