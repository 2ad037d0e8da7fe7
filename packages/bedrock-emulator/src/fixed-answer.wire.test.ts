import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startEmulator, type Emulator, type FixedAnswer } from "./index"
import { converseInput, HTTP_VERSIONS, realClient, stream } from "./testing/real-client"

/** A fixed answer with a tool use, as the AWS SDK client receives it. */

const ANSWER = {
	text: "Let me look.",
	toolUse: { name: "weather", input: { place: "the north of Portugal, by the sea", days: 2 } },
} satisfies FixedAnswer
const OFFER = { toolConfig: { tools: [{ toolSpec: { name: "weather", inputSchema: { json: { type: "object" } } } }] } }
const ID = /^tooluse_[a-z0-9]+$/

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: ANSWER })
})
afterAll(() => emulator.close())

it("Converse returns a fixed tool use after the text when the request offers the tool", async () => {
	const response = await realClient(emulator.url, "2").send(new ConverseCommand({ ...converseInput(), ...OFFER }))

	const toolUse = { toolUseId: expect.stringMatching(ID) as string, ...ANSWER.toolUse }
	expect(response.output?.message?.content).toEqual([{ text: "Let me look." }, { toolUse }])
	expect(response.stopReason).toBe("tool_use")
})

it.each(HTTP_VERSIONS)(
	"ConverseStream over HTTP/%s sends the name of a fixed tool use first, then its input as pieces of one JSON text",
	async (version) => {
		const { events, order, text } = await stream(realClient(emulator.url, version), {
			...converseInput(),
			...OFFER,
		})

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

it("ConverseStream omits a fixed tool use when the request does not offer the tool", async () => {
	const { order, text } = await stream(realClient(emulator.url, "2"), converseInput())

	expect(text).toBe("Let me look.")
	expect(order).not.toContain("contentBlockStart")
})

it("ConverseStream sends no text block when the fixed answer has a tool use and an empty text", async () => {
	const textless = await startEmulator({ pace: "instant", answer: { ...ANSWER, text: "" } })
	const { order } = await stream(realClient(textless.url, "2"), { ...converseInput(), ...OFFER })
	await textless.close()

	expect(order.slice(0, 2)).toEqual(["messageStart", "contentBlockStart"])
})

it("Converse omits a fixed tool use when the text was cut off at maxTokens", async () => {
	const input = { ...converseInput(), ...OFFER, inferenceConfig: { maxTokens: 1 } }
	const response = await realClient(emulator.url, "2").send(new ConverseCommand(input))

	expect(response.output?.message?.content).toEqual([{ text: "Let " }])
	expect(response.stopReason).toBe("max_tokens")
})
