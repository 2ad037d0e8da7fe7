import type { ReportProblem } from "../../../../../src/app/ports"
import { englishLocale } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { englishText } from "@bedrock-tiers/error-details"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { profileOptions } from "../../../../../src/api/profile-options"
import { AwsBedrockHandler } from "../../../../../src/api/providers/bedrock/index"
import { memorySecrets } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { FileStore } from "../../../../../src/app/storage/file-store"
import { Session } from "../../../../../src/app/session"
import { isValidSettingsValue, Settings } from "../../../../../src/app/settings/settings"
import { createStores } from "../../../../../src/app/create-stores"

/**
 * An extension host without VS Code: a session over files, in a separate process. Each line on stdin is a prompt. Each
 * line on stdout is a JSON object: a message to the webview, a reported problem, or a progress marker (`ready`,
 * `answered`).
 */
const [folder = "", endpoint = ""] = process.argv.slice(2)

// Without this handler, exceeding the file size limit (RLIMIT_FSIZE) would end the process. With it, the write fails
// with EFBIG.
process.on("SIGXFSZ", () => undefined)

const writeLine = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)
const reportProblem: ReportProblem = (...details) => writeLine({ problem: englishText(details) })
const window = new FileStore(join(folder, "window.json"), reportProblem)
const settings = new Settings({
	store: new FileStore(join(folder, "settings.json"), reportProblem, isValidSettingsValue),
	window,
	secrets: memorySecrets(),
	confirm: async () => true,
	demo: true,
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
	connect: async ({ settings: profileSettings }, _secrets, pricing, memory) =>
		new AwsBedrockHandler({
			...profileOptions(profileSettings),
			...memory,
			pricing,
			credentials: { method: "api-key", apiKey: "canary-key-0123456789" },
			endpoint,
			applicationId: "faults-test",
		}),
	post: (message) => writeLine({ message }),
	reportProblem,
	locale: englishLocale,
})

async function main(): Promise<void> {
	await session.handle({ type: "ready" })
	const { id, settings: profileSettings } = settings.activeProfile
	await session.handle({
		type: "save-settings",
		requestId: "r1",
		profileId: id,
		settings: { ...profileSettings, serviceTier: "flex" },
	})
	writeLine({ ready: true })
	for await (const text of createInterface({ input: process.stdin })) {
		await session.handle({ type: "send", text })
		writeLine({ answered: text })
	}
}

void main()
