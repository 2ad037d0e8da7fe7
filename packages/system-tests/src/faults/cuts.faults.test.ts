import { answerText } from "@bedrock-tiers/protocol"
import { encodeFrame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { expect, it } from "vitest"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { SHORT_FRAMES, sampleBytes } from "@bedrock-tiers/test-kit/samples/response-sample"
import { startReplayServer } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { expectedUsageDelta, KEY, report, shownMessages, usageDelta, type Cost } from "./testing/run-fault-scenario"

/** A response cut after each of its bytes: one prompt per cut, in one window, over HTTP/2. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })
const BROKE_OFF = "The answer broke off before its end"
const BYTES = sampleBytes(SHORT_FRAMES)

type Cut = { readonly at: number; readonly sees: string | null; readonly text: string; readonly costs: Cost }

/**
 * @returns the expected outcome for each length: the text of the complete frames, a failure before the message stop, a
 * cost once the metadata has arrived
 */
function cuts(): Cut[] {
	const ends = SHORT_FRAMES.map((_, index) =>
		SHORT_FRAMES.slice(0, index + 1).reduce((sum, frame) => sum + encodeFrame(frame).length, 0),
	)
	return Array.from({ length: BYTES.length + 1 }, (_, at) => {
		const completeFrames = ends.filter((end) => end <= at).length
		const texts = SHORT_FRAMES.slice(0, completeFrames).flatMap(({ content = [] }) => content)
		return {
			at,
			sees: completeFrames >= 3 ? null : `${BROKE_OFF}.`,
			text: texts.map((chunk) => ("text" in chunk ? chunk.text : "")).join(""),
			costs: completeFrames === 4 ? { usd: 0.000105 } : "unknown",
		}
	})
}

it("Session shows the received text and one message when a response is cut after any of its bytes", async (context) => {
	const allCuts = cuts()
	report(context, {
		fault: `a response cut after each of its ${BYTES.length} bytes`,
		sees: `${BROKE_OFF}. From the model's stop on: the whole answer.`,
		kept: "prompt, received part of the answer; 1 request, cost unknown unless the metadata arrived",
	})
	expect(allCuts.at(-1)?.text).toBe("Two")
	const window = await test.ready()
	await window.save({ serviceTier: "flex" })
	for (const { at, sees, text, costs } of allCuts) {
		test.connection = {
			credentials: KEY,
			endpoint: await startReplayServer("http2", { bytes: BYTES.subarray(0, at), ending: "end" }),
		}
		await window.session.handle({ type: "new-chat" })
		const before = window.state().chat.usage
		window.posted.length = 0
		await window.send(`Cut at ${at}`)
		const { message, usage } = window.lastAnswer()
		// The SDK reports a detail for some positions only.
		const shown = shownMessages(window, test.problems).map((shownText) => shownText.replace(/ \(.*\)\.$/, "."))
		expect([at, shown]).toEqual([at, sees === null ? [] : [sees]])
		expect([at, answerText(message.parts)]).toEqual([at, text])
		expect([at, usageDelta(before, usage)]).toEqual([at, expectedUsageDelta(costs)])
	}
	test.connection = { credentials: KEY }
	await window.send("After")
	expect(window.lastAnswer().message.status).toBe("complete")
	expect(test.emulator.requests).toHaveLength(1)
})
