import { answerText, type AnswerPart, type ChatMessage } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import type { ChatTools } from "../ports"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/** Questions whose answer needs tool calls: a chain of requests, each with its own cost. */

const test = sessionUnderTest({ answer: "Done.", usage: { inputTokens: 1000, outputTokens: 100 } })

const tool = (name: string) => ({ type: "function", function: { name, parameters: { type: "object" } } }) as const

/** Opens a workspace whose tools record their calls. Returns the recorded calls. */
function openWorkspace(run: ChatTools["run"] = async (name) => ({ ok: true, text: `${name} was here` })) {
	const calls: [name: string, input: unknown][] = []
	test.workspace = {
		isOpen: () => true,
		tools: async () => ({
			definitions: [tool("list_files"), tool("read_file")],
			run: async (name, input, signal) => {
				calls.push([name, input])
				return run(name, input, signal)
			},
		}),
	}
	return calls
}

async function windowWithToolsAllowed(): Promise<SessionWindow> {
	const window = await test.ready()
	await window.session.handle({ type: "allow-tools", allowed: true })
	test.emulator.setScenario("calls-tools")
	return window
}

type Body = { messages: { role: string; content: Record<string, unknown>[] }[]; toolConfig?: object }
const bodies = () => test.emulator.requests.map(({ body }) => JSON.parse(body) as Body)
const kinds = (message: ChatMessage | undefined) =>
	message?.role === "assistant" ? message.parts.map(({ kind }) => kind) : []
const isCall = (part: AnswerPart) => part.kind === "tool-call"

describe("Workspace tools that the user has not allowed", () => {
	it("are not sent in a request, even when a folder is open", async () => {
		openWorkspace()
		const window = await test.ready()
		test.emulator.setScenario("calls-tools")
		await window.send("What is here?")
		expect(window.state()).toMatchObject({ workspaceOpen: true, chat: { toolsAllowed: false } })
		expect(bodies()).toHaveLength(1)
		expect(bodies()[0]).not.toHaveProperty("toolConfig")
	})

	it("need a new permission in a new chat", async () => {
		openWorkspace()
		const window = await windowWithToolsAllowed()
		expect(window.state().chat.toolsAllowed).toBe(true)
		await window.session.handle({ type: "new-chat" })
		expect(window.state().chat.toolsAllowed).toBe(false)
	})

	it("are not sent in a request when no folder is open, even when the user allowed them", async () => {
		const window = await windowWithToolsAllowed()
		await window.send("What is here?")
		expect(bodies()[0]).not.toHaveProperty("toolConfig")
		expect(window.lastAnswer().message.status).toBe("complete")
	})
})

describe("Workspace tools that the user allowed for the chat", () => {
	it("run on each call, their results are sent to the model, and the final answer is text", async () => {
		const calls = openWorkspace()
		const window = await windowWithToolsAllowed()
		await window.send("What is here?")
		expect(calls).toEqual([
			["list_files", { path: "." }],
			["read_file", { path: "README.md" }],
		])
		const sent = bodies()
		expect(sent).toHaveLength(3)
		expect(sent[2]?.messages.map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant", "user"])
		const [, called, answered] = sent[1]?.messages ?? []
		const { toolUseId } = called?.content.at(-1)?.toolUse as { toolUseId: string }
		expect(answered?.content).toEqual([{ toolResult: { toolUseId, content: [{ text: "list_files was here" }] } }])
		expect(window.lastAnswer()).toMatchObject({ busy: false, message: { status: "complete" } })
	})

	it("give each request its own answer and cost, and the total counts each request once", async () => {
		openWorkspace()
		const window = await windowWithToolsAllowed()
		await window.save({ serviceTier: "flex" })
		await window.send("What is here?")
		const { messages, usage } = (await test.ready()).state().chat
		expect(messages.map(kinds)).toEqual([[], ["text", "tool-call"], ["text", "tool-call"], ["text"]])
		const costs = messages.flatMap((message) => (message.role === "assistant" ? [message.request?.totalUsd] : []))
		// On Flex: 1,000 × $0.075 + 100 × $0.30 per million, three times.
		expect(costs).toEqual([0.000105, 0.000105, 0.000105].map((usd) => expect.closeTo(usd, 12) as number))
		expect(usage.total).toMatchObject({ requests: 3, knownUsd: expect.closeTo(0.000315, 12) as number })
		expect(test.emulator.requests.map(({ requestedTier }) => requestedTier)).toEqual(["flex", "flex", "flex"])
	})

	it("keep calls, results and permission after a reload, and the next request includes them", async () => {
		openWorkspace()
		await (await windowWithToolsAllowed()).send("What is here?")
		const window = await test.ready()
		expect(window.state().chat.toolsAllowed).toBe(true)
		test.emulator.setScenario("served-as-asked")
		await window.send("And now?")
		const { messages } = bodies().at(-1) as Body
		expect(messages.flatMap(({ content }) => content.flatMap((block) => Object.keys(block)))).toEqual([
			"text",
			"text",
			"toolUse",
			"toolResult",
			"text",
			"toolUse",
			"toolResult",
			"text",
			"text",
		])
	})

	it("report a failure to the model and to the user", async () => {
		openWorkspace(async () => ({ ok: false, text: "There is no such file." }))
		const window = await windowWithToolsAllowed()
		await window.send("What is here?")
		const result = bodies()[1]?.messages.at(-1)?.content[0]
		expect(result).toMatchObject({
			toolResult: { status: "error", content: [{ text: "There is no such file." }] },
		})
		const [, answer] = (await test.ready()).state().chat.messages
		expect(answer?.role === "assistant" && answer.parts.find(isCall)).toMatchObject({
			result: { ok: false, text: "There is no such file." },
		})
	})

	it("are allowed by a message that contains only the permission", async () => {
		const window = await windowWithToolsAllowed()
		expect(window.posted.at(-1)).toEqual({ type: "state-changed", changes: { chat: { toolsAllowed: true } } })
	})

	it("do not run and are not sent any more after the user revokes the permission during an answer", async () => {
		const window = await windowWithToolsAllowed()
		const calls = openWorkspace(async () => {
			await window.session.handle({ type: "allow-tools", allowed: false })
			return { ok: true, text: "the last one" }
		})
		await window.send("What is here?")
		expect(calls).toHaveLength(1)
		expect(bodies()).toHaveLength(2)
		expect(bodies()[1]).not.toHaveProperty("toolConfig")
		expect(JSON.stringify(bodies()[1])).toContain("the last one")
	})
})

describe("A chain of tool calls", () => {
	it("ends at once when the user stops it, and the next request reports the call as not run", async () => {
		openWorkspace(
			(_name, _input, signal) =>
				new Promise((resolve) => {
					signal.addEventListener("abort", () => resolve({ ok: false, text: "Stopped." }))
				}),
		)
		const window = await windowWithToolsAllowed()
		const sent = window.send("What is here?")
		await expect.poll(() => window.posted.some((message) => hasCall(message))).toBe(true)
		await window.session.handle({ type: "stop" })
		await sent
		expect(window.lastAnswer()).toMatchObject({ busy: false, message: { status: "stopped", error: null } })
		expect(window.lastAnswer().usage.total.requests).toBe(1)

		test.emulator.setScenario("served-as-asked")
		await window.send("Then not.")
		const [result] = bodies().at(-1)?.messages.at(-1)?.content ?? []
		const text = "There is no result: the call was not run, or its result was lost."
		expect(result).toMatchObject({ toolResult: { status: "error", content: [{ text }] } })
		expect(window.lastAnswer().message.status).toBe("complete")
	})

	it("ends with the 25th request, which disables tools, so that the model answers in text", async () => {
		const calls = openWorkspace()
		test.workspace = {
			isOpen: () => true,
			tools: async () => ({
				definitions: Array.from({ length: 40 }, (_, index) => tool(`tool_${index}`)),
				run: async (name, input) => {
					calls.push([name, input])
					return { ok: true, text: "more" }
				},
			}),
		}
		const window = await windowWithToolsAllowed()
		await window.send("Go on for ever")
		expect(calls).toHaveLength(24)
		expect(bodies()).toHaveLength(25)
		expect(bodies()[24]).not.toHaveProperty("toolConfig")
		expect(answerText(window.lastAnswer().message.parts)).toBe("Done.")
	})

	it("keeps the first request and its cost when the second fails, and a retry continues from there", async () => {
		const calls = openWorkspace(async () => {
			test.emulator.setScenario("access-denied")
			return { ok: true, text: "list" }
		})
		const window = await windowWithToolsAllowed()
		await window.send("What is here?")
		expect(window.lastAnswer()).toMatchObject({
			busy: false,
			message: { status: "failed", request: null },
			usage: { total: { requests: 1 } },
		})
		test.emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "default" })
		expect(calls).toHaveLength(1)
		expect(
			bodies()
				.at(-1)
				?.messages.map(({ role }) => role),
		).toEqual(["user", "assistant", "user"])
		expect(window.lastAnswer()).toMatchObject({
			message: { status: "complete" },
			usage: { total: { requests: 2 } },
		})
	})
})

function hasCall(message: SessionWindow["posted"][number]): boolean {
	return message.type === "message" && message.message.role === "assistant" && message.message.parts.some(isCall)
}
