import { reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { readdirSync } from "node:fs"
import { join } from "node:path"
import { answerText, type ChatMessage } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { isValidSettingsValue } from "../../../../src/app/settings/settings"
import { FileStore } from "../../../../src/app/storage/file-store"
import {
	sessionUnderTest,
	type SessionUnderTest,
	type SessionWindow,
} from "@bedrock-tiers/test-kit/hosts/session-window"
import { encodeFrame, type Frame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { setUpHosts, startHost } from "./testing/host"
import { SHORT_FRAMES } from "@bedrock-tiers/test-kit/samples/response-sample"
import { startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { expectedUsageDelta, KEY, report, shownMessages, usageDelta } from "./testing/run-fault-scenario"

/** The process ends, or the disk fails, during an answer. The tests check what the next window finds in the files. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })
setUpHosts()

const INTERRUPTED = "Interrupted: the window was closed or reloaded while the answer was on its way."
const STORED = "prompt, saved part of the answer; 1 attempt, unknown whether it was billed"

describe("Chat after an interrupted answer", () => {
	it("contains the prompt and the saved part of the answer when the window was reloaded without cleanup", async (context) => {
		report(context, {
			fault: "the window is reloaded during an answer, without cleanup",
			sees: INTERRUPTED,
			kept: STORED,
		})
		test.connection = { credentials: KEY }
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		await window.send("Before")
		const before = window.lastAnswer().usage
		test.emulator.setScenario("stall")
		void window.send("During")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		test.endWindows()
		await expectRecovery(await test.ready(), before)
		window.session.dispose()
	})

	it("contains the received part of the answer as stopped when the window was disposed before the reload", async (context) => {
		report(context, {
			fault: "the window is reloaded during an answer, after it was disposed",
			sees: "Stopped before its end.",
			kept: "prompt, received part of the answer; 1 request, cost unknown",
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
			total: { requests: 1, unpricedRequests: 1, estimatedRequests: 0, knownUsd: 0 },
			failed: { refused: 0, unanswered: 0 },
		})
	})

	it("contains the prompt and the saved part of the answer when the extension host was killed", async (context) => {
		report(context, { fault: "the extension host is killed during an answer", sees: INTERRUPTED, kept: STORED })
		const host = startHost(test.folder, test.emulator.url)
		await host.ready()
		host.ask("Before")
		await host.answered("Before")
		const before = host.lastUsage()
		test.emulator.setScenario("stall")
		host.ask("During")
		await expect.poll(() => host.posted.at(-1)?.type).toBe("delta")
		await host.kill()
		await expectRecovery(await reopen(), before)
	})

	it("contains every prompt when the extension host was killed three times while writing the chat file", async (context) => {
		report(context, {
			fault: "the extension host is killed while it writes the chat file, 3 times",
			sees: `${INTERRUPTED} (under each)`,
			kept: "3 prompts, saved parts of the answers; 3 attempts, unknown whether they were billed",
		})
		const endpoint = await startEndlessServer()
		for (const text of ["One", "Two", "Three"]) {
			const host = startHost(test.folder, endpoint)
			await host.ready()
			host.ask(text)
			await expect.poll(() => host.posted.at(-1)?.type).toBe("delta")
			const interrupted = temporaryFiles()
			// Waits for the temporary file of the first save during streaming; the save at the start is already
			// complete.
			while (temporaryFiles().every((name) => interrupted.includes(name))) await new Promise(setImmediate)
			await host.kill()
		}
		const { chat } = (await reopen()).state()
		expect(questions(chat.messages)).toEqual(["One", "Two", "Three"])
		expect(chat.usage).toMatchObject({ total: { requests: 0 }, failed: { refused: 0, unanswered: 3 } })
		expect(test.problems).toEqual([])
	})
})

describe("Chat on a full disk", () => {
	it("continues in the window, and the file has the prompt and one unanswered attempt, when the disk fills up during an answer", async (context) => {
		const FULL =
			"The chat could not be saved (EFBIG: file too large, write). It goes on in this window, and is saved again with what comes next."
		report(context, {
			fault: "the disk is full (RLIMIT_FSIZE) from the middle of an answer on",
			sees: FULL,
			kept: "everything in the window; in the file everything before the answer and the prompt; 1 attempt, unknown whether it was billed",
		})
		const host = startHost(test.folder, await startLongAnswerServer(), 16)
		await host.ready()
		host.ask("During")
		await host.answered("During")
		host.ask("After")
		await host.answered("After")
		expect(host.problems).toEqual([FULL])
		const answers = host.posted.flatMap((posted) =>
			posted.type === "message" && posted.message.role === "assistant" && posted.message.status !== "streaming"
				? [answerText(posted.message.parts).length]
				: [],
		)
		expect(answers).toEqual([60_000, 60_000])
		await host.kill()

		const window = await reopen()
		expect(questions(window.state().chat.messages)).toEqual(["During"])
		expect(window.state().chat.usage).toMatchObject({ total: { requests: 0 }, failed: { unanswered: 1 } })
		await window.send("Again")
		expect(window.lastAnswer().message.status).toBe("complete")
		expect(test.problems).toEqual([])
	})
})

/** @returns names of temporary files of chats: writes in progress, or interrupted when their process was killed */
function temporaryFiles(): string[] {
	return readdirSync(join(test.folder, "chats")).filter((name) => name.endsWith(".tmp"))
}

/** Opens a new window over the files of a previous one. */
async function reopen(): Promise<SessionWindow> {
	test.connection = { credentials: KEY }
	test.emulator.setScenario("served-as-asked")
	const report = reportTo(test.problems)
	const stores = {
		global: new FileStore(join(test.folder, "settings.json"), report, isValidSettingsValue),
		window: new FileStore(join(test.folder, "window.json"), report),
		secrets: test.stores.secrets,
	}
	test.stores = stores as unknown as SessionUnderTest["stores"]
	return test.ready()
}

/** Checks the chat in a window that was opened after another one ended during an answer, then sends a prompt. */
async function expectRecovery(window: SessionWindow, before: Parameters<typeof usageDelta>[0]): Promise<void> {
	test.emulator.setScenario("served-as-asked")
	const { chat } = window.state()
	expect(chat.busy).toBe(false)
	expect(questions(chat.messages)).toEqual(["Before", "During"])
	expect(chat.messages.at(-1)).toMatchObject({ role: "assistant", status: "interrupted", request: null })
	expect(usageDelta(before, chat.usage)).toEqual(expectedUsageDelta("unanswered"))
	expect(chat.usage.failedByTier).toEqual([{ tier: "flex", totals: { refused: 0, unanswered: 1 } }])
	await window.send("After")
	const { usage, message } = window.lastAnswer()
	expect(message.status).toBe("complete")
	expect(usageDelta(chat.usage, usage)).toEqual(expectedUsageDelta({ usd: 0.000105 }))
	expect((await test.ready()).state().chat.usage).toEqual(usage)
	expect(shownMessages(window, test.problems)).toEqual([])
}

function questions(messages: readonly ChatMessage[]): string[] {
	return messages.flatMap((message) => (message.role === "user" ? [message.text] : []))
}

const [START, TEXT_DELTA, ...END] = SHORT_FRAMES as [Frame, Frame, ...Frame[]]

function textFrame(wordCount: number): Uint8Array {
	return encodeFrame({
		...TEXT_DELTA,
		payload: { ...TEXT_DELTA.payload, delta: { text: "words ".repeat(wordCount) } },
	})
}

/** Starts a server that responds with an answer of 60,000 characters. */
function startLongAnswerServer(): Promise<string> {
	return startServer("http2", ({ response }) => {
		for (const frame of [encodeFrame(START), textFrame(10_000), ...END.map((frame) => encodeFrame(frame))])
			response.write(frame)
		response.end()
	})
}

/** Starts a server that streams 60 KB at a time until the client disconnects. */
function startEndlessServer(): Promise<string> {
	return startServer("http2", ({ response }) => {
		response.write(encodeFrame(START))
		// So slow that the chat does not become too long, which would be summarized first.
		const writing = setInterval(() => response.write(textFrame(5)), 5)
		response.on("close", () => clearInterval(writing))
	})
}
