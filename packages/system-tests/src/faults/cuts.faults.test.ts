import { answerText } from "@bedrock-tiers/protocol"
import { encodeFrame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { expect, it } from "vitest"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"
import { SHORT_FRAMES, sampleBytes } from "@bedrock-tiers/test-kit/samples/response-sample"
import { answering } from "@bedrock-tiers/test-kit/servers/fault-servers"
import { expectedTaken, KEY, report, seenBy, taken, within, type Cost } from "./testing/run-fault-scenario"

/** One answer, ended after each of its bytes: a question for each, in one window, over HTTP/2. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })
const BROKE_OFF = "The answer broke off. The answer broke off before its end"
const BYTES = sampleBytes(SHORT_FRAMES)

type Cut = { readonly at: number; readonly sees: string | null; readonly text: string; readonly costs: Cost }

/** What follows from what came: the text of the whole frames, a failure until the model's stop, a cost from its metadata. */
function cuts(): Cut[] {
	const ends = SHORT_FRAMES.map((_, index) =>
		SHORT_FRAMES.slice(0, index + 1).reduce((sum, frame) => sum + encodeFrame(frame).length, 0),
	)
	return Array.from({ length: BYTES.length + 1 }, (_, at) => {
		const whole = ends.filter((end) => end <= at).length
		const texts = SHORT_FRAMES.slice(0, whole).flatMap(({ brings = [] }) => brings)
		return {
			at,
			sees: whole >= 3 ? null : `${BROKE_OFF}.`,
			text: texts.map((chunk) => ("text" in chunk ? chunk.text : "")).join(""),
			costs: whole === 4 ? { usd: 0.000105 } : "unknown",
		}
	})
}

it("a frame cut at every byte", { timeout: 60_000 }, async (context) => {
	const all = cuts()
	report(context, {
		fault: `a frame cut at each of an answer's ${BYTES.length} bytes`,
		sees: `${BROKE_OFF}. From the model's stop on: the whole answer.`,
		kept: "question, what came of the answer; 1 request, its cost is not known before its metadata came",
	})
	expect(all.at(-1)?.text).toBe("Two")
	const window = await test.ready()
	await window.save({ serviceTier: "flex" })
	for (const { at, sees, text, costs } of all) {
		test.connection = {
			credentials: KEY,
			endpoint: await answering("http2", { bytes: BYTES.subarray(0, at), ending: "end" }),
		}
		await window.session.handle({ type: "new-chat" })
		const before = window.state().chat.usage
		window.posted.length = 0
		await within(15_000, window.send(`Cut at ${at}`))
		const { message, usage } = window.lastAnswer()
		// Where in a frame it was cut, the SDK tells or does not.
		const seen = seenBy(window, test.problems).map((sentence) => sentence.replace(/ \(.*\)\.$/, "."))
		expect([at, seen]).toEqual([at, sees === null ? [] : [sees]])
		expect([at, answerText(message.parts)]).toEqual([at, text])
		expect([at, taken(before, usage)]).toEqual([at, expectedTaken(costs)])
	}
	test.connection = { credentials: KEY }
	await window.send("After")
	expect(window.lastAnswer().message.status).toBe("complete")
	expect(test.emulator.requests).toHaveLength(1)
})
