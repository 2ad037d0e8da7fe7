import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
	applyToView,
	DEFAULT_PROFILE_SETTINGS,
	type ProfileSettings,
	type ToHost,
	type ToWebview,
	type ViewState,
} from "@bedrock-tiers/protocol"
import { afterEach, beforeEach, expect, vi } from "vitest"
import { memorySecrets } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { CANARY, findCanaries, readFilesIn, serialize, type CanaryName } from "./canaries"
import { openWebview, registeredCommands, userChoices, vscodeCalls } from "./fake-vscode"

/** The activated extension over the fake `vscode` module, with separate storage and AWS configuration files. */
export type ExtensionHost = {
	readonly folder: string
	readonly webview: ReturnType<typeof openWebview>
	/** Messages of one type that were posted to the webview. */
	posted<Type extends ToWebview["type"]>(type: Type): Extract<ToWebview, { type: Type }>[]
	/** The view state as the webview has it; `null` until it is posted. */
	view(): ViewState | null
	/** Everything written to the console, and Node's warnings. */
	readonly console: unknown[]
	do(message: ToHost): Promise<void>
	command(name: string): Promise<void>
	/** Saves the active profile with these changes. */
	save(change: Partial<ProfileSettings>, secrets?: object): Promise<void>
	/** Finds canaries everywhere except in the secret store and in the files that the test planted. */
	findCanaries(): { readonly where: string; readonly canary: CanaryName }[]
	end(): void
}

const subscriptions: { dispose(): unknown }[] = []
let folder = ""

/** Registers hooks that give each test of a file new folders and hide this machine's own credentials. */
export function setUpExtensionHosts(): void {
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-safety-"))
		for (const name of ["storage", "saved", "planted"]) mkdirSync(join(folder, name))
		for (const name of Object.keys(process.env))
			if (/^AWS_|_PROXY$|^BEDROCK/i.test(name)) vi.stubEnv(name, undefined)
		vi.stubEnv("AWS_CONFIG_FILE", join(folder, "planted", "config"))
		vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "planted", "credentials"))
		vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
		vi.stubEnv("HTTPS_PROXY", `http://user:${CANARY.proxyPassword}@127.0.0.1:9`)
		vscodeCalls.length = 0
		Object.assign(userChoices, {
			fileToOpen: undefined,
			saveFolder: join(folder, "saved"),
			savedFiles: [],
			answerDialog: () => true,
			quickPickIndex: null,
			workspaceFolders: [],
			configuration: {},
			selection: "",
		})
	})
	afterEach(() => {
		for (const subscription of subscriptions.splice(0).reverse()) subscription.dispose()
		vi.unstubAllEnvs()
		vi.restoreAllMocks()
		rmSync(folder, { recursive: true, force: true })
	})
}

/**
 * Writes a file outside the extension's storage.
 * @returns its path
 */
export function plantFile(name: string, text: string): string {
	const path = join(folder, "planted", name)
	writeFileSync(path, text)
	return path
}

export async function startExtension(): Promise<ExtensionHost> {
	const consoleOutput: unknown[] = []
	for (const name of ["log", "info", "warn", "error", "debug"] as const)
		vi.spyOn(console, name).mockImplementation((...values) => void consoleOutput.push(values))
	const onWarning = (warning: Error) => void consoleOutput.push(warning)
	process.on("warning", onWarning)
	const { activate } = await import("../../../../../src/extension")
	const { Uri } = await import("./fake-vscode")
	const secrets = memorySecrets()
	const context = {
		subscriptions,
		globalStorageUri: Uri.file(join(folder, "storage")),
		extensionUri: Uri.file(join(import.meta.dirname, "../../../../..")),
		secrets: { get: secrets.get, store: secrets.set, delete: secrets.delete },
		extension: { id: "bedrock-tiers.bedrock-tiers" },
	}
	activate(context as never)
	subscriptions.push({ dispose: () => process.off("warning", onWarning) })
	const webview = openWebview()
	await webview.post({ type: "ready" })
	const posted = <Type extends ToWebview["type"]>(type: Type) =>
		vscodeCalls.flatMap(({ where, what }) =>
			where === "page" && (what as ToWebview).type === type ? [what as Extract<ToWebview, { type: Type }>] : [],
		)
	const view = () =>
		vscodeCalls.reduce<ViewState | null>(
			(state, { where, what }) => (where === "page" ? applyToView(state, what as ToWebview) : state),
			null,
		)
	return {
		folder,
		webview,
		posted,
		view,
		console: consoleOutput,
		do: (message) => webview.post(message),
		command: async (name) => void (await registeredCommands.get(name)?.()),
		async save(change, secrets = {}) {
			const state = view()
			const profileId = state?.activeProfileId ?? ""
			const settings = state?.profiles.find(({ id }) => id === profileId)?.settings ?? DEFAULT_PROFILE_SETTINGS
			const before = posted("saved").length
			await webview.post({
				type: "save-settings",
				requestId: "save",
				profileId,
				settings: { ...settings, ...change },
				...secrets,
			})
			expect(posted("saved").length).toBe(before + 1)
		},
		findCanaries() {
			const places = [
				...vscodeCalls.map(({ where, what }) => ({ where, text: serialize(what) })),
				...consoleOutput.map((what) => ({ where: "console", text: serialize(what) })),
				...["storage", "saved"].flatMap((name) =>
					readFilesIn(join(folder, name)).map(({ path, text }) => ({
						where: path.slice(folder.length),
						text: `${path}\n${text}`,
					})),
				),
			]
			return places.flatMap(({ where, text }) => findCanaries(text).map((canary) => ({ where, canary })))
		},
		end() {
			for (const subscription of subscriptions.splice(0).reverse()) subscription.dispose()
		},
	}
}

/** @returns the content of a file that the extension saved at the user's chosen path */
export function readSavedFile(index: number): string {
	const path = userChoices.savedFiles.at(index)
	if (path === undefined) throw new Error("no file was saved")
	return readFileSync(path, "utf8")
}
