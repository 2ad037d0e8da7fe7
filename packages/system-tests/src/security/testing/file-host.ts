import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { receive, toWebviewSchema, type ToHost, type ToWebview } from "@bedrock-tiers/protocol"
import { expect } from "vitest"
import { ProviderFailure } from "../../../../../src/api/index"
import { FileStore } from "../../../../../src/app/storage/file-store"
import { Session } from "../../../../../src/app/session"
import { Settings } from "../../../../../src/app/settings/settings"
import { createStores } from "../../../../../src/app/storage/create-stores"
import { memorySecrets } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { CANARY, canariesIn, filesBelow } from "./canaries"
import type { WrongFile } from "./wrong-files"

/** A session over files, as the extension has it, without a way to Bedrock: each question ends at the missing keys. */
export type FileHost = {
	readonly settings: Settings
	readonly posted: ToWebview[]
	readonly problems: string[]
	/** Texts that were written where the person said. */
	readonly saved: string[]
	do(message: ToHost): Promise<void>
	end(): void
}

export const NOW = new Date("2026-11-22T10:00:00.000Z")

export async function openFileHost(folder: string, chosenFile = ""): Promise<FileHost> {
	const problems: string[] = []
	const posted: ToWebview[] = []
	const saved: string[] = []
	const reportProblem = (problem: string) => void problems.push(problem)
	const secrets = memorySecrets(new Map([["apiKey:default", CANARY.apiKey]]))
	const window = new FileStore(join(folder, "window.json"), reportProblem)
	const store = new FileStore(join(folder, "settings.json"), reportProblem)
	const settings = new Settings({ store, window, secrets, demo: false, reportProblem })
	const session = new Session({
		settings,
		...createStores(folder, { reportProblem, now: () => NOW }),
		editor: { selection: () => undefined, chooseFile: async () => undefined },
		saveFile: async (_name, text) => void saved.push(text),
		confirm: async () => true,
		window,
		readPriceList: async () => undefined,
		workspace: { isOpen: () => false, tools: () => Promise.reject(new Error("No folder is open.")) },
		files: { open: async () => ({ name: "roo.json", text: chosenFile }), save: async () => undefined },
		connect: async () => Promise.reject(new ProviderFailure("credentials-missing", "There are no keys.")),
		logRequest: () => undefined,
		post: (message) => {
			expect(receive(toWebviewSchema, JSON.parse(JSON.stringify(message)))).toMatchObject({ ok: true })
			posted.push(message)
		},
		reportProblem,
	})
	return {
		settings,
		posted,
		problems,
		saved,
		// As the view does with what could not be done: a word of the system's is told.
		do: (message) =>
			session.handle(message).catch((error: unknown) => {
				if (typeof (error as NodeJS.ErrnoException).code !== "string") throw error
				problems.push(String(error))
			}),
		end: () => session.dispose(),
	}
}

/** Writes it where it would lie; a folder where it is none. */
export function putFile(path: string, { bytes }: WrongFile): void {
	mkdirSync(dirname(path), { recursive: true })
	if (bytes === null) mkdirSync(path)
	else writeFileSync(path, bytes)
}

export function empty(folder: string): void {
	rmSync(folder, { recursive: true, force: true })
	mkdirSync(folder, { recursive: true })
}

/** Whether what was in the file is still there: as it was, or beside it. */
export function isKept(path: string, { bytes }: WrongFile): boolean {
	const places = [path, `${path}.damaged`].filter((place) => existsSync(place))
	return places.some((place) => {
		const isFolder = statSync(place).isDirectory()
		return bytes === null ? isFolder : !isFolder && readFileSync(place).equals(bytes)
	})
}

/** What the text says as JSON; undefined = it is none. */
export function readJson(bytes: Buffer | null): unknown {
	try {
		return bytes === null ? undefined : (JSON.parse(bytes.toString("utf8")) as unknown)
	} catch {
		return undefined
	}
}

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype]
const before = PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).map(String).join())

/** What holds whatever a file was: nobody's prototype was changed, and no secret is in a file. */
export function expectUnharmed(folder: string): void {
	expect(PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).map(String).join())).toEqual(before)
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
	for (const { path, text } of filesBelow(folder)) expect([path, canariesIn(text)]).toEqual([path, []])
}
