import { englishLocale, reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { detail, DetailedError, detailsOf } from "@bedrock-tiers/error-details"
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { receive, toWebviewSchema, type ToHost, type ToWebview } from "@bedrock-tiers/protocol"
import { expect } from "vitest"
import { ProviderFailure } from "../../../../../src/api/index"
import { FileStore } from "../../../../../src/app/storage/file-store"
import { Session } from "../../../../../src/app/session"
import { isValidSettingsValue, Settings } from "../../../../../src/app/settings/settings"
import { createStores } from "../../../../../src/app/create-stores"
import { memorySecrets } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { CANARY, findCanaries, readFilesIn } from "./canaries"
import type { InvalidFile } from "./invalid-files"

/**
 * A session over files, as in the extension, but without credentials, so that every prompt fails with
 * `credentials-missing`.
 */
export type FileHost = {
	readonly settings: Settings
	readonly posted: ToWebview[]
	readonly problems: string[]
	/** Texts saved at the user's chosen paths. */
	readonly saved: string[]
	/** Suggested names of the saved texts. */
	readonly savedNames: string[]
	do(message: ToHost): Promise<void>
	end(): void
}

export const NOW = new Date("2026-11-22T10:00:00.000Z")

export async function openFileHost(folder: string, chosenFile = ""): Promise<FileHost> {
	const problems: string[] = []
	const posted: ToWebview[] = []
	const saved: string[] = []
	const savedNames: string[] = []
	const reportProblem = reportTo(problems)
	const secrets = memorySecrets(new Map([["apiKey:default", CANARY.apiKey]]))
	const window = new FileStore(join(folder, "window.json"), reportProblem)
	const store = new FileStore(join(folder, "settings.json"), reportProblem, isValidSettingsValue)
	const settings = new Settings({ store, window, secrets, confirm: async () => true, demo: false })
	const session = new Session({
		settings,
		...createStores(folder, { reportProblem, now: () => NOW }),
		editor: { selection: () => undefined, chooseFile: async () => undefined },
		async saveFile(name, text) {
			savedNames.push(name)
			saved.push(text)
		},
		confirm: async () => true,
		window,
		readPriceList: async () => undefined,
		workspace: { isOpen: () => false, tools: () => Promise.reject(new Error("No folder is open.")) },
		files: { open: async () => ({ name: "roo.json", text: chosenFile }), save: async () => undefined },
		connect: async () =>
			Promise.reject(new ProviderFailure("credentials-missing", detail("credentials.static-keys-missing"))),
		logRequest: () => undefined,
		post: (message) => {
			expect(receive(toWebviewSchema, JSON.parse(JSON.stringify(message)))).toMatchObject({ ok: true })
			posted.push(message)
		},
		reportProblem,
		locale: englishLocale,
	})
	return {
		settings,
		posted,
		problems,
		saved,
		savedNames,
		// A system error (with a code such as ENOENT) and an error with details become a problem, as in
		// src/extension.ts. Any other error fails the test.
		do: (message) =>
			session.handle(message).catch((error: unknown) => {
				if (!(error instanceof DetailedError) && typeof (error as NodeJS.ErrnoException).code !== "string")
					throw error
				reportProblem(...detailsOf(error))
			}),
		end: () => session.dispose(),
	}
}

/** Writes a file, or creates a folder at its path when `bytes` is `null`. */
export function writeTestFile(path: string, { bytes }: InvalidFile): void {
	mkdirSync(dirname(path), { recursive: true })
	if (bytes === null) mkdirSync(path)
	else writeFileSync(path, bytes)
}

export function clearFolder(folder: string): void {
	rmSync(folder, { recursive: true, force: true })
	mkdirSync(folder, { recursive: true })
}

/** @returns whether the original content still exists, unchanged or quarantined next to the file */
export function isPreserved(path: string, { bytes }: InvalidFile): boolean {
	const candidates = [path, `${path}.damaged`].filter((candidate) => existsSync(candidate))
	return candidates.some((candidate) => {
		const isFolder = statSync(candidate).isDirectory()
		return bytes === null ? isFolder : !isFolder && readFileSync(candidate).equals(bytes)
	})
}

/** @returns the parsed JSON; `undefined` when the bytes are not JSON */
export function parseJson(bytes: Buffer | null): unknown {
	try {
		return bytes === null ? undefined : (JSON.parse(bytes.toString("utf8")) as unknown)
	} catch {
		return undefined
	}
}

const PROTOTYPES = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype]
const prototypeKeys = () => PROTOTYPES.map((prototype) => Reflect.ownKeys(prototype).map(String).join())
const originalKeys = prototypeKeys()

/** Checks what must hold after reading any file: no prototype was changed, and no file contains a secret. */
export function expectUnharmed(folder: string): void {
	expect(prototypeKeys()).toEqual(originalKeys)
	expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
	for (const { path, text } of readFilesIn(folder)) expect([path, findCanaries(text)]).toEqual([path, []])
}
