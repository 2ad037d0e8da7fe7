import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator, type EmulatorOptions } from "@bedrock-tiers/bedrock-emulator"
import {
	receive,
	toWebviewSchema,
	type AssistantMessage,
	type ProfileSettings,
	type SecretEdits,
	type ToWebview,
	type ViewState,
} from "@bedrock-tiers/protocol"
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest"
import { profileOptions } from "../../../../src/api/profile-options"
import { AwsBedrockHandler } from "../../../../src/api/providers/bedrock/index"
import type { BedrockHandlerOptions } from "../../../../src/api/providers/bedrock/handler-options"
import { memorySecrets, memoryStore } from "./memory-stores"
import type { ChosenFiles, EditorText, ReadPriceList, Workspace } from "../../../../src/app/ports"
import type { LoggedRequest } from "../../../../src/app/chat/request-log"
import { Session } from "../../../../src/app/session"
import { Settings } from "../../../../src/app/settings/settings"
import { createStores } from "../../../../src/app/storage/create-stores"

/** Settings and chat as the webview meets them, over the real handler and a real socket: new for each test. */
export type SessionUnderTest = {
	readonly emulator: Emulator
	readonly folder: string
	stores: {
		readonly global: ReturnType<typeof memoryStore>
		readonly window: ReturnType<typeof memoryStore>
		readonly secrets: ReturnType<typeof memorySecrets>
	}
	readonly problems: string[]
	/** What reading AWS's price list gives. */
	readPriceList: ReadPriceList
	workspace: Workspace
	/** What the person chooses: by default nothing. */
	files: ChosenFiles
	/** What is left when the windows go without a word: what they hold is held by a process that is no more. */
	endWindows(): void
	/** Whether the person wants what they are asked. */
	confirms: boolean
	/** What is selected in the editor. */
	selection: EditorText | undefined
	/** What the person chooses when they are asked for a file. */
	chosenFile: EditorText | undefined
	readonly savedFiles: { name: string; text: string }[]
	/** The clock of what is remembered for some days. */
	now: Date
	/** What is otherwise about the connection: another server, other keys. Holds from the next request on. */
	connection: Partial<BedrockHandlerOptions>
	/** A window: another one over the same stores is what a reload gives. */
	open(options?: WindowOptions): SessionWindow
	/** A window whose webview has started. */
	ready(options?: WindowOptions): Promise<SessionWindow>
}

export type WindowOptions = {
	readonly demo?: boolean
	/** What this window alone remembers; absent = that of the one before, as after a reload. */
	readonly window?: ReturnType<typeof memoryStore>
	/** A window of another workspace: it does not know what the others show. */
	readonly apart?: boolean
}

export type SessionWindow = {
	readonly session: Session
	readonly settings: Settings
	readonly posted: ToWebview[]
	/** What the output channel was told. */
	readonly logged: LoggedRequest[]
	/** The last state that was posted. */
	state(): ViewState
	/** The last answer that was posted, with what was posted beside it. */
	lastAnswer(): Extract<ToWebview, { type: "message" }> & { message: AssistantMessage }
	/** Saves the active profile with the changes. */
	save(change: Partial<ProfileSettings>, secrets?: SecretEdits): Promise<void>
	send(text: string, attachments?: readonly string[]): Promise<void>
}

/** Above what any system gives. */
const NO_PROCESS = 2 ** 30

const NO_WORKSPACE: Workspace = {
	isOpen: () => false,
	tools: async () => Promise.reject(new Error("No folder is open.")),
}

/** Sets up what the tests of a file run against. */
export function sessionUnderTest(options: EmulatorOptions): SessionUnderTest {
	const test = {
		problems: [] as string[],
		savedFiles: [] as { name: string; text: string }[],
		open: openWindow,
		endWindows() {
			const folder = join(test.folder, "history")
			for (const name of readdirSync(folder).filter((name) => name.endsWith(".lock")))
				writeFileSync(join(folder, name), JSON.stringify({ owner: "gone", pid: NO_PROCESS }))
		},
		async ready(windowOptions?: WindowOptions) {
			const window = openWindow(windowOptions)
			await window.session.handle({ type: "ready" })
			return window
		},
	} as { -readonly [K in keyof SessionUnderTest]: SessionUnderTest[K] }

	beforeAll(async () => {
		test.emulator = await startEmulator({ pace: "instant", ...options })
	})
	beforeEach(() => {
		test.emulator.setScenario("served-as-asked")
		test.emulator.setUsage(options.usage ?? null)
		test.emulator.requests.length = 0
		test.folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-"))
		test.stores = { global: memoryStore(), window: memoryStore(), secrets: memorySecrets() }
		test.problems.length = 0
		test.readPriceList = async () => undefined
		test.workspace = NO_WORKSPACE
		test.files = { open: async () => undefined, save: async () => undefined }
		test.confirms = true
		test.savedFiles.length = 0
		test.selection = undefined
		test.chosenFile = undefined
		test.now = new Date("2026-11-22T10:00:00.000Z")
		test.connection = {}
	})
	afterEach(() => rmSync(test.folder, { recursive: true, force: true }))
	afterAll(() => test.emulator.close())

	function openWindow({
		demo = true,
		apart = false,
		window = apart ? memoryStore() : test.stores.window,
	}: WindowOptions = {}): SessionWindow {
		const posted: ToWebview[] = []
		const logged: LoggedRequest[] = []
		const reportProblem = (sentence: string) => void test.problems.push(sentence)
		const { stores, folder } = test
		const settings = new Settings({
			store: stores.global,
			window,
			secrets: stores.secrets,
			demo,
			reportProblem,
		})
		const session = new Session({
			settings,
			...createStores(folder, { reportProblem, now: () => test.now }),
			editor: { selection: () => test.selection, chooseFile: async () => test.chosenFile },
			saveFile: async (name, text) => void test.savedFiles.push({ name, text }),
			confirm: async () => test.confirms,
			window,
			readPriceList: async (region) => test.readPriceList(region),
			workspace: { isOpen: () => test.workspace.isOpen(), tools: () => test.workspace.tools() },
			files: { open: () => test.files.open(), save: (name, text) => test.files.save(name, text) },
			connect: async (profile, _secrets, pricing, memory) =>
				new AwsBedrockHandler({
					...profileOptions(profile.settings),
					...memory,
					pricing,
					credentials: { method: "api-key", apiKey: "test-key" },
					endpoint: test.emulator.url,
					applicationId: "session-test",
					...test.connection,
				}),
			logRequest: (request) => void logged.push(request),
			post: (message) => {
				// Every message fits what the webview accepts, also after the trip through JSON that it makes.
				expect(receive(toWebviewSchema, JSON.parse(JSON.stringify(message)))).toMatchObject({ ok: true })
				posted.push(message)
			},
			reportProblem,
		})
		return {
			session,
			settings,
			posted,
			logged,
			state() {
				const message = posted.findLast((candidate) => candidate.type === "state")
				if (message?.type !== "state") throw new Error("no state was posted")
				return message.state
			},
			lastAnswer() {
				const last = posted.findLast((candidate) => candidate.type === "message")
				if (last?.type !== "message" || last.message.role !== "assistant")
					throw new Error("no answer was posted")
				return { ...last, message: last.message }
			},
			async save(change, secrets = {}) {
				const { id, settings: before } = settings.activeProfile
				await session.handle({
					type: "save-settings",
					requestId: "r1",
					profileId: id,
					settings: { ...before, ...change },
					...secrets,
				})
			},
			send: (text, attachments) =>
				session.handle({ type: "send", text, ...(attachments ? { attachments: [...attachments] } : {}) }),
		}
	}
	return test
}
