import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/**
 * Edited questions and repeated answers. Each request costs $0.000105 on Flex: 1,000 input tokens at $0.075 and 100
 * output tokens at $0.30 per million; on Standard, $0.00021.
 */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const texts = (window: SessionWindow) =>
	window
		.state()
		.chat.messages.map((message) =>
			message.role === "user" ? message.text : message.parts.map(({ kind }) => kind),
		)

/** Messages in the body of the last request. */
const sent = () => (JSON.parse(test.emulator.requests.at(-1)?.body ?? "{}") as { messages: unknown[] }).messages

async function chatWith(...questions: string[]): Promise<SessionWindow> {
	const window = await test.ready()
	await window.save({ serviceTier: "flex" })
	for (const question of questions) await window.send(question)
	return window
}

/** The current id of the message at the index. */
async function idAt(window: SessionWindow, index: number): Promise<string> {
	await window.session.postState()
	return window.state().chat.messages.at(index)?.id ?? ""
}

describe("An edited question", () => {
	it("replaces the original and all later messages, also in the request", async () => {
		const window = await chatWith("First", "Second", "Third")
		await window.session.handle({ type: "edit", messageId: await idAt(window, 2), text: "Another second" })
		expect(sent()).toEqual([
			{ role: "user", content: [{ text: "First" }] },
			{ role: "assistant", content: [{ text: "Hello there." }] },
			{ role: "user", content: [{ text: "Another second" }] },
		])
		await window.session.postState()
		expect(texts(window)).toEqual(["First", ["text"], "Another second", ["text"]])
	})

	it("is never shown together with the messages it replaces, and its answer streams normally", async () => {
		const window = await chatWith("First", "Second")
		const messageId = await idAt(window, 0)
		window.posted.length = 0
		await window.session.handle({ type: "edit", messageId, text: "Other" })
		expect(window.posted[0]).toMatchObject({
			type: "state-changed",
			changes: { chat: { busy: true, messages: [{ text: "Other" }, { status: "streaming" }] } },
		})
		const kinds = window.posted.map(({ type }) => type)
		expect(kinds.filter((type, index) => type !== kinds[index - 1])).toEqual(["state-changed", "delta", "message"])
		expect(window.lastAnswer()).toMatchObject({ busy: false, message: { status: "complete" } })
	})

	it("keeps the cost of removed answers in the total and reports it separately, also after a reload", async () => {
		const window = await chatWith("First", "Second")
		await window.session.handle({ type: "edit", messageId: await idAt(window, 0), text: "Other" })
		const { usage } = window.lastAnswer()
		expect(usage).toMatchObject({
			total: { requests: 3, knownUsd: expect.closeTo(0.000315, 12) },
			removed: { requests: 2, knownUsd: expect.closeTo(0.00021, 12) },
			byTier: [{ tier: "flex", totals: { requests: 3 } }],
			contextTokens: 1_100,
		})
		const { chat } = (await test.ready()).state()
		expect(chat.messages).toMatchObject([{ text: "Other" }, { status: "complete" }])
		expect(chat.usage.total.knownUsd).toBeCloseTo(0.000315, 12)
		expect(chat.usage.removed.requests).toBe(2)
		expect(chat.removedRequests).toHaveLength(2)
	})

	it("leaves the original and its answer in the file, where a damaged entry loses only that entry", async () => {
		const window = await chatWith("First")
		await window.session.handle({ type: "edit", messageId: await idAt(window, 0), text: "Other" })
		const file = join(test.folder, "chats", readdirSync(join(test.folder, "chats"))[0] ?? "")
		const record = JSON.parse(readFileSync(file, "utf8")) as { removed: unknown[] }
		expect(record.removed).toMatchObject([{ text: "First" }, { parts: [{ text: "Hello there." }] }])
		writeFileSync(file, JSON.stringify({ ...record, removed: [{ role: "ghost" }, ...record.removed] }))
		expect((await test.ready()).state().chat.usage.removed.requests).toBe(1)
		writeFileSync(file, JSON.stringify({ ...record, removed: undefined }))
		expect((await test.ready()).state().chat.usage).toMatchObject({
			total: { requests: 1 },
			removed: { requests: 0 },
		})
	})

	it("discards a summary of the messages that it replaces", async () => {
		test.emulator.setUsage({ inputTokens: 100_000, outputTokens: 100 })
		const window = await chatWith("First", "Second")
		await window.session.postState()
		expect(window.state().chat.summary).not.toBeNull()
		await window.session.handle({ type: "edit", messageId: await idAt(window, 0), text: "Other" })
		expect(sent()).toEqual([{ role: "user", content: [{ text: "Other" }] }])
		await window.session.postState()
		expect(window.state().chat.summary).toBeNull()
	})

	it("is ignored when the id is unknown or an answer's, or while an answer streams", async () => {
		const window = await chatWith("First")
		await window.session.handle({ type: "edit", messageId: "none", text: "Other" })
		await window.session.handle({ type: "edit", messageId: await idAt(window, 1), text: "Other" })
		test.emulator.setScenario("stall")
		const messageId = await idAt(window, 0)
		const sending = window.send("Second")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		await window.session.handle({ type: "edit", messageId, text: "Other" })
		await window.session.handle({ type: "stop" })
		await sending
		expect(test.emulator.requests).toHaveLength(2)
		await window.session.postState()
		expect(texts(window)).toEqual(["First", ["text"], "Second", ["text"]])
	})
})

describe("A repeated answer", () => {
	it("replaces the last answer, also in the request, and uses the given tier only once", async () => {
		const window = await chatWith("First")
		await window.session.handle({ type: "answer-again", messageId: await idAt(window, -1), tier: "default" })
		expect(sent()).toEqual([{ role: "user", content: [{ text: "First" }] }])
		expect(test.emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex", null])
		expect(window.lastAnswer()).toMatchObject({
			message: { status: "complete", request: { billedTier: "default" } },
			usage: {
				total: { requests: 2, knownUsd: expect.closeTo(0.000315, 12) },
				removed: { requests: 1, knownUsd: expect.closeTo(0.000105, 12) },
			},
		})
		expect(window.settings.activeProfile.settings.serviceTier).toBe("flex")
		await window.session.postState()
		expect(texts(window)).toEqual(["First", ["text"]])
	})

	it("still counts the failed attempts of the replaced answer", async () => {
		const window = await chatWith()
		test.emulator.setScenario("throttled-once")
		await window.send("First")
		await window.session.handle({ type: "answer-again", messageId: await idAt(window, -1), tier: "flex" })
		expect(window.lastAnswer().usage.failed).toEqual({ refused: 1, unanswered: 0 })
		expect((await test.ready()).state().chat.usage.failed).toEqual({ refused: 1, unanswered: 0 })
	})

	it("is ignored when the id is not the last answer's, so that a second click costs nothing", async () => {
		const window = await chatWith("First")
		const messageId = await idAt(window, -1)
		await window.session.handle({ type: "answer-again", messageId, tier: "flex" })
		await window.session.handle({ type: "answer-again", messageId, tier: "flex" })
		expect(test.emulator.requests).toHaveLength(2)
	})
})

describe("An incomplete answer", () => {
	it("has the stop reason of the model, also after a reload", async () => {
		const window = await test.ready()
		await window.save({ maxTokens: 1 })
		test.emulator.setUsage(null)
		await window.send("Hi")
		expect(window.lastAnswer().message.stopReason).toBe("max_tokens")
		expect((await test.ready()).state().chat.messages.at(-1)).toMatchObject({ stopReason: "max_tokens" })
	})

	it("is sent to the model with the next question", async () => {
		test.emulator.setScenario("stall")
		const window = await test.ready()
		const sending = window.send("Hi")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		await window.session.handle({ type: "stop" })
		await sending
		test.emulator.setScenario("served-as-asked")
		await window.send("Go on.")
		expect(sent()).toMatchObject([
			{ role: "user", content: [{ text: "Hi" }] },
			{ role: "assistant", content: [{ text: expect.stringMatching(/^Hello/) as string }] },
			{ role: "user", content: [{ text: "Go on." }] },
		])
	})
})
