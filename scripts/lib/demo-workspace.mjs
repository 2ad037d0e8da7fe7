import { existsSync, mkdirSync, writeFileSync } from "node:fs"
import { join } from "node:path"

const readme = `# Bedrock Tiers, the demo

Everything here is local: the answers come from an emulator of Amazon Bedrock on this machine, and nothing costs money.

1. Click **Bedrock Tiers** in the activity bar.
2. Under **Settings**, choose a model and a service tier.
3. Under **Chat**, send a message and read what it cost, and which tier served it.

Step by step, with pictures: press F1 and choose **Bedrock Tiers: Get Started**.
`

/** Creates the small folder that the demo opens. The user's changes in it are preserved. */
export function writeDemoWorkspace(dataDir) {
	const workspaceDir = join(dataDir, "workspace")
	mkdirSync(workspaceDir, { recursive: true })
	const path = join(workspaceDir, "README.md")
	if (!existsSync(path)) writeFileSync(path, readme)
	return workspaceDir
}
