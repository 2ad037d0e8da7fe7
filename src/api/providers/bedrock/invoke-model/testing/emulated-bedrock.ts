import { startEmulator, type Emulator, type EmulatorOptions } from "@bedrock-tiers/bedrock-emulator"
import type { ServiceTier, UsageRecord } from "@bedrock-tiers/core"
import { afterAll, beforeAll, beforeEach, expect } from "vitest"
import type { ApiStreamChunk, ChatTurn, RequestMetadata } from "../../../../provider-contract"
import { AwsBedrockHandler } from "../../bedrock-handler"
import type { BedrockHandlerOptions } from "../../handler-options"

export const GPT_OSS = "openai.gpt-oss-120b-1:0"
export const NOVA_2 = "amazon.nova-2-lite-v1:0"
export const NOVA_PRO = "amazon.nova-pro-v1:0"
export const SONNET = "anthropic.claude-sonnet-4-6"
export const HAIKU = "anthropic.claude-haiku-4-5-20251001-v1:0"
export const KIMI = "moonshotai.kimi-k3"

export const TEXT = "Hi there, all of you."
export const USAGE = { inputTokens: 1000, outputTokens: 100 }
const HELLO: ChatTurn[] = [{ role: "user", content: "Hello" }]

/** Starts an emulator for the tests of a file. `handler` creates real handlers that call it. */
export function emulatedBedrock(options: EmulatorOptions = {}) {
	let emulator: Emulator
	beforeAll(async () => {
		emulator = await startEmulator({ pace: "instant", answer: TEXT, usage: USAGE, ...options })
		// Requests are signed, so that each one names its region.
		process.env.AWS_ACCESS_KEY_ID = "AKIDEMULATOR"
		process.env.AWS_SECRET_ACCESS_KEY = "not-a-secret"
	})
	beforeEach(() => {
		emulator.requests.length = 0
		emulator.setScenario("served-as-asked")
		emulator.setUsage(USAGE)
	})
	afterAll(async () => {
		delete process.env.AWS_ACCESS_KEY_ID
		delete process.env.AWS_SECRET_ACCESS_KEY
		await emulator.close()
	})

	function handler(serviceTier: ServiceTier, overrides: Partial<BedrockHandlerOptions> = {}): AwsBedrockHandler {
		return new AwsBedrockHandler({
			region: "us-east-1",
			modelId: GPT_OSS,
			route: "auto",
			serviceTier,
			api: "invoke-model",
			credentials: { method: "default-chain" },
			endpoint: emulator.url,
			applicationId: "wire-test",
			backoffMs: 1,
			...overrides,
		})
	}

	return { emulator: () => emulator, handler }
}

/** Collects all chunks of a stream, and the failure that was thrown at its end. */
export async function play(
	handler: AwsBedrockHandler,
	turns: readonly ChatTurn[] = HELLO,
	metadata: RequestMetadata = {},
): Promise<{ chunks: ApiStreamChunk[]; failure: unknown }> {
	const chunks: ApiStreamChunk[] = []
	try {
		for await (const chunk of handler.createMessage("Be brief.", turns, metadata)) chunks.push(chunk)
		return { chunks, failure: null }
	} catch (failure) {
		return { chunks, failure }
	} finally {
		handler.dispose()
	}
}

export const usagesOf = (chunks: ApiStreamChunk[]) =>
	chunks.flatMap((chunk) => (chunk.type === "usage" ? [chunk.record] : []))
export const textOf = (chunks: ApiStreamChunk[]) =>
	chunks.map((chunk) => (chunk.type === "text" ? chunk.text : "")).join("")

/** Returns the usage of a stream that yields the whole text. */
export async function stream(handler: AwsBedrockHandler): Promise<UsageRecord> {
	const { chunks, failure } = await play(handler)
	expect(failure).toBeNull()
	expect(textOf(chunks)).toBe(TEXT)
	const [usage, ...more] = usagesOf(chunks)
	expect(more).toEqual([])
	expect(chunks.at(-1)).toMatchObject({ type: "usage" })
	if (!usage) throw new Error("no usage")
	return usage
}

/** Returns the usage of an answer without streaming that is the whole text. */
export async function complete(handler: AwsBedrockHandler): Promise<UsageRecord> {
	const usages: UsageRecord[] = []
	const text = await handler.completePrompt("Hello", { onUsage: ({ record }) => usages.push(record) })
	handler.dispose()
	expect(text).toBe(TEXT)
	expect(usages).toHaveLength(1)
	return usages[0] as UsageRecord
}
