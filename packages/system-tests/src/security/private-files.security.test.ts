import {
	chmodSync,
	closeSync,
	linkSync,
	mkdirSync,
	openSync,
	readdirSync,
	readFileSync,
	readSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from "node:fs"
import { createHash } from "node:crypto"
import { dirname, join, relative } from "node:path"
import { afterEach, beforeEach, expect, it } from "vitest"
import { createStores } from "../../../../src/app/create-stores"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { CANARY, findCanaries } from "./testing/canaries"
import { setUpExtensionHosts, startExtension } from "./testing/extension-host"
import { userChoices } from "./testing/fake-vscode"
import { NOW, openFileHost } from "./testing/file-host"
import { report } from "./testing/report"
import { CHAT, CHAT_ID, INDEX, PRICES, REFUSALS, SETTINGS, WINDOW } from "./testing/valid-files"

/** Files of the extension against another user of the machine, who can write to folders that were left open. */

const POSIX = process.platform !== "win32"
const PIXEL = Buffer.from("89504e470d0a1a0a0000000d49484452000000030000000208020000", "hex")
const VICTIM = "the user's own file"

setUpExtensionHosts()
let previousUmask = 0
// The system adds no restriction of its own, and earlier versions left all folders open.
beforeEach(() => void (previousUmask = process.umask(0)))
afterEach(() => void process.umask(previousUmask))

/** Folders and files below a folder, with their modes. */
function modesIn(folder: string): Record<string, string> {
	const paths = [folder, ...readdirSync(folder, { recursive: true }).map((name) => join(folder, String(name)))]
	return Object.fromEntries(
		paths.map((path) => [relative(folder, path), (statSync(path).mode & 0o777).toString(8)] as const),
	)
}

function write(path: string, content: unknown): void {
	mkdirSync(dirname(path), { recursive: true })
	writeFileSync(path, JSON.stringify(content))
}

it.skipIf(!POSIX)("Every file that the extension writes is private, and follows no planted link", async (context) => {
	report(context, {
		area: "files",
		tried: "umask 0; folders of an earlier version that every user can write to; links to a file of the user at the names of temporary files, and at an attachment's name in its chat",
		holds: "files 0600, folders 0700: settings, draft, chat, attachments, index, prices, refusals, locks, quarantined copies; the linked file is unchanged",
	})
	const { folder: root, end } = await startExtension()
	end()
	const folder = join(root, "storage")
	const victim = join(root, "planted", "victim")
	writeFileSync(victim, VICTIM)
	const files = {
		"settings.json": { ...SETTINGS, settings: { ...SETTINGS.settings, unknown: 1 } },
		"window.json": WINDOW,
		"refusals.json": { ...REFUSALS, refusals: [...REFUSALS.refusals, "damaged"] },
		[`prices/${PRICES.region}.json`]: PRICES,
		[`chats/${CHAT_ID}.json`]: { ...CHAT, messages: [...CHAT.messages, "damaged"] },
		"history/index.json": INDEX,
		"history/speeds.json": {},
	}
	for (const [name, content] of Object.entries(files)) {
		write(join(folder, name), content)
		symlinkSync(victim, join(folder, `${name}.${process.pid}.tmp`))
	}
	const image = createHash("sha256").update(PIXEL).digest("hex")
	for (const name of ["unsent", CHAT_ID]) mkdirSync(join(folder, "attachments", name), { recursive: true })
	symlinkSync(victim, join(folder, "attachments", CHAT_ID, `${image}.png`))
	for (const name of readdirSync(folder, { recursive: true }).map(String))
		if (statSync(join(folder, name)).isDirectory()) chmodSync(join(folder, name), 0o777)
	const plantedLinks = readdirSync(folder, { recursive: true })
		.map(String)
		.filter((name) => name.endsWith(".tmp"))

	const host = await openFileHost(folder)
	await host.do({ type: "ready" })
	const { id: profileId, settings: before } = host.settings.activeProfile
	const settings = { ...before, modelId: "amazon.nova-pro-v1:0" }
	await host.do({ type: "save-settings", requestId: "r", profileId, settings })
	await host.do({ type: "keep-draft", draft: { at: 2, text: "Not yet", attachments: [], editing: null } })
	await host.do({ type: "attach-image", requestId: "i", name: "a.png", data: PIXEL.toString("base64") })
	await host.do({ type: "send", text: "Look", attachments: [image] })
	await host.do({ type: "list-history" })
	await host.do({ type: "ask-speeds", modelId: null })
	const stores = createStores(folder, { reportProblem: () => undefined, now: () => NOW })
	await stores.prices.save(PRICES)
	await stores.refusals.remember("default", samples.refusal({}).tierRequest)
	expect(await stores.locks.acquire("00000000-0000-4000-8000-000000000009")).toBe(true)
	host.end()

	expect(readFileSync(victim, "utf8")).toBe(VICTIM)
	expect(readFileSync(join(folder, "attachments", CHAT_ID, `${image}.png`)).equals(PIXEL)).toBe(true)
	const modes = Object.entries(modesIn(folder)).filter(([name]) => !plantedLinks.includes(name))
	const names = modes.map(([name]) => name)
	for (const name of [...Object.keys(files), `chats/${CHAT_ID}.json.damaged`, "refusals.json.damaged"])
		expect(names).toContain(name)
	expect(names.filter((name) => name.endsWith(".lock"))).toHaveLength(1)
	expect(modes.filter(([, mode]) => mode !== "600" && mode !== "700")).toEqual([])
	await stores.locks.release("00000000-0000-4000-8000-000000000009")
})

it.skipIf(!POSIX)("Extension closes its storage to other users when it starts", async (context) => {
	report(context, {
		area: "files",
		tried: "a storage folder and chats of an earlier version that every user can read",
		holds: "the storage folder is 0700 as soon as the extension is active",
	})
	const { folder, end } = await startExtension()
	end()
	const storage = join(folder, "storage")
	write(join(storage, "chats", `${CHAT_ID}.json`), CHAT)
	chmodSync(storage, 0o755)
	await startExtension()
	expect(modesIn(storage)[""]).toBe("700")
})

it.skipIf(!POSIX)("Settings export with keys writes no key into an existing file", async (context) => {
	report(context, {
		area: "secrets",
		tried: "settings with keys exported over a file that another user has open and has linked under a second name",
		holds: "the other user reads the old content; the new file is 0600",
	})
	const host = await startExtension()
	await host.save({ credentials: { method: "api-key" } }, { apiKey: CANARY.apiKey })
	const path = join(userChoices.saveFolder, "0-roo-code-settings.json")
	writeFileSync(path, "old", { mode: 0o666 })
	linkSync(path, join(host.folder, "planted", "second-name"))
	const openFile = openSync(path, "r")
	await host.do({ type: "export-profiles", profileIds: ["default"], withSecrets: true })
	expect(findCanaries(readFileSync(path, "utf8"))).toEqual(["apiKey"])
	expect((statSync(path).mode & 0o777).toString(8)).toBe("600")
	const bytes = Buffer.alloc(10_000)
	expect(bytes.toString("utf8", 0, readSync(openFile, bytes, 0, bytes.length, 0))).toBe("old")
	expect(readFileSync(join(host.folder, "planted", "second-name"), "utf8")).toBe("old")
	closeSync(openFile)
})
