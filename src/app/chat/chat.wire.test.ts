import { detail } from "@bedrock-tiers/error-details"
import { reportTo } from "@bedrock-tiers/test-kit/hosts/english-locale"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { ChatStore } from "../storage/chat-store"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"

/** A question and its answer as the webview receives them, through the real handler and a real socket. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

it("The posted changes add up to the state that a new webview gets", async () => {
	const window = await test.ready()
	await window.save({ serviceTier: "flex" })
	await window.send("One")
	await window.session.handle({ type: "allow-tools", allowed: true })
	await window.send("Two")
	const [first] = window.state().chat.messages
	await window.session.handle({ type: "edit", messageId: first?.id ?? "", text: "Other" })
	await window.session.newChat()
	await window.send("Three")
	await window.session.postState()
	const view = window.state()
	await window.session.handle({ type: "ready" })
	expect(view).toEqual(window.state())
	expect(view.chat.messages).toHaveLength(2)
})

it("A failure is stored as codes and parameters, so that it can be shown in another language", async () => {
	const window = await test.ready()
	test.emulator.setScenario("tier-refused")
	await window.save({ serviceTier: "flex", whenTierCannotServe: "stop" })
	await window.send("Hi")
	const [file = ""] = readdirSync(join(test.folder, "chats"))
	const stored = readFileSync(join(test.folder, "chats", file), "utf8")
	expect(stored).toContain('"code":"request.tier-refused"')
	expect(stored).not.toContain("Bedrock refused")
})

describe("A question and its answer", () => {
	it("are posted as messages and deltas, and the final answer has the served tier and the cost", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		window.posted.length = 0
		await window.send("Hi")
		// One state is posted, too: it has the chat's title.
		const kinds = window.posted.map(({ type }) => type).filter((type) => !type.startsWith("state"))
		expect(kinds.filter((type, index) => type !== kinds[index - 1])).toEqual(["message", "delta", "message"])
		expect(window.state().chat.title).toBe("Hi")
		expect(window.posted.at(-1)).toMatchObject({
			type: "message",
			busy: false,
			message: {
				role: "assistant",
				parts: [{ kind: "text", text: "Hello there." }],
				status: "complete",
				request: { requestedTier: "flex", servedTier: "flex", billedTier: "flex" },
			},
			usage: {
				total: { requests: 1, knownUsd: expect.closeTo(0.000105, 12) },
				byTier: [{ tier: "flex" }],
				contextTokens: 1100,
				contextWindow: 128_000,
			},
		})
	})

	it("are billed as default when Flex was requested and default served", async () => {
		test.emulator.setScenario("flex-served-as-default")
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		await window.send("Hi")
		expect(window.posted.at(-1)).toMatchObject({
			message: {
				request: { requestedTier: "flex", servedTier: "default", totalUsd: expect.closeTo(0.00021, 12) },
			},
		})
	})

	it("are sent again with the next question", async () => {
		const window = await test.ready()
		await window.send("First")
		await window.send("Second")
		const { messages } = JSON.parse(test.emulator.requests[1]?.body ?? "{}") as { messages: unknown[] }
		expect(messages).toEqual([
			{ role: "user", content: [{ text: "First" }] },
			{ role: "assistant", content: [{ text: "Hello there." }] },
			{ role: "user", content: [{ text: "Second" }] },
		])
	})

	it("end in a failed answer without cost when the request is refused, and the next question works", async () => {
		test.emulator.setScenario("tier-refused")
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		await window.send("Hi")
		expect(window.lastAnswer()).toMatchObject({
			busy: false,
			message: { status: "failed", error: { code: "tier-refused" }, request: null },
			usage: { total: { requests: 0 } },
		})
		test.emulator.setScenario("served-as-asked")
		await window.send("Again")
		expect(window.lastAnswer()).toMatchObject({ message: { status: "complete" } })
	})

	it("are not added to the chat when the question is too long for the model, and the chat continues", async () => {
		const window = await test.ready()
		await window.send("a".repeat(20_000_000))
		// gpt-oss-120b has a context window of 128,000 tokens, each of at most 16 characters.
		expect(window.posted.at(-1)).toEqual({
			type: "refused",
			requestId: null,
			field: "text",
			details: [detail("chat.prompt-too-long", { characters: 20_000_000, maxCharacters: 2_048_000 })],
		})
		expect(test.emulator.requests).toHaveLength(0)
		await window.send("Hi")
		expect(window.lastAnswer().message.status).toBe("complete")
		expect(test.emulator.requests[0]?.body.length).toBeLessThan(1_000)
	})

	it("end at once when the user stops the answer, with an unknown cost, not 0", async () => {
		test.emulator.setScenario("stall")
		const window = await test.ready()
		const sent = window.send("Hi")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		await window.session.handle({ type: "stop" })
		await sent
		expect(window.posted.at(-1)).toMatchObject({
			busy: false,
			message: {
				status: "stopped",
				error: null,
				request: { totalUsd: null, unpricedReason: "usage-not-reported" },
			},
			usage: { total: { requests: 1, unpricedRequests: 1, estimatedRequests: 0 } },
		})
	})
})

describe("Settings of a profile", () => {
	it("are in the body of the request", async () => {
		const window = await test.ready()
		await window.save({ reasoning: "high", maxTokens: 2_000, temperature: 0 })
		await window.send("Hi")
		expect(JSON.parse(test.emulator.requests[0]?.body ?? "{}")).toMatchObject({
			inferenceConfig: { maxTokens: 2_000, temperature: 0 },
			additionalModelRequestFields: { reasoning_effort: "high" },
		})
	})

	it.each([
		[{}, 1],
		[{ promptCaching: "off" }, 0],
	] as const)("add a cache point to a long prompt unless prompt caching is off: %j", async (caching, points) => {
		const window = await test.ready()
		await window.save({ modelId: "anthropic.claude-sonnet-4-6", ...caching })
		await window.send("word ".repeat(4_000))
		expect(test.emulator.requests[0]?.body.match(/"cachePoint":\{"type":"default"\}/g)?.length ?? 0).toBe(points)
	})

	it("are left out of the request when they are not set, so that the model's defaults apply", async () => {
		const window = await test.ready()
		await window.send("Hi")
		expect(Object.keys(JSON.parse(test.emulator.requests[0]?.body ?? "{}"))).toEqual(["messages", "system"])
	})
})

describe("Stored chats", () => {
	it("survive a reload with their costs", async () => {
		const window = await test.ready()
		await window.send("Hi")
		const before = window.posted.at(-1)
		const { chat } = (await test.ready()).state()
		expect(chat.messages).toMatchObject([{ text: "Hi" }, { parts: [{ text: "Hello there." }] }])
		expect(before).toMatchObject({ usage: chat.usage })
	})

	it("show an answer as interrupted when its window was closed while it streamed", async () => {
		test.emulator.setScenario("stall")
		const window = await test.ready()
		void window.send("Hi")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		test.endWindows()
		const { chat } = (await test.ready()).state()
		expect(chat.busy).toBe(false)
		expect(chat.messages.at(-1)).toMatchObject({ role: "assistant", status: "interrupted" })
		window.session.dispose()
	})

	it("contain the received part of a streaming answer, also when the stream stalls", async () => {
		test.emulator.setScenario("stall")
		const window = await test.ready()
		void window.send("Hi")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		const { chat } = window.state()
		const answer = async () =>
			(await new ChatStore(join(test.folder, "chats"), reportTo(test.problems)).peek(chat.id))?.messages.at(-1)
		await expect.poll(answer).toMatchObject({ parts: [{ kind: "text", text: "Hello there." }] })
		window.session.dispose()
	})

	it("remain in their files when a new, empty chat is started", async () => {
		const window = await test.ready()
		await window.send("Hi")
		await window.session.handle({ type: "new-chat" })
		expect(window.state().chat).toMatchObject({ messages: [], usage: { total: { requests: 0 } } })
		expect(readdirSync(join(test.folder, "chats"))).toHaveLength(1)
	})

	it("lose only a damaged message; a damaged file is left unchanged and a new chat is started", async () => {
		const window = await test.ready()
		await window.send("Hi")
		const file = join(test.folder, "chats", readdirSync(join(test.folder, "chats"))[0] ?? "")
		const record = JSON.parse(readFileSync(file, "utf8")) as { messages: unknown[] }
		writeFileSync(file, JSON.stringify({ ...record, messages: [{ role: "ghost" }, ...record.messages] }))
		expect((await test.ready()).state().chat.messages).toHaveLength(2)
		const [question, answer] = record.messages as Record<string, unknown>[]
		const damaged = { ...answer, request: { ...(answer?.request as object), totalUsd: "much" } }
		writeFileSync(file, JSON.stringify({ ...record, messages: [question, damaged] }))
		const { chat } = (await test.ready()).state()
		expect(chat.messages).toMatchObject([{ text: "Hi" }, { parts: [{ text: "Hello there." }], request: null }])
		expect(chat.usage.total.requests).toBe(0)
		writeFileSync(file, "{")
		expect((await test.ready()).state().chat.messages).toEqual([])
		expect(readFileSync(file, "utf8")).toBe("{")
	})

	it("are reported when they cannot be written, and the answer is still shown", async () => {
		writeFileSync(join(test.folder, "chats"), "a file where the folder should be")
		const window = await test.ready()
		await window.send("Hi")
		expect(window.posted.at(-1)).toMatchObject({ message: { status: "complete" } })
		expect(test.problems[0]).toContain("could not be saved")
	})
})
