import { englishLocale, reportTo } from "./english-locale"
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { startEmulator, type Emulator, type EmulatorOptions } from "@bedrock-tiers/bedrock-emulator"
import {
	applyToView,
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
import type {
	ChosenFiles,
	Confirm,
	Confirmation,
	EditorText,
	ReadPriceList,
	Workspace,
} from "../../../../src/app/ports"
import type { LoggedRequest } from "../../../../src/app/chat/request-log"
import { Session } from "../../../../src/app/session"
import { Settings } from "../../../../src/app/settings/settings"
import { createStores } from "../../../../src/app/create-stores"

/** Settings and session as the webview uses them, over the real handler and a real socket. Reset before each test. */
export type SessionUnderTest = {
	readonly emulator: Emulator
	readonly folder: string
	stores: {
		readonly global: ReturnType<typeof memoryStore>
		readonly window: ReturnType<typeof memoryStore>
		readonly secrets: ReturnType<typeof memorySecrets>
	}
	/** Messages passed to `reportProblem`. */
	readonly problems: string[]
	/** Result of reading AWS's price list. */
	readPriceList: ReadPriceList
	workspace: Workspace
	/** Results of the open and save dialogs. The default is a cancelled dialog (`undefined`). */
	files: ChosenFiles
	/** Simulates windows that ended without cleanup: makes their lock files name a process that does not exist. */
	endWindows(): void
	/** The user's answer to every confirmation. */
	confirms: boolean
	/** What the user was asked to confirm. */
	readonly confirmations: Confirmation[]
	/** The editor's selection; `undefined` when nothing is selected. */
	selection: EditorText | undefined
	/** The file that the user chooses to attach; `undefined` when the dialog is cancelled. */
	chosenFile: EditorText | undefined
	readonly savedFiles: { name: string; text: string }[]
	/** Clock of the stores, for records that expire after some days. */
	now: Date
	/** Overrides of the handler options (other server, other keys), effective from the next request. */
	connection: Partial<BedrockHandlerOptions>
	/** Opens a window. A second window over the same stores simulates a reload. */
	open(options?: WindowOptions): SessionWindow
	/** Opens a window and sends the webview's `ready` message. */
	ready(options?: WindowOptions): Promise<SessionWindow>
}

export type WindowOptions = {
	readonly demo?: boolean
	/** State of this window alone. When absent, the previous window's state is used, as after a reload. */
	readonly window?: ReturnType<typeof memoryStore>
	/** Opens a window of another workspace, with its own window state. */
	readonly apart?: boolean
}

export type SessionWindow = {
	readonly session: Session
	readonly settings: Settings
	readonly posted: ToWebview[]
	/** Requests written to the output channel. */
	readonly logged: LoggedRequest[]
	/** The view state as the webview has it. */
	state(): ViewState
	/** The last posted answer, with the other fields of its message. */
	lastAnswer(): Extract<ToWebview, { type: "message" }> & { message: AssistantMessage }
	/** Saves the active profile with these changes. */
	save(change: Partial<ProfileSettings>, secrets?: SecretEdits): Promise<void>
	send(text: string, attachments?: readonly string[]): Promise<void>
}

/** A process id above the maximum of every operating system. */
const NONEXISTENT_PID = 2 ** 30

const NO_WORKSPACE: Workspace = {
	isOpen: () => false,
	tools: async () => Promise.reject(new Error("No folder is open.")),
}

/** Registers the hooks that start an emulator for a test file and reset the state before each test. */
export function sessionUnderTest(options: EmulatorOptions): SessionUnderTest {
	const test = {
		problems: [] as string[],
		confirmations: [] as Confirmation[],
		savedFiles: [] as { name: string; text: string }[],
		open: openWindow,
		endWindows() {
			const folder = join(test.folder, "history")
			for (const name of readdirSync(folder).filter((name) => name.endsWith(".lock")))
				writeFileSync(join(folder, name), JSON.stringify({ owner: "gone", pid: NONEXISTENT_PID }))
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
		test.confirmations.length = 0
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
		let view: ViewState | null = null
		const logged: LoggedRequest[] = []
		const reportProblem = reportTo(test.problems)
		const { stores, folder } = test
		const confirm: Confirm = async (confirmation) => {
			test.confirmations.push(confirmation)
			return test.confirms
		}
		const settings = new Settings({
			store: stores.global,
			window,
			secrets: stores.secrets,
			confirm,
			demo,
		})
		const session = new Session({
			settings,
			...createStores(folder, { reportProblem, now: () => test.now }),
			editor: { selection: () => test.selection, chooseFile: async () => test.chosenFile },
			saveFile: async (name, text) => void test.savedFiles.push({ name, text }),
			confirm,
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
				// The webview's schema accepts every message after a JSON round trip, which `postMessage` performs.
				expect(receive(toWebviewSchema, JSON.parse(JSON.stringify(message)))).toMatchObject({ ok: true })
				posted.push(message)
				view = applyToView(view, message)
			},
			reportProblem,
			locale: englishLocale,
		})
		return {
			session,
			settings,
			posted,
			logged,
			state() {
				if (!view) throw new Error("no state was posted")
				return view
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
