import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { AwsBedrockHandler } from "./bedrock-handler"

/** Parameters that a model family refuses are left out of the bytes. The emulator refuses them as Bedrock does. */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi." })
})
beforeEach(() => {
	emulator.requests.length = 0
})
afterAll(() => emulator.close())

async function sent(modelId: string, api: "converse" | "invoke-model", temperature: number) {
	const handler = new AwsBedrockHandler({
		region: "us-east-1",
		modelId,
		route: "auto",
		serviceTier: "default",
		api,
		credentials: { method: "api-key", apiKey: "test-key" },
		endpoint: emulator.url,
		applicationId: "wire-test",
		maxTokens: 500,
		temperature,
	})
	await handler.completePrompt("Hello")
	handler.dispose()
	return JSON.parse(emulator.requests[0]?.body ?? "{}") as Record<string, unknown>
}

describe("Temperature on Converse", () => {
	it.each([
		"openai.gpt-5.6-sol",
		"openai.gpt-6-luna",
		"xai.grok-4.6",
		"moonshotai.kimi-k3",
		"anthropic.claude-opus-4-7",
	])("is left out for %s, which refuses it, also when it is 0", async (modelId) => {
		expect((await sent(modelId, "converse", 0)).inferenceConfig).toEqual({ maxTokens: 500 })
	})

	it.each(["amazon.nova-pro-v1:0", "qwen.qwen3-32b-v1:0", "anthropic.claude-sonnet-4-6"])(
		"is sent as set to %s, which is not known to refuse it",
		async (modelId) => {
			expect((await sent(modelId, "converse", 0)).inferenceConfig).toEqual({ maxTokens: 500, temperature: 0 })
		},
	)
})

describe("Temperature on InvokeModel", () => {
	it("is sent as set to Kimi K3, whose refusal is established for Converse only", async () => {
		expect((await sent("moonshotai.kimi-k3", "invoke-model", 0)).temperature).toBe(0)
	})

	it("is left out for Claude Opus 4.7, which refuses it through every API", async () => {
		expect(await sent("anthropic.claude-opus-4-7", "invoke-model", 0)).not.toHaveProperty("temperature")
	})
})
