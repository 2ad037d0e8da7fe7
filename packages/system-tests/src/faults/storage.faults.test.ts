import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { FileStore } from "../../../../src/app/storage/file-store"
import {
	sessionUnderTest,
	type SessionUnderTest,
	type SessionWindow,
} from "@bedrock-tiers/test-kit/hosts/session-window"
import { KEY, report, seenBy } from "./testing/run-fault-scenario"

/** Files that cannot be written, or are not what was written. A disk that stays full is in the tests of the host. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const WITH_COST = "1 request with its cost"
const goesOn = (why: string) =>
	`The chat could not be saved (${why}). It goes on in this window, and is saved again with what comes next.`
const UNREADABLE = "The chat that was open here cannot be read. Its file was left as it is, and a new chat begun."

it.skipIf(!existsSync("/dev/full"))("a disk that is full when the question is written", async (context) => {
	const sees = goesOn("ENOSPC: no space left on device, write")
	report(context, {
		fault: "the disk is full (/dev/full) when the question is written, and has room again when the answer is",
		sees,
		kept: `question, answer; ${WITH_COST}`,
	})
	const window = await afterOneQuestion()
	symlinkSync("/dev/full", `${chatFile()}.${process.pid}.tmp`)
	await window.send("During")
	expect(window.lastAnswer().message.status).toBe("complete")
	await expectAllKept(window, sees)
})

it("a file where the folder of the chats should be", async (context) => {
	report(context, {
		fault: "a file where the folder of the chats should be",
		sees: goesOn("EEXIST: file already exists, mkdir '…/chats'"),
		kept: "all in the window, nothing in files",
	})
	writeFileSync(join(test.folder, "chats"), "no folder")
	test.connection = { credentials: KEY }
	const window = await test.ready()
	await window.send("One")
	await window.send("Two")
	expect(seenBy(window, test.problems)).toEqual([goesOn(`EEXIST: file already exists, mkdir '${test.folder}/chats'`)])
	expect(window.lastAnswer()).toMatchObject({ message: { status: "complete" }, usage: { total: { requests: 2 } } })
	expect(readFileSync(join(test.folder, "chats"), "utf8")).toBe("no folder")
})

it("what the window shows cannot be written", async (context) => {
	const sees =
		"This window will not know its chat after a reload (ENOSPC: no space left on device, write). The chat itself is saved."
	report(context, {
		fault: "which chat the window shows cannot be written",
		sees,
		kept: `question, answer; ${WITH_COST}`,
	})
	test.connection = { credentials: KEY }
	test.stores.window.set = () => Promise.reject(new Error("ENOSPC: no space left on device, write"))
	const window = await test.ready()
	await window.send("During")
	expect(seenBy(window, test.problems)).toEqual([sees])
	expect(window.lastAnswer()).toMatchObject({ message: { status: "complete" }, usage: { total: { requests: 1 } } })
	expect(readFileSync(chatFile(), "utf8")).toContain("During")
})

it("the chat's file is damaged while an answer is written", async (context) => {
	report(context, {
		fault: "the chat's file is damaged while an answer is on its way",
		sees: "Nothing: the window writes it anew.",
		kept: `all before it, question, answer; ${WITH_COST}`,
	})
	const window = await afterOneQuestion()
	const sent = window.send("During")
	await expect.poll(() => window.posted.at(-1)?.type).not.toBe("state")
	writeFileSync(chatFile(), '{"version":2,"mess')
	await sent
	await expectAllKept(window)
})

it.for([
	["garbage", () => writeFileSync(chatFile(), Buffer.alloc(4_096, 0x9c))],
	["cut in its middle", () => truncateSync(chatFile(), 300)],
	["empty", () => truncateSync(chatFile(), 0)],
	["of a version that nobody knows", () => writeFileSync(chatFile(), '{"version":99}')],
] as const)("the chat's file is %s when it is opened", async ([what, damage], context) => {
	report(context, {
		fault: `the chat's file is ${what} when it is opened`,
		sees: UNREADABLE,
		kept: "the file, as it is; the new chat's questions and costs",
	})
	const window = await afterOneQuestion()
	window.session.dispose()
	damage()
	const file = chatFile()
	const damaged = readFileSync(file)
	const again = await test.ready()
	expect(seenBy(again, test.problems)).toEqual([UNREADABLE])
	expect(again.state().chat.messages).toEqual([])
	await again.send("After")
	expect(again.lastAnswer()).toMatchObject({ message: { status: "complete" }, usage: { total: { requests: 1 } } })
	expect([what, readFileSync(file)]).toEqual([what, damaged])
	expect(readdirSync(join(test.folder, "chats"))).toHaveLength(2)
})

it("a part of the chat's file is damaged", async (context) => {
	const sees =
		"Parts of this chat cannot be read and are left out. Its file as it was is kept: …/chats/….json.damaged"
	report(context, {
		fault: "a question and a cost in the chat's file are damaged when it is opened",
		sees,
		kept: "the file as it was, beside it; all else of the chat",
	})
	const window = await afterOneQuestion()
	await window.send("During")
	window.session.dispose()
	const file = chatFile()
	const whole = readFileSync(file, "utf8")
	const damaged = whole.replace('"text":"Before"', '"text":7').replace('"totalUsd":', '"totalUsd":"much","was":')
	writeFileSync(file, damaged)
	const again = await test.ready()
	await again.send("After")
	expect(seenBy(again, test.problems)).toEqual([sees.replace("…/chats/….json", file)])
	expect(again.state().chat.messages).toHaveLength(3)
	expect(again.lastAnswer().usage.total).toMatchObject({ requests: 2, unpricedRequests: 0 })
	expect(readFileSync(`${file}.damaged`, "utf8")).toBe(damaged)
	expect((await test.ready()).state().chat.messages).toHaveLength(5)
	expect(test.problems).toHaveLength(1)
})

it.for([
	["is garbage", "settings", "profiles: gone", quarantineFile("settings")],
	["is another kind of JSON", "settings", '["gone"]', quarantineFile("settings")],
	[
		"is of a shape that nobody knows",
		"settings",
		'{"settings":{"version":1,"activeProfileId":"demo","profiles":"gone"}}',
		"The stored settings could not be read (profiles: Invalid input: expected array, received string). They were put aside.",
	],
	["is garbage", "window", "currentChat: gone", quarantineFile("window")],
] as const)("the file of what is set %s: %s", async ([what, name, text, sees], context) => {
	const fault = name === "settings" ? "the file of settings" : "the file of what the window shows"
	report(context, {
		fault: `${fault} ${what}`,
		sees,
		kept: "what was in the file, put aside; chats with their costs",
	})
	const { session } = await afterOneQuestion()
	session.dispose()
	writeFileSync(join(test.folder, `${name}.json`), text)
	useFiles()
	const again = await test.ready()
	await expect.poll(() => seenBy(again, test.problems).map((each) => each.replace(test.folder, "…"))).toEqual([sees])
	const files = readdirSync(test.folder).filter((file) => file.startsWith(name))
	expect(files.map((file) => readFileSync(join(test.folder, file), "utf8")).join()).toContain("gone")
	await again.send("After")
	const { message, usage } = again.lastAnswer()
	expect(message.status).toBe("complete")
	// A window that does not know its chat begins a new one.
	expect(usage.total.requests).toBe(name === "settings" ? 2 : 1)
	expect(readdirSync(join(test.folder, "chats"))).toHaveLength(name === "settings" ? 1 : 2)
})

it.skipIf(!existsSync("/dev/full"))("settings that cannot be written", async (context) => {
	const sees = "ENOSPC: no space left on device, write"
	report(context, {
		fault: "settings cannot be written",
		sees: `That could not be done. ${sees}.`,
		kept: "the old settings; chats with their costs",
	})
	const window = await afterOneQuestion()
	symlinkSync("/dev/full", join(test.folder, `settings.json.${process.pid}.tmp`))
	await expect(window.save({ serviceTier: "priority" })).rejects.toThrow(sees)
	expect(window.settings.activeProfile.settings.serviceTier).toBe("flex")
	await window.send("After")
	expect(window.lastAnswer().message).toMatchObject({ status: "complete", request: { requestedTier: "flex" } })
})

function quarantineFile(name: string): string {
	return `A file of settings could not be read and was put aside: …/${name}.json.damaged`
}

/** A window over files, in which one question was answered. */
async function afterOneQuestion(): Promise<SessionWindow> {
	test.connection = { credentials: KEY }
	useFiles()
	const window = await test.ready()
	await window.save({ serviceTier: "flex" })
	await window.send("Before")
	return window
}

function useFiles(): void {
	const report = (sentence: string) => void test.problems.push(sentence)
	mkdirSync(test.folder, { recursive: true })
	test.stores = {
		global: new FileStore(join(test.folder, "settings.json"), report),
		window: new FileStore(join(test.folder, "window.json"), report),
		secrets: test.stores.secrets,
	} as unknown as SessionUnderTest["stores"]
}

function chatFile(): string {
	const folder = join(test.folder, "chats")
	return join(folder, readdirSync(folder).find((name) => name.endsWith(".json")) ?? "none")
}

/** Both questions with their answers and costs, also after a reload, and the next one works. */
async function expectAllKept(window: SessionWindow, ...problems: readonly string[]): Promise<void> {
	await window.send("After")
	const { usage } = window.lastAnswer()
	expect(usage).toMatchObject({ total: { requests: 3, unpricedRequests: 0 }, failed: { refused: 0, unanswered: 0 } })
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
	expect(seenBy(window, test.problems)).toEqual(problems)
}
