import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ApiStreamChunk, ChatTurn } from "../../provider-contract"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { InferenceOptions } from "./handler-options"

/** What stands beside the messages: limits, temperature, thinking, cache points. Read from the bytes that arrive. */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
beforeEach(() => {
	emulator.requests.length = 0
})
afterAll(() => emulator.close())

const SONNET_4_5 = "anthropic.claude-sonnet-4-5-20250929-v1:0"
const OPUS_4_7 = "anthropic.claude-opus-4-7"
const HELLO: readonly ChatTurn[] = [{ role: "user", content: "Hello" }]

function handler(modelId: string, options: InferenceOptions) {
	return new AwsBedrockHandler({
		region: "us-east-1",
		modelId,
		route: "auto",
		serviceTier: "default",
		api: "converse",
		credentials: { method: "api-key", apiKey: "test-key" },
		endpoint: emulator.url,
		applicationId: "wire-test",
		...options,
	})
}

/** The body of one ConverseStream request, and of one Converse request, which must be the same beside the system prompt. */
async function sent(modelId: string, options: InferenceOptions, system = "", turns = HELLO) {
	const under = handler(modelId, options)
	const chunks: ApiStreamChunk[] = []
	for await (const chunk of under.createMessage(system, turns)) chunks.push(chunk)
	if (turns === HELLO && system === "") await under.completePrompt("Hello")
	under.dispose()
	const [first, second] = emulator.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
	if (second) expect(second).toEqual(first)
	expect(emulator.requests.flatMap(({ unknownMembers }) => unknownMembers)).toEqual([])
	return first ?? {}
}

describe("limits and temperature", () => {
	it("are sent as they are set, 0 too, and not at all when they are not", async () => {
		expect(await sent("amazon.nova-pro-v1:0", { maxTokens: 500, temperature: 0 })).toEqual({
			messages: [{ role: "user", content: [{ text: "Hello" }] }],
			inferenceConfig: { maxTokens: 500, temperature: 0 },
		})
		emulator.requests.length = 0
		expect(await sent("amazon.nova-pro-v1:0", {})).not.toHaveProperty("inferenceConfig")
	})

	it("leave out the temperature where the model refuses it", async () => {
		expect((await sent(OPUS_4_7, { maxTokens: 500, temperature: 0.3 })).inferenceConfig).toEqual({ maxTokens: 500 })
	})

	it.each([{ maxTokens: 0 }, { maxTokens: 1.5 }, { temperature: -0.1 }, { temperature: 1.1 }, { temperature: NaN }])(
		"that cannot be are refused before anything is sent: %j",
		async (options) => {
			const answer = handler("amazon.nova-pro-v1:0", options).completePrompt("Hello")
			await expect(answer).rejects.toMatchObject({ code: "bad-input" })
			expect(emulator.requests).toHaveLength(0)
		},
	)
})

describe("thinking", () => {
	it("by a budget sends the limit with it, and no temperature", async () => {
		const body = await sent(SONNET_4_5, { reasoning: "medium", maxTokens: 4_000, temperature: 0.5 })
		expect(body.inferenceConfig).toEqual({ maxTokens: 4_000 })
		expect(body.additionalModelRequestFields).toEqual({ thinking: { type: "enabled", budget_tokens: 2_000 } })
	})

	it.each([
		[OPUS_4_7, { thinking: { type: "adaptive" }, output_config: { effort: "high" } }],
		["openai.gpt-oss-120b-1:0", { reasoning_effort: "high" }],
		["amazon.nova-2-lite-v1:0", { reasoningConfig: { type: "enabled", maxReasoningEffort: "high" } }],
	])("is asked of %s in its own words", async (modelId, fields) => {
		expect((await sent(modelId, { reasoning: "high" })).additionalModelRequestFields).toEqual(fields)
	})
})

describe("cache points", () => {
	it("go into the system prompt and the turns, with their lifetime", async () => {
		const long = "word ".repeat(1_000)
		const body = await sent(SONNET_4_5, { promptCaching: "1h" }, long)
		const cachePoint = { type: "default", ttl: "1h" }
		expect(body.system).toEqual([{ text: long }, { cachePoint }])
		expect(body.messages).toEqual([{ role: "user", content: [{ text: "Hello" }, { cachePoint }] }])
	})

	it("are not sent unless they are asked for", async () => {
		expect(JSON.stringify(await sent(SONNET_4_5, {}, "word ".repeat(1_000)))).not.toContain("cachePoint")
	})
})
