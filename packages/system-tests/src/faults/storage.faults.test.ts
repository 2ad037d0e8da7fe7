import { reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs"
import fs from "node:fs/promises"
import { syncBuiltinESMExports } from "node:module"
import { basename, join } from "node:path"
import { afterEach, expect, it } from "vitest"
import { isValidSettingsValue } from "../../../../src/app/settings/settings"
import { FileStore } from "../../../../src/app/storage/file-store"
import {
	sessionUnderTest,
	type SessionUnderTest,
	type SessionWindow,
} from "@bedrock-tiers/test-kit/hosts/session-window"
import { KEY, report, shownMessages } from "./testing/run-fault-scenario"

/** Files that cannot be written, or that were damaged. `host.faults.test.ts` covers a disk that stays full. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const WITH_COST = "1 request with its cost"
const notSaved = (why: string) =>
	`The chat could not be saved (${why}). It goes on in this window, and is saved again with what comes next.`
const UNREADABLE = "The chat that was open here cannot be read. Its file was left as it is, and a new chat begun."

it.skipIf(!existsSync("/dev/full"))(
	"Session stores prompt and answer when the disk is full only while the prompt is written",
	async (context) => {
		const sees = notSaved("ENOSPC: no space left on device, write")
		report(context, {
			fault: "the disk is full (/dev/full) when the prompt is written, and no longer full when the answer is written",
			sees,
			kept: `prompt, answer; ${WITH_COST}`,
		})
		const window = await openWindowWithChat()
		fillDiskOnce(chatFile())
		await window.send("During")
		expect(window.lastAnswer().message.status).toBe("complete")
		await expectAllStored(window, sees)
	},
)

it("Session keeps chats in memory when a file exists at the path of the chats folder", async (context) => {
	report(context, {
		fault: "a file at the path of the chats folder",
		sees: notSaved("EEXIST: file already exists, mkdir '…/chats'"),
		kept: "everything in the window, nothing in files",
	})
	writeFileSync(join(test.folder, "chats"), "no folder")
	test.connection = { credentials: KEY }
	const window = await test.ready()
	await window.send("One")
	await window.send("Two")
	expect(shownMessages(window, test.problems)).toEqual([
		notSaved(`EEXIST: file already exists, mkdir '${test.folder}/chats'`),
	])
	expect(window.lastAnswer()).toMatchObject({ message: { status: "complete" }, usage: { total: { requests: 2 } } })
	expect(readFileSync(join(test.folder, "chats"), "utf8")).toBe("no folder")
})

it("Session stores the chat when the window state cannot be written", async (context) => {
	const sees =
		"This window will not know its chat after a reload (ENOSPC: no space left on device, write). The chat itself is saved."
	report(context, {
		fault: "the window state (which chat is open) cannot be written",
		sees,
		kept: `prompt, answer; ${WITH_COST}`,
	})
	test.connection = { credentials: KEY }
	test.stores.window.set = () => Promise.reject(new Error("ENOSPC: no space left on device, write"))
	const window = await test.ready()
	await window.send("During")
	expect(shownMessages(window, test.problems)).toEqual([sees])
	expect(window.lastAnswer()).toMatchObject({ message: { status: "complete" }, usage: { total: { requests: 1 } } })
	expect(readFileSync(chatFile(), "utf8")).toContain("During")
})

it("Session rewrites the chat file when it is damaged during an answer", async (context) => {
	report(context, {
		fault: "the chat file is damaged during an answer",
		sees: "Nothing: the window writes it anew.",
		kept: `earlier messages, prompt, answer; ${WITH_COST}`,
	})
	const window = await openWindowWithChat()
	const sent = window.send("During")
	await expect.poll(() => window.posted.at(-1)?.type).not.toMatch(/^state/)
	writeFileSync(chatFile(), '{"version":2,"mess')
	await sent
	await expectAllStored(window)
})

it.for([
	["not JSON", () => writeFileSync(chatFile(), Buffer.alloc(4_096, 0x9c))],
	["truncated", () => truncateSync(chatFile(), 300)],
	["empty", () => truncateSync(chatFile(), 0)],
	["of an unknown version", () => writeFileSync(chatFile(), '{"version":99}')],
] as const)(
	"Session opens a new chat and leaves the chat file unchanged when the file is %s",
	async ([state, damage], context) => {
		report(context, {
			fault: `the chat file is ${state} when it is opened`,
			sees: UNREADABLE,
			kept: "the unchanged file; the new chat's prompts and costs",
		})
		const window = await openWindowWithChat()
		window.session.dispose()
		damage()
		const file = chatFile()
		const damaged = readFileSync(file)
		const again = await test.ready()
		expect(shownMessages(again, test.problems)).toEqual([UNREADABLE])
		expect(again.state().chat.messages).toEqual([])
		await again.send("After")
		expect(again.lastAnswer()).toMatchObject({ message: { status: "complete" }, usage: { total: { requests: 1 } } })
		expect([state, readFileSync(file)]).toEqual([state, damaged])
		expect(readdirSync(join(test.folder, "chats"))).toHaveLength(2)
	},
)

it("Session loads the intact parts of a chat file and quarantines a copy when a prompt and a cost are damaged", async (context) => {
	const sees =
		"Parts of this chat cannot be read and are left out. Its file as it was is kept: …/chats/….json.damaged"
	report(context, {
		fault: "a prompt and a cost in the chat file are damaged when it is opened",
		sees,
		kept: "a copy of the damaged file next to it; the rest of the chat",
	})
	const window = await openWindowWithChat()
	await window.send("During")
	window.session.dispose()
	const file = chatFile()
	const intact = readFileSync(file, "utf8")
	const damaged = intact.replace('"text":"Before"', '"text":7').replace('"totalUsd":', '"totalUsd":"much","was":')
	writeFileSync(file, damaged)
	const again = await test.ready()
	expect(again.state().chat.messages).toHaveLength(3)
	await again.send("After")
	expect(shownMessages(again, test.problems)).toEqual([sees.replace("…/chats/….json", file)])
	expect(again.lastAnswer().usage.total).toMatchObject({ requests: 2, unpricedRequests: 0, estimatedRequests: 0 })
	expect(readFileSync(`${file}.damaged`, "utf8")).toBe(damaged)
	expect((await test.ready()).state().chat.messages).toHaveLength(5)
	expect(test.problems).toHaveLength(1)
})

it.for([
	["is not JSON", "settings", "profiles: gone", quarantineMessage("settings")],
	["is JSON, but not an object", "settings", '["gone"]', quarantineMessage("settings")],
	[
		"does not match the schema",
		"settings",
		'{"settings":{"version":1,"activeProfileId":"demo","profiles":"gone"}}',
		quarantineMessage("settings"),
	],
	["is not JSON", "window", "currentChat: gone", quarantineMessage("window")],
] as const)(
	"Session quarantines a file that %s and continues: %s.json",
	async ([problem, name, text, sees], context) => {
		const file = name === "settings" ? "the settings file" : "the window state file"
		report(context, {
			fault: `${file} ${problem}`,
			sees,
			kept: "the content of the file, quarantined; chats with their costs",
		})
		const { session } = await openWindowWithChat()
		session.dispose()
		writeFileSync(join(test.folder, `${name}.json`), text)
		useFiles()
		const again = await test.ready()
		await expect
			.poll(() => shownMessages(again, test.problems).map((message) => message.replace(test.folder, "…")))
			.toEqual([sees])
		const files = readdirSync(test.folder).filter((file) => file.startsWith(name))
		expect(files.map((file) => readFileSync(join(test.folder, file), "utf8")).join()).toContain("gone")
		await again.send("After")
		const { message, usage } = again.lastAnswer()
		expect(message.status).toBe("complete")
		// Without its window state, a window starts a new chat.
		expect(usage.total.requests).toBe(name === "settings" ? 2 : 1)
		expect(readdirSync(join(test.folder, "chats"))).toHaveLength(name === "settings" ? 1 : 2)
	},
)

it.skipIf(!existsSync("/dev/full"))(
	"Session keeps the old settings when the settings file cannot be written",
	async (context) => {
		const sees = "ENOSPC: no space left on device, write"
		report(context, {
			fault: "the settings file cannot be written",
			sees: `That could not be done. ${sees}.`,
			kept: "the old settings; chats with their costs",
		})
		const window = await openWindowWithChat()
		fillDiskOnce(join(test.folder, "settings.json"))
		await expect(window.save({ serviceTier: "priority" })).rejects.toThrow(sees)
		expect(window.settings.activeProfile.settings.serviceTier).toBe("flex")
		await window.send("After")
		expect(window.lastAnswer().message).toMatchObject({ status: "complete", request: { requestedTier: "flex" } })
	},
)

function quarantineMessage(name: string): string {
	return `A settings file could not be read and was quarantined: …/${name}.json.damaged`
}

/** The next write of the file goes to /dev/full, which the system refuses as it does on a full disk. */
function fillDiskOnce(file: string): void {
	const { writeFile } = fs
	fs.writeFile = (path, ...rest) => {
		if (typeof path !== "string" || !basename(path).startsWith(`${basename(file)}.`) || !path.endsWith(".tmp"))
			return writeFile(path, ...rest)
		restoreDisk()
		return writeFile("/dev/full", rest[0])
	}
	restoreDisk = () => {
		fs.writeFile = writeFile
		syncBuiltinESMExports()
	}
	syncBuiltinESMExports()
}
let restoreDisk = () => {}
afterEach(() => restoreDisk())

/** Opens a window over files and sends one prompt. */
async function openWindowWithChat(): Promise<SessionWindow> {
	test.connection = { credentials: KEY }
	useFiles()
	const window = await test.ready()
	await window.save({ serviceTier: "flex" })
	await window.send("Before")
	return window
}

function useFiles(): void {
	const report = reportTo(test.problems)
	mkdirSync(test.folder, { recursive: true })
	test.stores = {
		global: new FileStore(join(test.folder, "settings.json"), report, isValidSettingsValue),
		window: new FileStore(join(test.folder, "window.json"), report),
		secrets: test.stores.secrets,
	} as unknown as SessionUnderTest["stores"]
}

function chatFile(): string {
	const folder = join(test.folder, "chats")
	return join(folder, readdirSync(folder).find((name) => name.endsWith(".json")) ?? "none")
}

/**
 * Checks that both prompts, their answers and costs are stored, also after a reload, and that the next prompt succeeds.
 */
async function expectAllStored(window: SessionWindow, ...problems: readonly string[]): Promise<void> {
	await window.send("After")
	const { usage } = window.lastAnswer()
	expect(usage).toMatchObject({
		total: { requests: 3, unpricedRequests: 0, estimatedRequests: 0 },
		failed: { refused: 0, unanswered: 0 },
	})
	expect(usage.total.knownUsd).toBeCloseTo(0.000315, 12)
	const { chat } = (await test.ready()).state()
	expect(chat.usage).toEqual(usage)
	expect(chat.messages).toMatchObject([
		{ text: "Before" },
		{ status: "complete" },
		{ text: "During" },
		{ status: "complete" },
		{ text: "After" },
		{ status: "complete" },
	])
	expect(shownMessages(window, test.problems)).toEqual(problems)
}
