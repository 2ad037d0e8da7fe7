import type { OmittableParameter, ReasoningLevel } from "@bedrock-tiers/core"
import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ParameterAdjustment, RequestMetadata, ToolDefinition } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockHandlerOptions } from "./handler-options"

/** Parameters that a model refuses are left out of the bytes. The emulator refuses them as Bedrock does. */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
beforeEach(() => {
	emulator.requests.length = 0
	emulator.setScenario("served-as-asked")
})
afterAll(() => emulator.close())

const TOOL: ToolDefinition = { type: "function", function: { name: "read_file", parameters: { type: "object" } } }
const PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

type Part = Partial<BedrockHandlerOptions>

function handlerOf(modelId: string, part: Part) {
	return new AwsBedrockHandler({
		region: "us-east-1",
		modelId,
		route: "auto",
		serviceTier: "default",
		api: "converse",
		credentials: { method: "api-key", apiKey: "test-key" },
		endpoint: emulator.url,
		applicationId: "wire-test",
		...part,
	})
}

/** Sends a prompt and returns what was sent and which parameters were adjusted. */
async function sent(modelId: string, part: Part) {
	const handler = handlerOf(modelId, part)
	const adjustments: ParameterAdjustment[] = []
	await handler.completePrompt("Hello", { onAdjusted: (list) => adjustments.push(...list) })
	handler.dispose()
	const body = JSON.parse(emulator.requests[0]?.body ?? "{}") as Record<string, unknown>
	return { body, adjustments }
}

/** Sends a request with a system prompt, an image and a tool. */
async function sentWithAll(part: Part, { metadata: given = { tools: [TOOL] } }: { metadata?: RequestMetadata } = {}) {
	const handler = handlerOf(part.modelId ?? "amazon.nova-pro-v1:0", part)
	const image = { type: "image", source: { type: "base64", media_type: "image/png", data: PNG } } as const
	const turns = [{ role: "user" as const, content: [{ type: "text" as const, text: "What is this?" }, image] }]
	const adjustments: ParameterAdjustment[] = []
	const metadata = { ...given, onAdjusted: (list: readonly ParameterAdjustment[]) => adjustments.push(...list) }
	for await (const chunk of handler.createMessage("Be brief.", turns, metadata)) void chunk
	handler.dispose()
	return { body: JSON.parse(emulator.requests[0]?.body ?? "{}") as Record<string, unknown>, adjustments }
}

describe("A temperature on Converse", () => {
	it.each([
		["openai.gpt-5.6-sol", 0],
		["openai.gpt-6-luna", 0],
		["xai.grok-4.6", 0],
		["moonshotai.kimi-k3", 0],
		["anthropic.claude-opus-4-7", 0],
		["openai.gpt-5.6-sol", 0.7],
	])("is left out for %s, which refuses it, when it is %d, and reported", async (modelId, temperature) => {
		const { body, adjustments } = await sent(modelId, { temperature, maxTokens: 500 })
		expect(body.inferenceConfig).toEqual({ maxTokens: 500 })
		expect(adjustments).toEqual([{ parameter: "temperature", reason: "not-accepted" }])
	})

	it.each(["amazon.nova-pro-v1:0", "qwen.qwen3-32b-v1:0", "anthropic.claude-sonnet-4-6"])(
		"is sent as set to %s, which is not known to refuse it",
		async (modelId) => {
			const { body, adjustments } = await sent(modelId, { temperature: 0, maxTokens: 500 })
			expect(body.inferenceConfig).toEqual({ maxTokens: 500, temperature: 0 })
			expect(adjustments).toEqual([])
		},
	)

	it("is left out and reported while Claude thinks", async () => {
		const { body, adjustments } = await sent("anthropic.claude-sonnet-4-6", { temperature: 0.5, reasoning: "low" })
		expect(body).not.toHaveProperty("inferenceConfig.temperature")
		expect(adjustments).toEqual([{ parameter: "temperature", reason: "with-thinking" }])
	})
})

describe("A temperature on InvokeModel", () => {
	const api = "invoke-model"

	it("is sent as set to Kimi K3, whose refusal is established for Converse only", async () => {
		expect((await sent("moonshotai.kimi-k3", { api, temperature: 0 })).body.temperature).toBe(0)
	})

	it("is left out for Claude Opus 4.7, which refuses it through every API", async () => {
		expect((await sent("anthropic.claude-opus-4-7", { api, temperature: 0 })).body).not.toHaveProperty(
			"temperature",
		)
	})
})

describe("An output limit", () => {
	it.each([
		["anthropic.claude-haiku-4-5-20251001-v1:0", "converse", 200_000, 64_000, "above-maximum"],
		["anthropic.claude-haiku-4-5-20251001-v1:0", "invoke-model", 200_000, 64_000, "above-maximum"],
		["amazon.nova-pro-v1:0", "converse", 50_000, 5_000, "above-maximum"],
		["amazon.nova-pro-v1:0", "invoke-model", 50_000, 5_000, "above-maximum"],
		["openai.gpt-5.6-sol", "converse", 10, 16, "below-minimum"],
		["xai.grok-4.6", "converse", 3, 16, "below-minimum"],
	] as const)("of %s through %s is %d: sent as %d and reported as %s", async (modelId, api, from, to, reason) => {
		const { body, adjustments } = await sent(modelId, { api, maxTokens: from })
		expect(JSON.stringify(body)).toContain(String(to))
		expect(JSON.stringify(body)).not.toContain(`:${from}}`)
		expect(adjustments).toEqual([{ parameter: "maxTokens", reason, from, to }])
	})

	it("within the model's range is sent as set", async () => {
		const { body, adjustments } = await sent("anthropic.claude-haiku-4-5-20251001-v1:0", { maxTokens: 64_000 })
		expect(body.inferenceConfig).toEqual({ maxTokens: 64_000 })
		expect(adjustments).toEqual([])
	})
})

describe("A refusal that names a parameter", () => {
	const all = { temperature: 0.5, maxTokens: 500, reasoning: "low" } as const

	it.each([
		["openai.gpt-oss-120b-1:0", { temperature: 0.5 }, "temperature"],
		["openai.gpt-oss-120b-1:0", { reasoning: "low" as ReasoningLevel }, "thinking"],
		["openai.gpt-oss-120b-1:0", { maxTokens: 500 }, "maxTokens"],
	])("of %s with %j is a failure with the parameter", async (modelId, part, parameter) => {
		emulator.setScenario("refuses-parameters")
		const failure = await sent(modelId, part).catch((error: unknown) => error)
		expect(ProviderFailure.is(failure) && failure).toMatchObject({
			code: "parameter-refused",
			details: [
				{ code: "request.parameter-refused", params: { parameter, modelId, api: "converse" } },
				{ code: "request.aws-says" },
			],
		})
	})

	it.each([
		["amazon.nova-pro-v1:0", {}, "tools"],
		["amazon.nova-pro-v1:0", { without: ["tools"] }, "systemPrompt"],
		["amazon.nova-pro-v1:0", { without: ["tools", "systemPrompt"] }, "images"],
	] as const)(
		"of %s with %j is a failure with the parameter",
		async (modelId, { without = [] }: { without?: readonly OmittableParameter[] }, parameter) => {
			emulator.setScenario("refuses-parameters")
			const refusedParameters = without.map((left) => ({ modelId, api: "converse" as const, parameter: left }))
			const failure = await sentWithAll({ refusedParameters }).catch((error: unknown) => error)
			expect(ProviderFailure.is(failure) && failure).toMatchObject({
				code: "parameter-refused",
				details: [{ code: "request.parameter-refused", params: { parameter } }, { code: "request.aws-says" }],
			})
		},
	)

	it("about the tool choice: the tools are sent without a choice", async () => {
		const modelId = "qwen.qwen3-32b-v1:0"
		const choice = { metadata: { tools: [TOOL], tool_choice: "required" as const } }
		emulator.setScenario("refuses-tool-choice")
		const failure = await sentWithAll({ modelId }, choice).catch((error: unknown) => error)
		expect(ProviderFailure.is(failure) && failure).toMatchObject({
			code: "parameter-refused",
			details: [{ params: { parameter: "toolChoice" } }, { code: "request.aws-says" }],
		})
		emulator.requests.length = 0
		const refusedParameters = [{ modelId, api: "converse", parameter: "toolChoice" }] as const
		const { body, adjustments } = await sentWithAll({ modelId, refusedParameters }, choice)
		expect(Object.keys(body.toolConfig as object)).toEqual(["tools"])
		expect(adjustments).toContainEqual({ parameter: "toolChoice", reason: "refused" })
	})

	it("is accepted without the parameters that were refused before, and each is reported", async () => {
		emulator.setScenario("refuses-parameters")
		const modelId = "openai.gpt-oss-120b-1:0"
		const refusedParameters = (["temperature", "maxTokens", "thinking"] as const).map((parameter) => ({
			modelId,
			api: "converse" as const,
			parameter,
		}))
		const { body, adjustments } = await sent(modelId, { ...all, refusedParameters })
		expect(Object.keys(body)).toEqual(["messages"])
		expect(adjustments).toEqual([
			{ parameter: "temperature", reason: "refused" },
			{ parameter: "maxTokens", reason: "refused" },
			{ parameter: "thinking", reason: "refused" },
		])
	})

	it("about tools, system prompt and images: they are left out, and the system prompt becomes a user's text", async () => {
		emulator.setScenario("refuses-parameters")
		const refusedParameters = (["tools", "systemPrompt", "images"] as const).map((parameter) => ({
			modelId: "amazon.nova-pro-v1:0",
			api: "converse" as const,
			parameter,
		}))
		const { body, adjustments } = await sentWithAll({ refusedParameters })
		expect(body).toEqual({
			messages: [
				{
					role: "user",
					content: [
						{ text: "Be brief." },
						{ text: "What is this?" },
						{ text: "(An image was left out: the model does not accept images.)" },
					],
				},
			],
		})
		expect(adjustments.map(({ parameter }) => parameter)).toEqual(["tools", "systemPrompt", "images"])
	})

	it("of another model or API changes nothing", async () => {
		const refusedParameters = [
			{ modelId: "openai.gpt-oss-20b-1:0", api: "converse", parameter: "temperature" },
			{ modelId: "openai.gpt-oss-120b-1:0", api: "invoke-model", parameter: "temperature" },
		] as const
		const { body } = await sent("openai.gpt-oss-120b-1:0", { temperature: 0.5, refusedParameters })
		expect(body.inferenceConfig).toEqual({ temperature: 0.5 })
	})
})
