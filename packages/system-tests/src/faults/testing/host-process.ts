import { join } from "node:path"
import { createInterface } from "node:readline"
import { profileOptions } from "../../../../../src/api/profile-options"
import { AwsBedrockHandler } from "../../../../../src/api/providers/bedrock/index"
import { memorySecrets } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { FileStore } from "../../../../../src/app/storage/file-store"
import { Session } from "../../../../../src/app/session"
import { Settings } from "../../../../../src/app/settings/settings"
import { createStores } from "../../../../../src/app/storage/create-stores"

/**
 * An extension host without VS Code: a session over files, in a process of its own. Each line that it reads is a question;
 * each line that it writes is a message to the webview, or a problem.
 */
const [folder = "", endpoint = ""] = process.argv.slice(2)

// A file that may not grow is an error of writing, as on a full disk, and not the end of the process.
process.on("SIGXFSZ", () => undefined)

const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)
const reportProblem = (problem: string) => say({ problem })
const window = new FileStore(join(folder, "window.json"), reportProblem)
const settings = new Settings({
	store: new FileStore(join(folder, "settings.json"), reportProblem),
	window,
	secrets: memorySecrets(),
	demo: true,
	reportProblem,
})
const session = new Session({
	settings,
	...createStores(folder, { reportProblem }),
	editor: { selection: () => undefined, chooseFile: async () => undefined },
	saveFile: async () => undefined,
	confirm: async () => true,
	logRequest: () => undefined,
	window,
	readPriceList: async () => undefined,
	workspace: { isOpen: () => false, tools: () => Promise.reject(new Error("No folder is open.")) },
	files: { open: async () => undefined, save: async () => undefined },
	connect: async ({ settings: asked }, _secrets, pricing, memory) =>
		new AwsBedrockHandler({
			...profileOptions(asked),
			...memory,
			pricing,
			credentials: { method: "api-key", apiKey: "canary-key-0123456789" },
			endpoint,
			applicationId: "faults-test",
		}),
	post: (message) => say({ message }),
	reportProblem,
})

async function main(): Promise<void> {
	await session.handle({ type: "ready" })
	const { id, settings: asked } = settings.activeProfile
	await session.handle({
		type: "save-settings",
		requestId: "r1",
		profileId: id,
		settings: { ...asked, serviceTier: "flex" },
	})
	say({ ready: true })
	for await (const text of createInterface({ input: process.stdin })) {
		await session.handle({ type: "send", text })
		say({ answered: text })
	}
}

void main()
