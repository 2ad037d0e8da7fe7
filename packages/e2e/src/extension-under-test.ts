import { join, resolve } from "node:path"

/** What is installed in the VS Code server, and how a person finds its view there. */
export interface ExtensionUnderTest {
	/** `publisher.name`, as in its manifest. */
	id: string
	vsix: string
	/** What its icon in the activity bar is called. */
	viewTitle: string
}

const rootDir = resolve(import.meta.dirname, "../../..")

export const ownExtension: ExtensionUnderTest = {
	id: "bedrock-tiers.bedrock-tiers",
	vsix: join(rootDir, "dist", "bedrock-tiers.vsix"),
	viewTitle: "Bedrock Tiers",
}
