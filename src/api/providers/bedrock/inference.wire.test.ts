import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ApiStreamChunk, ChatTurn } from "../../provider-contract"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { InferenceOptions } from "./handler-options"

/**
 * Request members other than the messages: limits, temperature, reasoning and cache points, read from the bytes that
 * arrive.
 */

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

/** The body of a ConverseStream request. Without a system prompt, a Converse request must have the same body. */
async function sent(modelId: string, options: InferenceOptions, system = "", turns = HELLO) {
	const bedrockHandler = handler(modelId, options)
	const chunks: ApiStreamChunk[] = []
	for await (const chunk of bedrockHandler.createMessage(system, turns)) chunks.push(chunk)
	if (turns === HELLO && system === "") await bedrockHandler.completePrompt("Hello")
	bedrockHandler.dispose()
	const [first, second] = emulator.requests.map(({ body }) => JSON.parse(body) as Record<string, unknown>)
	if (second) expect(second).toEqual(first)
	expect(emulator.requests.flatMap(({ unknownMembers }) => unknownMembers)).toEqual([])
	return first ?? {}
}

describe("maxTokens and temperature", () => {
	it("are sent as set, including 0, and omitted when not set", async () => {
		expect(await sent("amazon.nova-pro-v1:0", { maxTokens: 500, temperature: 0 })).toEqual({
			messages: [{ role: "user", content: [{ text: "Hello" }] }],
			inferenceConfig: { maxTokens: 500, temperature: 0 },
		})
		emulator.requests.length = 0
		expect(await sent("amazon.nova-pro-v1:0", {})).not.toHaveProperty("inferenceConfig")
	})

	it("are sent without the temperature to a model that refuses it", async () => {
		expect((await sent(OPUS_4_7, { maxTokens: 500, temperature: 0.3 })).inferenceConfig).toEqual({ maxTokens: 500 })
	})

	it.each([{ maxTokens: 0 }, { maxTokens: 1.5 }, { temperature: -0.1 }, { temperature: 1.1 }, { temperature: NaN }])(
		"are rejected before anything is sent when they are invalid: %j",
		async (options) => {
			const answer = handler("amazon.nova-pro-v1:0", options).completePrompt("Hello")
			await expect(answer).rejects.toMatchObject({ code: "bad-input" })
			expect(emulator.requests).toHaveLength(0)
		},
	)
})

describe("Reasoning", () => {
	it("with a token budget is sent with maxTokens and without a temperature", async () => {
		const body = await sent(SONNET_4_5, { reasoning: "medium", maxTokens: 4_000, temperature: 0.5 })
		expect(body.inferenceConfig).toEqual({ maxTokens: 4_000 })
		expect(body.additionalModelRequestFields).toEqual({ thinking: { type: "enabled", budget_tokens: 2_000 } })
	})

	it.each([
		[OPUS_4_7, { thinking: { type: "adaptive" }, output_config: { effort: "high" } }],
		["openai.gpt-oss-120b-1:0", { reasoning_effort: "high" }],
		["amazon.nova-2-lite-v1:0", { reasoningConfig: { type: "enabled", maxReasoningEffort: "high" } }],
	])("is requested from %s with the model's own fields", async (modelId, fields) => {
		expect((await sent(modelId, { reasoning: "high" })).additionalModelRequestFields).toEqual(fields)
	})
})

describe("Cache points", () => {
	it("are added to the system prompt and the messages, with their TTL", async () => {
		const long = "word ".repeat(1_000)
		const body = await sent(SONNET_4_5, { promptCaching: "1h" }, long)
		const cachePoint = { type: "default", ttl: "1h" }
		expect(body.system).toEqual([{ text: long }, { cachePoint }])
		expect(body.messages).toEqual([{ role: "user", content: [{ text: "Hello" }, { cachePoint }] }])
	})

	it("are not sent unless prompt caching is requested", async () => {
		expect(JSON.stringify(await sent(SONNET_4_5, {}, "word ".repeat(1_000)))).not.toContain("cachePoint")
	})
})
