import { readdirSync } from "node:fs"
import { join } from "node:path"
import { answerText, type ChatMessage } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { FileStore } from "../../../../src/app/storage/file-store"
import {
	sessionUnderTest,
	type SessionUnderTest,
	type SessionWindow,
} from "@bedrock-tiers/test-kit/hosts/session-window"
import { encodeFrame, type Frame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { hosts, startHost } from "./testing/host"
import { SHORT_FRAMES } from "@bedrock-tiers/test-kit/samples/response-sample"
import { server } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { expectedTaken, KEY, report, seenBy, taken } from "./testing/run-fault-scenario"

/** The process ends, or the disk does, while an answer is on its way: what the next window finds in the files. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })
hosts()

const GONE = "Interrupted: the window was closed or reloaded while the answer was on its way."
const KEPT = "question, what of the answer was in the file; 1 attempt, whether it was billed is not known"

describe("In mid-answer", () => {
	it("the window is reloaded", async (context) => {
		report(context, { fault: "the window is reloaded in mid-answer", sees: GONE, kept: KEPT })
		test.connection = { credentials: KEY }
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		await window.send("Before")
		const before = window.lastAnswer().usage
		test.emulator.setScenario("stall")
		void window.send("During")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		test.endWindows()
		await expectGoesOn(await test.ready(), before)
		window.session.dispose()
	})

	it("the window is reloaded, and had time to stop", async (context) => {
		report(context, {
			fault: "the window is reloaded in mid-answer, in order",
			sees: "Stopped before its end.",
			kept: "question, what came of the answer; 1 request, its cost is not known",
		})
		test.connection = { credentials: KEY }
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		test.emulator.setScenario("stall")
		const sent = window.send("During")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		window.session.dispose()
		await sent
		const { chat } = (await test.ready()).state()
		expect(chat.messages).toMatchObject([{ text: "During" }, { status: "stopped", error: null }])
		expect(chat.usage).toMatchObject({
			total: { requests: 1, unpricedRequests: 1, knownUsd: 0 },
			failed: { refused: 0, unanswered: 0 },
		})
	})

	it("the extension host is killed", async (context) => {
		report(context, { fault: "the extension host is killed in mid-answer", sees: GONE, kept: KEPT })
		const host = startHost(test.folder, test.emulator.url)
		await host.ready()
		host.ask("Before")
		await host.answered("Before")
		const before = host.lastUsage()
		test.emulator.setScenario("stall")
		host.ask("During")
		await expect.poll(() => host.posted.at(-1)?.type).toBe("delta")
		await host.kill()
		await expectGoesOn(await reopened(), before)
	})

	it("the extension host is killed while it writes the chat", async (context) => {
		report(context, {
			fault: "the extension host is killed while it writes the chat, 3 times",
			sees: `${GONE} (under each)`,
			kept: "3 questions, what of the answers was in the file; 3 attempts, whether they were billed is not known",
		})
		const endpoint = await endlessServer()
		for (const text of ["One", "Two", "Three"]) {
			const host = startHost(test.folder, endpoint)
			await host.ready()
			host.ask(text)
			await expect.poll(() => host.posted.at(-1)?.type).toBe("delta")
			// The draft of the first save while it streams: the one at the beginning is over by now.
			while (!drafts().some((name) => name.includes(`.${host.pid}.`))) await new Promise(setImmediate)
			await host.kill()
		}
		const { chat } = (await reopened()).state()
		expect(questions(chat.messages)).toEqual(["One", "Two", "Three"])
		expect(chat.usage).toMatchObject({ total: { requests: 0 }, failed: { refused: 0, unanswered: 3 } })
		expect(test.problems).toEqual([])
	})
})

describe("A disk that takes no more", () => {
	it("from the middle of an answer on", async (context) => {
		const FULL =
			"The chat could not be saved (EFBIG: file too large, write). It goes on in this window, and is saved again with what comes next."
		report(context, {
			fault: "the disk takes no more (RLIMIT_FSIZE) from the middle of an answer on",
			sees: FULL,
			kept: "all in the window. In the file all before it and the question; 1 attempt, whether it was billed is not known",
		})
		const host = startHost(test.folder, await longServer(), 16)
		await host.ready()
		host.ask("During")
		await host.answered("During")
		host.ask("After")
		await host.answered("After")
		expect(host.problems).toEqual([FULL])
		const answers = host.posted.flatMap((each) =>
			each.type === "message" && each.message.role === "assistant" && each.message.status !== "streaming"
				? [answerText(each.message.parts).length]
				: [],
		)
		expect(answers).toEqual([60_000, 60_000])
		await host.kill()

		const window = await reopened()
		expect(questions(window.state().chat.messages)).toEqual(["During"])
		expect(window.state().chat.usage).toMatchObject({ total: { requests: 0 }, failed: { unanswered: 1 } })
		await window.send("Again")
		expect(window.lastAnswer().message.status).toBe("complete")
		expect(test.problems).toEqual([])
	})
})

/** What is being written, or was when its process was killed. */
function drafts(): string[] {
	return readdirSync(join(test.folder, "chats")).filter((name) => name.endsWith(".tmp"))
}

/** A new window over what an old one has left in the files. */
async function reopened(): Promise<SessionWindow> {
	test.connection = { credentials: KEY }
	test.emulator.setScenario("served-as-asked")
	const report = (sentence: string) => void test.problems.push(sentence)
	const stores = {
		global: new FileStore(join(test.folder, "settings.json"), report),
		window: new FileStore(join(test.folder, "window.json"), report),
		secrets: test.stores.secrets,
	}
	test.stores = stores as unknown as SessionUnderTest["stores"]
	return test.ready()
}

/** What a window finds that opens after another one was gone in the middle of an answer. */
async function expectGoesOn(window: SessionWindow, before: Parameters<typeof taken>[0]): Promise<void> {
	test.emulator.setScenario("served-as-asked")
	const { chat } = window.state()
	expect(chat.busy).toBe(false)
	expect(questions(chat.messages)).toEqual(["Before", "During"])
	expect(chat.messages.at(-1)).toMatchObject({ role: "assistant", status: "interrupted", request: null })
	expect(taken(before, chat.usage)).toEqual(expectedTaken("unanswered"))
	expect(chat.usage.failedByTier).toEqual([{ tier: "flex", totals: { refused: 0, unanswered: 1 } }])
	await window.send("After")
	const { usage, message } = window.lastAnswer()
	expect(message.status).toBe("complete")
	expect(taken(chat.usage, usage)).toEqual(expectedTaken({ usd: 0.000105 }))
	expect((await test.ready()).state().chat.usage).toEqual(usage)
	expect(seenBy(window, test.problems)).toEqual([])
}

function questions(messages: readonly ChatMessage[]): string[] {
	return messages.flatMap((message) => (message.role === "user" ? [message.text] : []))
}

const [START, WORD, ...END] = SHORT_FRAMES as [Frame, Frame, ...Frame[]]

function words(count: number): Uint8Array {
	return encodeFrame({ ...WORD, payload: { ...WORD.payload, delta: { text: "words ".repeat(count) } } })
}

/** Answers with 60,000 characters. */
function longServer(): Promise<string> {
	return server("http2", ({ response }) => {
		for (const frame of [encodeFrame(START), words(10_000), ...END.map((each) => encodeFrame(each))])
			response.write(frame)
		response.end()
	})
}

/** Goes on until the reader is gone, 60 KB at a time. */
function endlessServer(): Promise<string> {
	return server("http2", ({ response }) => {
		response.write(encodeFrame(START))
		const writing = setInterval(() => response.write(words(10_000)), 5)
		response.on("close", () => clearInterval(writing))
	})
}
