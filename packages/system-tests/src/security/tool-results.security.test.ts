import { encodeFrame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { SHORT_FRAMES } from "@bedrock-tiers/test-kit/samples/response-sample"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { folderWith } from "@bedrock-tiers/test-kit/hosts/temporary-workspace"
import { startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { answerText } from "@bedrock-tiers/protocol"
import { readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { expect, it } from "vitest"
import { workspaceOf } from "../../../../src/app/workspace"
import { recordMeasurement, report } from "./testing/report"

/** A model that calls tools without end: real files, the real tools, real frames. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const CALLS = 400
const EVENT = { ":content-type": "application/json", ":message-type": "event" }
const frame = (event: string, payload: object) =>
	encodeFrame({ headers: { ...EVENT, ":event-type": event }, payload: payload as Record<string, never> })

/** An answer that reads the file many times. */
function callsInOneAnswer(count: number): Uint8Array {
	const calls = Array.from({ length: count }, (_, contentBlockIndex) => {
		const toolUseId = `call-${contentBlockIndex}`
		return [
			frame("contentBlockStart", { contentBlockIndex, start: { toolUse: { toolUseId, name: "read_file" } } }),
			frame("contentBlockDelta", { contentBlockIndex, delta: { toolUse: { input: '{"path":"big.txt"}' } } }),
			frame("contentBlockStop", { contentBlockIndex }),
		]
	})
	const usage = { inputTokens: 1000, outputTokens: 100, totalTokens: 1100 }
	return Buffer.concat([
		frame("messageStart", { role: "assistant" }),
		...calls.flat(),
		frame("messageStop", { stopReason: "tool_use" }),
		frame("metadata", { usage, metrics: { latencyMs: 1 } }),
	])
}
const endsInText = Buffer.concat(SHORT_FRAMES.map((one) => encodeFrame(one)))

it("An answer with 400 tool calls stores, posts and sends a bounded part of their results, and the chat goes on", async (context) => {
	report(context, {
		area: "workspace",
		tried: "an answer that reads a file of 60,000 characters 400 times; Bedrock rejects the next request as too long",
		holds: "192 KB of results are stored, each is posted once, a shorter request is sent, and the chat goes on",
	})
	const folder = folderWith({ "big.txt": "0123456789 ".repeat(9).concat("\n").repeat(700) })
	test.workspace = workspaceOf(() => [{ name: "project", path: folder }])
	const window = await test.ready()
	await window.session.handle({ type: "allow-tools", allowed: true })
	const maxBody = 150_000
	const { bodies } = await serve((count) => (count === 1 ? callsInOneAnswer(CALLS) : endsInText), maxBody)
	await window.send("Read everything")
	expect(window.lastAnswer()).toMatchObject({
		busy: false,
		message: { status: "complete", failedAttempts: [{ code: "prompt-too-long", outcome: "refused" }] },
	})
	const postedBytes = JSON.stringify(window.posted).length
	expect(postedBytes).toBeLessThan(1_200_000)
	expect(bodies).toHaveLength(3)
	expect(bodies[1]?.length).toBeLessThan(400_000)
	expect(bodies[2]?.length).toBeLessThan(maxBody)

	const { messages } = (await test.ready()).state().chat
	const parts = messages.flatMap((message) => (message.role === "assistant" ? message.parts : []))
	const results = parts.flatMap((part) => (part.kind === "tool-call" && part.result ? [part.result] : []))
	expect(results).toHaveLength(CALLS)
	const read = results.filter(({ ok }) => ok)
	expect(read.length).toBe(4)
	expect(read.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThan(193_000)
	expect(results.at(-1)?.text).toMatch(/^Not run: the results of one answer have reached their limit\./)

	await window.send("And now?")
	expect(window.lastAnswer()).toMatchObject({ busy: false, message: { status: "complete" } })
	expect(answerText(window.lastAnswer().message.parts)).not.toBe("")
	expect(bodies.at(-1)?.length).toBeLessThan(maxBody)
	recordMeasurement(context, `posted for 400 tool calls: ${postedBytes} bytes`)
})

it("A chat that a version without limits filled with tool results is answered, and stores no more results", async (context) => {
	report(context, {
		area: "workspace",
		tried: "a stored chat with a tool result of 9 MB, in which the model calls tools again",
		holds: "at most 192 KB of results are sent; the tools are not run; the chat goes on",
	})
	test.workspace = workspaceOf(() => [{ name: "project", path: folderWith({ "big.txt": "a small file" }) }])
	const window = await test.ready()
	await window.session.handle({ type: "allow-tools", allowed: true })
	const { bodies } = await serve((count) => (count % 2 === 1 ? callsInOneAnswer(1) : endsInText))
	await window.send("Read it")
	const chats = join(test.folder, "chats")
	const file = join(chats, readdirSync(chats).find((name) => name.endsWith(".json")) ?? "")
	const stored = readFileSync(file, "utf8")
	writeFileSync(file, stored.replace("a small file", "x".repeat(9_000_000)))

	const reopened = await test.ready()
	await reopened.send("Read it again")
	expect(reopened.lastAnswer()).toMatchObject({ busy: false, message: { status: "complete" } })
	expect(bodies).toHaveLength(4)
	expect(bodies[3]).toContain("Not run: the results in this chat have reached their limit.")
	for (const body of bodies) expect(body.length).toBeLessThan(250_000)
})

/** Answers each request of the session by `answer`, unless its body is longer than `maxBody`. */
async function serve(answer: (count: number) => Uint8Array, maxBody = Infinity) {
	const bodies: string[] = []
	const endpoint = await startServer("http2", ({ response, body }) => {
		bodies.push(body)
		if (body.length > maxBody) {
			response.writeHead(400, { "content-type": "application/json", "x-amzn-errortype": "ValidationException" })
			return response.end(JSON.stringify({ message: "Input is too long for requested model." }))
		}
		response.writeHead(200, { "content-type": "application/vnd.amazon.eventstream" })
		return response.end(answer(bodies.length))
	})
	test.connection = { endpoint }
	return { bodies }
}
