import { englishText } from "@bedrock-tiers/error-details"
import { readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import type { ToWebview } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/**
 * Stored chats, and two windows that use them. Each answer of gpt-oss-120b has 1,000 input and 100 output tokens:
 * $0.00021.
 */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const last = <Type extends ToWebview["type"]>({ posted }: SessionWindow, type: Type) =>
	posted.findLast((message): message is Extract<ToWebview, { type: Type }> => message.type === type)

async function list(window: SessionWindow) {
	await window.session.handle({ type: "list-history" })
	const history = last(window, "history")
	if (!history) throw new Error("no history was posted")
	return history
}

async function newChat(window: SessionWindow, text: string): Promise<string> {
	await window.session.handle({ type: "new-chat" })
	await window.send(text)
	return window.state().chat.id
}

async function search(window: SessionWindow, query: string) {
	await window.session.handle({ type: "search-history", searchId: "s1", query })
	return last(window, "history-found")
}

const chatFile = (id: string) => join(test.folder, "chats", `${id}.json`)
const indexFile = () => join(test.folder, "history", "index.json")

describe("The list of chats", () => {
	it("has the title, models, tiers and cost of each chat, newest first", async () => {
		const window = await test.ready()
		const first = await newChat(window, "Why is the sky blue?")
		await window.save({ serviceTier: "flex" })
		const second = await newChat(window, "And the sea?")
		const { chats, openChatId } = await list(window)
		expect(openChatId).toBe(second)
		expect(chats).toEqual([
			{
				id: second,
				title: "And the sea?",
				updatedAt: expect.any(String),
				models: ["openai.gpt-oss-120b-1:0"],
				tiers: ["flex"],
				requests: 1,
				knownUsd: expect.closeTo(0.000105, 12),
				unpricedRequests: 0,
				estimatedRequests: 0,
				messages: 2,
			},
			expect.objectContaining({ id: first, tiers: ["default"], knownUsd: expect.closeTo(0.00021, 12) }),
		])
	})

	it("is empty when there are no stored chats", async () => {
		expect(await list(await test.ready())).toMatchObject({ chats: [], damaged: 0 })
	})

	it("reads only chat files that changed since the last listing", async () => {
		const window = await test.ready()
		const id = await newChat(window, "First")
		await list(window)
		const index = JSON.parse(readFileSync(indexFile(), "utf8")) as { chats: { entry: { title: string } }[] }
		for (const { entry } of index.chats) entry.title = "From the index"
		writeFileSync(indexFile(), JSON.stringify(index))
		expect((await list(window)).chats[0]?.title).toBe("From the index")
		utimesSync(chatFile(id), new Date(), new Date(Date.now() + 5_000))
		expect((await list(window)).chats[0]?.title).toBe("First")
	})

	it.each(["{", "[]", '{"version":1,"chats":[{"id":7},null]}', '{"version":9}'])(
		"is rebuilt when its index is damaged: %s",
		async (text) => {
			const window = await test.ready()
			await newChat(window, "First")
			await list(window)
			writeFileSync(indexFile(), text)
			expect((await list(window)).chats.map(({ title }) => title)).toEqual(["First"])
			rmSync(indexFile())
			expect((await list(window)).chats.map(({ title }) => title)).toEqual(["First"])
		},
	)

	it("counts unreadable files and leaves them unchanged", async () => {
		const window = await test.ready()
		const id = await newChat(window, "First")
		await newChat(window, "Second")
		writeFileSync(chatFile(id), "{")
		expect(await list(window)).toMatchObject({ damaged: 1, chats: [{ title: "Second" }] })
		expect(readFileSync(chatFile(id), "utf8")).toBe("{")
	})

	it("has the chats of all windows", async () => {
		const [one, other] = [await test.ready(), await test.ready({ apart: true })]
		await Promise.all([newChat(one, "Of the one"), newChat(other, "Of the other")])
		await Promise.all([list(one), list(other)])
		expect((await list(one)).chats.map(({ title }) => title).sort()).toEqual(["Of the one", "Of the other"])
	})
})

describe("Opening a chat", () => {
	it("shows it with its cost, continues it, and is restored after a reload", async () => {
		const window = await test.ready()
		const first = await newChat(window, "First")
		await newChat(window, "Second")
		await window.session.handle({ type: "open-chat", chatId: first })
		expect(last(window, "show")).toEqual({ type: "show", view: "chat" })
		expect(window.state().chat).toMatchObject({ id: first, messages: [{ text: "First" }, {}] })
		await window.send("More")
		expect(window.lastAnswer().usage.total).toMatchObject({ requests: 2, knownUsd: expect.closeTo(0.00042, 12) })
		expect((await test.ready()).state().chat.id).toBe(first)
	})

	it("is refused when the chat is damaged, and changes nothing", async () => {
		const window = await test.ready()
		const first = await newChat(window, "First")
		const second = await newChat(window, "Second")
		writeFileSync(chatFile(first), "{")
		await window.session.handle({ type: "open-chat", chatId: first })
		expect(englishText(last(window, "refused")?.details ?? [])).toBe("This chat cannot be read.")
		expect(window.state().chat.id).toBe(second)
	})
})

describe("Two windows on one chat", () => {
	async function sharedChat() {
		const one = await test.ready()
		const id = await newChat(one, "First")
		const other = await test.ready({ apart: true })
		await other.session.handle({ type: "open-chat", chatId: id })
		return { one, other, id }
	}

	it("write in turn, and neither loses the messages of the other", async () => {
		const { one, other } = await sharedChat()
		await one.send("From the one")
		await other.send("From the other")
		const texts = (await test.ready())
			.state()
			.chat.messages.flatMap((message) => (message.role === "user" ? [message.text] : []))
		expect(texts).toEqual(["First", "From the one", "From the other"])
		expect(other.lastAnswer().usage.total.requests).toBe(3)
	})

	it("do not answer at once: the second refuses to send, and shows the first one's complete answer", async () => {
		const { one, other, id } = await sharedChat()
		test.emulator.setScenario("stall")
		const sent = one.send("Slowly")
		await expect.poll(() => one.posted.at(-1)?.type).toBe("delta")
		const before = test.emulator.requests.length
		await other.send("In between")
		expect(englishText(last(other, "refused")?.details ?? [])).toContain(
			"Another window is answering in this chat.",
		)
		await expect.poll(() => other.state().chat.answeredElsewhere).toBe(true)
		expect(other.state().chat.messages).toMatchObject([{}, {}, { text: "Slowly" }, { status: "streaming" }])
		expect(test.emulator.requests).toHaveLength(before)
		await other.session.handle({ type: "delete-chat", chatId: id })
		expect(readdirSync(join(test.folder, "chats"))).toContain(`${id}.json`)

		await one.session.handle({ type: "stop" })
		await sent
		await expect.poll(() => other.state().chat.answeredElsewhere).toBe(false)
		expect(other.state().chat.messages.at(-1)).toMatchObject({ status: "stopped" })
		test.emulator.setScenario("served-as-asked")
		await other.send("Now")
		expect(other.lastAnswer().message.status).toBe("complete")
	})

	it("leave no lock file", async () => {
		await sharedChat()
		expect(readdirSync(join(test.folder, "history")).filter((name) => name.endsWith(".lock"))).toEqual([])
	})

	it("are not blocked by a window that ended during an answer", async () => {
		const { one, other } = await sharedChat()
		test.emulator.setScenario("stall")
		void one.send("Slowly")
		await expect.poll(() => one.posted.at(-1)?.type).toBe("delta")
		test.endWindows()
		test.emulator.setScenario("served-as-asked")
		await other.send("Now")
		expect(other.lastAnswer().message.status).toBe("complete")
		one.session.dispose()
	})
})

describe("Deleting a chat", () => {
	it("asks for confirmation, removes the file, and replaces an open chat by an empty one", async () => {
		const window = await test.ready()
		const first = await newChat(window, "First")
		const second = await newChat(window, "Second")
		test.confirms = false
		await window.session.handle({ type: "delete-chat", chatId: second })
		expect((await list(window)).chats).toHaveLength(2)
		test.confirms = true
		await window.session.handle({ type: "delete-chat", chatId: second })
		expect(last(window, "history")?.chats.map(({ id }) => id)).toEqual([first])
		expect(window.state().chat.messages).toEqual([])
		expect(readdirSync(join(test.folder, "chats"))).toEqual([`${first}.json`])
	})

	it("stops its running answer first, which does not write the file again", async () => {
		test.emulator.setScenario("stall")
		const window = await test.ready()
		const sent = window.send("Slowly")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		await window.session.handle({ type: "delete-chat", chatId: window.state().chat.id })
		await sent
		expect(readdirSync(join(test.folder, "chats"))).toEqual([])
	})
})

describe("Search", () => {
	it("finds text in questions and answers, ignoring case, and returns an excerpt", async () => {
		const window = await test.ready()
		const sky = await newChat(window, 'Why is the "sky"\nblue?')
		await newChat(window, "And the sea?")
		expect(await search(window, '"SKY"\nblue')).toMatchObject({
			status: "done",
			searched: 2,
			total: 2,
			hits: [{ chatId: sky, excerpt: 'Why is the "sky" blue?' }],
		})
		expect((await search(window, "hello THERE"))?.hits).toHaveLength(2)
		expect((await search(window, "parts"))?.hits).toEqual([])
	})

	it("is canceled by the user", async () => {
		const window = await test.ready()
		await newChat(window, "First")
		const first = window.session.handle({ type: "search-history", searchId: "s1", query: "first" })
		await window.session.handle({ type: "cancel-history-search" })
		await first
		expect(last(window, "history-found")).toMatchObject({ searchId: "s1", status: "cancelled", hits: [] })
	})
})

describe("Request speeds", () => {
	it("are those of all chats for the active profile's model, without deleted chats", async () => {
		const window = await test.ready()
		const first = await newChat(window, "First")
		await window.save({ serviceTier: "flex" })
		await newChat(window, "Second")
		await window.session.handle({ type: "ask-speeds", modelId: null })
		const speeds = last(window, "speeds")
		expect(speeds?.modelId).toBe("openai.gpt-oss-120b-1:0")
		expect(speeds?.requests.map(({ tier, promptTokens }) => [tier, promptTokens])).toEqual([
			["default", 1000],
			["flex", 1000],
		])
		await window.session.handle({ type: "delete-chat", chatId: first })
		await window.session.handle({ type: "ask-speeds", modelId: null })
		expect(last(window, "speeds")?.requests.map(({ tier }) => tier)).toEqual(["flex"])
	})
})

describe("Exports", () => {
	it("write a chat as Markdown and as JSON, to a file named after its title", async () => {
		const window = await test.ready()
		const id = await newChat(window, "Why is ../the sky: blue?")
		await window.session.handle({ type: "export-chat", chatId: id, format: "markdown" })
		await window.session.handle({ type: "export-chat", chatId: id, format: "json" })
		const [markdown, json] = test.savedFiles
		expect(markdown?.name).toBe("Why-is-the-sky-blue.bedrock-chat.md")
		expect(markdown?.text).toMatch(/^# Why is \.\.\/the sky: blue\?\n\n\*2026-[^\n]+\*\n\n## You\n\nWhy/)
		expect(markdown?.text).toContain(
			"## Answer\n\nHello there.\n\n*openai.gpt-oss-120b-1:0 · asked for default, served by default, billed as default · $0.00021*",
		)
		expect(json?.name).toBe("Why-is-the-sky-blue.bedrock-chat.json")
		expect(JSON.parse(json?.text ?? "")).toMatchObject({ format: "bedrock-tiers-chat", version: 1, chat: { id } })
	})

	it("write the usage of all chats, one row per request", async () => {
		const window = await test.ready()
		await newChat(window, "First")
		await window.save({ serviceTier: "flex" })
		await newChat(window, "Second")
		await window.send("Third")
		await window.session.handle({ type: "export-usage", format: "csv" })
		const [file] = test.savedFiles
		expect(file?.name).toMatch(/^bedrock-usage-\d{4}-\d\d-\d\d\.csv$/)
		expect(file?.text.trimEnd().split("\r\n")).toHaveLength(4)
		await window.session.handle({ type: "export-usage", format: "json" })
		const { rows } = JSON.parse(test.savedFiles[1]?.text ?? "") as { rows: Record<string, unknown>[] }
		expect(rows.map(({ billed_tier, total_usd }) => [billed_tier, total_usd])).toEqual([
			["flex", expect.closeTo(0.000105, 12)],
			["flex", expect.closeTo(0.000105, 12)],
			["default", expect.closeTo(0.00021, 12)],
		])
	})

	it("contain no secrets", async () => {
		const window = await test.ready()
		const staticKeys = {
			accessKeyId: "CANARYKEYID",
			secretAccessKey: "CANARY-SECRET",
			sessionToken: "CANARY-TOKEN",
		}
		await window.save({}, { apiKey: "CANARY-KEY", staticKeys })
		const id = await newChat(window, "First")
		await window.session.handle({ type: "export-chat", chatId: id, format: "json" })
		await window.session.handle({ type: "export-usage", format: "csv" })
		expect(test.savedFiles).toHaveLength(2)
		expect(JSON.stringify(test.savedFiles) + readFileSync(chatFile(id), "utf8")).not.toMatch(/canary|test-key/i)
	})
})
