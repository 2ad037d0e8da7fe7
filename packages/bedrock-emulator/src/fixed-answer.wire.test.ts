import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startEmulator, type Emulator, type FixedAnswer } from "./index"
import { ask, HTTP_VERSIONS, realClient, stream } from "./testing/real-client"

/** A fixed answer with a tool use, as the SDK's client gets it. */

const ANSWER = {
	text: "Let me look.",
	toolUse: { name: "weather", input: { place: "the north of Portugal, by the sea", days: 2 } },
} satisfies FixedAnswer
const OFFER = { toolConfig: { tools: [{ toolSpec: { name: "weather", inputSchema: { json: {} } } }] } }
const ID = /^tooluse_[a-z0-9]+$/

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: ANSWER })
})
afterAll(() => emulator.close())

it("comes after the text, where the request offers the tool", async () => {
	const answer = await realClient(emulator.url, "2").send(new ConverseCommand({ ...ask(), ...OFFER }))

	const toolUse = { toolUseId: expect.stringMatching(ID) as string, ...ANSWER.toolUse }
	expect(answer.output?.message?.content).toEqual([{ text: "Let me look." }, { toolUse }])
	expect(answer.stopReason).toBe("tool_use")
})

it.each(HTTP_VERSIONS)(
	"is streamed over HTTP/%s: its name first, then its input in pieces of one JSON text",
	async (version) => {
		const { events, order, text } = await stream(realClient(emulator.url, version), { ...ask(), ...OFFER })

		expect(order).toEqual([
			...["messageStart", "contentBlockDelta", "contentBlockStop"],
			...["contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata"],
		])
		expect(text).toBe("Let me look.")
		const start = events.find(({ contentBlockStart }) => contentBlockStart)?.contentBlockStart
		expect(start).toMatchObject({
			start: { toolUse: { toolUseId: expect.stringMatching(ID) as string, name: "weather" } },
			contentBlockIndex: 1,
		})
		const pieces = events.flatMap(({ contentBlockDelta }) => contentBlockDelta?.delta?.toolUse?.input ?? [])
		expect(pieces.length).toBeGreaterThan(1)
		expect(JSON.parse(pieces.join(""))).toEqual(ANSWER.toolUse.input)
		expect(events.find(({ messageStop }) => messageStop)?.messageStop?.stopReason).toBe("tool_use")
	},
)

it("is left out where the request does not offer the tool", async () => {
	const { order, text } = await stream(realClient(emulator.url, "2"), ask())

	expect(text).toBe("Let me look.")
	expect(order).not.toContain("contentBlockStart")
})

it("may be all there is: no text block comes then", async () => {
	const silent = await startEmulator({ pace: "instant", answer: { ...ANSWER, text: "" } })
	const { order } = await stream(realClient(silent.url, "2"), { ...ask(), ...OFFER })
	await silent.close()

	expect(order.slice(0, 2)).toEqual(["messageStart", "contentBlockStart"])
})

it("does not come when the text was cut off at maxTokens", async () => {
	const input = { ...ask(), ...OFFER, inferenceConfig: { maxTokens: 1 } }
	const answer = await realClient(emulator.url, "2").send(new ConverseCommand(input))

	expect(answer.output?.message?.content).toEqual([{ text: "Let " }])
	expect(answer.stopReason).toBe("max_tokens")
})
