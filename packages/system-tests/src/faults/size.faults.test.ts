import { once } from "node:events"
import { answerText } from "@bedrock-tiers/protocol"
import { expect, it } from "vitest"
import { encodeFrame, type Frame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { SHORT_FRAMES } from "@bedrock-tiers/test-kit/samples/response-sample"
import { startServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { KEY, report, shownMessages } from "./testing/run-fault-scenario"

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })

const FRAME_TEXT = "words ".repeat(10_000)
const FRAME_COUNT = 834

it("Session stores an answer of 50 MB and resends its beginning only", async (context) => {
	report(context, {
		fault: "an answer of 50 MB",
		sees: "The whole answer.",
		kept: "prompt, answer; 1 request with its cost. The next request contains the first 400,000 characters of the answer",
	})
	const window = await test.ready()
	await window.save({ serviceTier: "flex" })
	test.connection = {
		credentials: KEY,
		endpoint: await startServer("http2", ({ response }) => writeAll(response)),
	}
	await window.send("During")
	expect(shownMessages(window, test.problems)).toEqual([])
	const { message } = window.lastAnswer()
	expect(message).toMatchObject({ status: "complete", request: { totalUsd: expect.closeTo(0.000105, 12) } })
	expect(answerText(message.parts)).toHaveLength(50_040_000)

	test.connection = { credentials: KEY }
	await window.send("After")
	expect(window.lastAnswer().message.status).toBe("complete")
	expect(test.emulator.requests[0]?.body.length).toBeLessThan(410_000)
	const { chat } = (await test.ready()).state()
	expect(chat.messages.map((each) => (each.role === "user" ? each.text : answerText(each.parts).length))).toEqual([
		"During",
		50_040_000,
		"After",
		12,
	])
	expect(chat.usage).toEqual(window.lastAnswer().usage)
})

async function writeAll(response: NodeJS.WritableStream): Promise<void> {
	const [start, textDelta, ...end] = SHORT_FRAMES
	const textFrame = encodeFrame({
		...textDelta,
		payload: { ...textDelta?.payload, delta: { text: FRAME_TEXT } },
	} as Frame)
	const frames = [
		encodeFrame(start as Frame),
		...Array.from({ length: FRAME_COUNT }, () => textFrame),
		...end.map((frame) => encodeFrame(frame)),
	]
	for (const frame of frames) if (!response.write(frame)) await once(response, "drain")
	response.end()
}
