import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { UsageRecord } from "@bedrock-tiers/core"
import { AwsBedrockHandler } from "./bedrock-handler"
import { encodeFrame } from "@bedrock-tiers/test-kit/samples/response-fixture"
import { startPlayback, type Playback } from "@bedrock-tiers/test-kit/servers/playback"

/**
 * Models with a context window of a million tokens charge more beyond a certain prompt length, for the whole request.
 * The length that counts is what the model read: input, cache reads and cache writes, as Bedrock reports them at the
 * end.
 */

let playback: Playback
beforeAll(async () => {
	playback = await startPlayback("http2")
})
afterAll(() => playback.close())

type Reported = {
	inputTokens: number
	outputTokens: number
	cacheReadInputTokens: number
	cacheWriteInputTokens: number
}

function event(name: string, payload: object): Uint8Array {
	const headers = { ":event-type": name, ":content-type": "application/json", ":message-type": "event" }
	return encodeFrame({ headers, payload: { ...payload } })
}

async function usageOf(modelId: string, usage: Reported): Promise<UsageRecord> {
	const bytes = Buffer.concat([
		event("messageStart", { role: "assistant" }),
		event("contentBlockDelta", { contentBlockIndex: 0, delta: { text: "Read." } }),
		event("messageStop", { stopReason: "end_turn" }),
		event("metadata", { usage, metrics: { latencyMs: 1 }, serviceTier: { type: "default" } }),
	])
	const headers = { "content-type": "application/vnd.amazon.eventstream" }
	const prompt = playback.enqueue({ name: "a long prompt", bytes, ending: "end", arrives: [] }, headers)
	const handler = new AwsBedrockHandler({
		region: "us-east-1",
		modelId,
		route: "auto",
		serviceTier: "default",
		api: "converse",
		credentials: { method: "api-key", apiKey: "test-key" },
		endpoint: playback.url,
		applicationId: "band-test",
	})
	try {
		for await (const chunk of handler.createMessage("", [{ role: "user", content: prompt }]))
			if (chunk.type === "usage") return chunk.record
		throw new Error("no usage")
	} finally {
		handler.dispose()
	}
}

describe("GPT-5.6 Luna through the us profile ($0.22 in, $1.32 out to 272,000 tokens, $0.44 and $1.98 beyond)", () => {
	it.each([
		// 272,000 × 0.22 + 1,000 × 1.32
		["has the lower prices for a prompt at the limit", 272_000, 0, 0, 0.06116],
		// 272,001 × 0.44 + 1,000 × 1.98: the whole request, not only the tokens above the limit
		["has the higher prices for a prompt one token beyond the limit", 272_001, 0, 0, 0.12166044],
		// 72,001 × 0.44 + 200,000 × 0.044 + 1,000 × 1.98
		["counts cache reads towards the limit", 72_001, 200_000, 0, 0.04246044],
		// 72,001 × 0.44 + 200,000 × 0.55 + 1,000 × 1.98
		["counts cache writes towards the limit", 72_001, 0, 200_000, 0.14366044],
	] as const)("%s", async (_, inputTokens, cacheReadInputTokens, cacheWriteInputTokens, usd) => {
		const reported = { inputTokens, outputTokens: 1_000, cacheReadInputTokens, cacheWriteInputTokens }
		expect((await usageOf("openai.gpt-5.6-luna", reported)).totalUsd).toBeCloseTo(usd, 12)
	})
})

describe("Claude Sonnet 4.6 through the us profile", () => {
	it("has one price for its whole context window: $3.30 in and $16.50 out, also for 900,000 tokens", async () => {
		const reported = {
			inputTokens: 900_000,
			outputTokens: 1_000,
			cacheReadInputTokens: 0,
			cacheWriteInputTokens: 0,
		}
		// 900,000 × 3.30 + 1,000 × 16.50
		expect((await usageOf("anthropic.claude-sonnet-4-6", reported)).totalUsd).toBeCloseTo(2.9865, 12)
	})
})
