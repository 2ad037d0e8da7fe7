import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { DEFAULT_PROFILE_SETTINGS, type ProfileSettings, type ToHost, type ToWebview } from "@bedrock-tiers/protocol"
import { afterEach, beforeEach, expect, vi } from "vitest"
import { memorySecrets } from "@bedrock-tiers/test-kit/hosts/memory-stores"
import { CANARY, canariesIn, filesBelow, writtenDown, type CanaryName } from "./canaries"
import { openPage, person, registeredCommands, said } from "./fake-vscode"

/** The extension as VS Code starts it, over the stand-in, with files and an AWS folder of its own. */
export type ExtensionHost = {
	readonly folder: string
	readonly page: ReturnType<typeof openPage>
	/** Messages to the page, of one kind. */
	told<Type extends ToWebview["type"]>(type: Type): Extract<ToWebview, { type: Type }>[]
	/** Everything that it wrote on the console. */
	readonly console: unknown[]
	do(message: ToHost): Promise<void>
	command(name: string): Promise<void>
	/** Saves the profile in use. */
	save(change: Partial<ProfileSettings>, secrets?: object): Promise<void>
	/** Where canaries are, apart from where they must be: in the secret store, and in the files that the test planted. */
	found(): { readonly where: string; readonly canary: CanaryName }[]
	end(): void
}

const subscriptions: { dispose(): unknown }[] = []
let folder = ""

/** Before and after each test of a file: nothing of this machine's own credentials. */
export function extensionHosts(): void {
	beforeEach(() => {
		folder = mkdtempSync(join(tmpdir(), "bedrock-tiers-safety-"))
		for (const name of ["storage", "saved", "planted"]) mkdirSync(join(folder, name))
		for (const name of Object.keys(process.env))
			if (/^AWS_|_PROXY$|^BEDROCK/i.test(name)) vi.stubEnv(name, undefined)
		vi.stubEnv("AWS_CONFIG_FILE", join(folder, "planted", "config"))
		vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "planted", "credentials"))
		vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true")
		vi.stubEnv("HTTPS_PROXY", `http://person:${CANARY.proxyPassword}@127.0.0.1:9`)
		said.length = 0
		const closedAddress = { opens: undefined, savesIn: join(folder, "saved"), saved: [], picks: null, folders: [] }
		Object.assign(person, { ...closedAddress, selection: "" })
	})
	afterEach(() => {
		for (const subscription of subscriptions.splice(0).reverse()) subscription.dispose()
		vi.unstubAllEnvs()
		vi.restoreAllMocks()
		rmSync(folder, { recursive: true, force: true })
	})
}

/** Puts a file where the extension has not written it. */
export function planted(name: string, text: string): string {
	const path = join(folder, "planted", name)
	writeFileSync(path, text)
	return path
}

export async function startExtension(): Promise<ExtensionHost> {
	const written: unknown[] = []
	for (const name of ["log", "info", "warn", "error", "debug"] as const)
		vi.spyOn(console, name).mockImplementation((...values) => void written.push(values))
	const onWarning = (warning: Error) => void written.push(warning)
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
	const page = openPage()
	await page.post({ type: "ready" })
	const told = <Type extends ToWebview["type"]>(type: Type) =>
		said.flatMap(({ where, what }) =>
			where === "page" && (what as ToWebview).type === type ? [what as Extract<ToWebview, { type: Type }>] : [],
		)
	return {
		folder,
		page,
		told,
		console: written,
		do: (message) => page.post(message),
		command: async (name) => void (await registeredCommands.get(name)?.()),
		async save(change, given = {}) {
			const state = told("state").at(-1)?.state
			const profileId = state?.activeProfileId ?? ""
			const settings = state?.profiles.find(({ id }) => id === profileId)?.settings ?? DEFAULT_PROFILE_SETTINGS
			const before = told("saved").length
			await page.post({
				type: "save-settings",
				requestId: "save",
				profileId,
				settings: { ...settings, ...change },
				...given,
			})
			expect(told("saved").length).toBe(before + 1)
		},
		found() {
			const places = [
				...said.map(({ where, what }) => ({ where, text: writtenDown(what) })),
				...written.map((what) => ({ where: "console", text: writtenDown(what) })),
				...["storage", "saved"].flatMap((name) =>
					filesBelow(join(folder, name)).map(({ path, text }) => ({
						where: path.slice(folder.length),
						text: `${path}\n${text}`,
					})),
				),
			]
			return places.flatMap(({ where, text }) => canariesIn(text).map((canary) => ({ where, canary })))
		},
		end() {
			for (const subscription of subscriptions.splice(0).reverse()) subscription.dispose()
		},
	}
}

/** A file that the extension wrote where the person said. */
export function savedFile(index: number): string {
	const path = person.saved.at(index)
	if (path === undefined) throw new Error("no file was saved")
	return readFileSync(path, "utf8")
}
