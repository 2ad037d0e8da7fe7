import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import type { ServiceTier, UsageRecord } from "@bedrock-tiers/core"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ApiStreamChunk, UsageChunk } from "../../provider-contract"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockHandlerOptions } from "./handler-options"

/**
 * The served tier as Converse reports it, and its effect on the price. For the sent tier see tier-on-wire.wire.test.ts.
 */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi.", usage: { inputTokens: 1000, outputTokens: 100 } })
})
beforeEach(() => {
	emulator.requests.length = 0
	emulator.setScenario("served-as-asked")
})
afterAll(() => emulator.close())

const GPT_OSS = "openai.gpt-oss-120b-1:0"
const SONNET = "anthropic.claude-sonnet-4-6"
const KIMI = "moonshotai.kimi-k3"

function handler(serviceTier: ServiceTier, options: Partial<BedrockHandlerOptions> = {}): AwsBedrockHandler {
	return new AwsBedrockHandler({
		region: "us-east-1",
		modelId: GPT_OSS,
		route: "auto",
		serviceTier,
		api: "converse",
		credentials: { method: "api-key", apiKey: "test-key" },
		endpoint: emulator.url,
		applicationId: "wire-test",
		...options,
	})
}

async function collect(stream: AsyncIterable<ApiStreamChunk>): Promise<ApiStreamChunk[]> {
	const chunks: ApiStreamChunk[] = []
	for await (const chunk of stream) chunks.push(chunk)
	return chunks
}

async function stream(bedrockHandler: AwsBedrockHandler): Promise<UsageRecord> {
	const chunks = await collect(bedrockHandler.createMessage("Be brief.", [{ role: "user", content: "Hello" }]))
	bedrockHandler.dispose()
	const usage = chunks.filter((chunk) => chunk.type === "usage")
	expect(usage).toHaveLength(1)
	expect(chunks.at(-1)).toBe(usage[0])
	return (usage[0] as UsageChunk).record
}

async function complete(bedrockHandler: AwsBedrockHandler): Promise<UsageRecord> {
	const usages: UsageRecord[] = []
	await bedrockHandler.completePrompt("Hello", { onUsage: ({ record }) => usages.push(record) })
	bedrockHandler.dispose()
	expect(usages).toHaveLength(1)
	return usages[0] as UsageRecord
}

describe("A tier that the model does not support through Converse", () => {
	it.each([SONNET, KIMI])("is not sent to %s, and the usage gives the reason", async (modelId) => {
		for (const usage of [
			await stream(handler("flex", { modelId })),
			await complete(handler("priority", { modelId })),
		])
			expect(usage).toMatchObject({ notSentReason: "tier-not-offered", billedTier: "default" })
		expect((await stream(handler("default", { modelId }))).notSentReason).toBeNull()
	})
})

describe("The price by served tier (1,000 tokens in, 100 out, gpt-oss-120b in us-east-1)", () => {
	it.each([
		["default", 0.00021],
		["flex", 0.000105],
		["priority", 0.0003675],
	] as const)("of a %s request that was served at that tier is $%d", async (tier, usd) => {
		for (const usage of [await stream(handler(tier)), await complete(handler(tier))]) {
			expect(usage).toMatchObject({ requestedTier: tier, servedTier: tier, billedTier: tier, basis: "served" })
			expect(usage.totalUsd).toBeCloseTo(usd, 12)
		}
	})

	it("of a flex request that was served as default is the default price", async () => {
		emulator.setScenario("flex-served-as-default")
		for (const usage of [await stream(handler("flex")), await complete(handler("flex"))]) {
			expect(usage).toMatchObject({ requestedTier: "flex", servedTier: "default", billedTier: "default" })
			expect(usage.totalUsd).toBeCloseTo(0.00021, 12)
		}
	})

	it("is that of the sent tier when no served tier is reported, and the basis says so", async () => {
		emulator.setScenario("no-served-tier")
		expect(await stream(handler("flex"))).toMatchObject({
			servedTier: null,
			billedTier: "flex",
			basis: "requested",
		})
		expect(await stream(handler("default"))).toMatchObject({ billedTier: "default", basis: "assumed-default" })
	})

	it("is unknown for an unknown served tier, which is preserved", async () => {
		emulator.setScenario("unknown-served-tier")
		expect(await stream(handler("flex"))).toMatchObject({
			servedTier: "express",
			billedTier: "express",
			totalUsd: null,
			knownUsd: 0,
			unpricedReason: "unknown-tier",
		})
	})

	it("is unknown for a request served from a reservation", async () => {
		emulator.setScenario("served-as-reserved")
		expect(await stream(handler("flex"))).toMatchObject({ totalUsd: null, unpricedReason: "paid-by-reservation" })
	})
})

describe("Cached tokens (Claude Haiku 4.5 through us., whose input costs $1.10 per million)", () => {
	it("are counted separately from input, and cache writes by TTL", async () => {
		emulator.setUsage({
			inputTokens: 100,
			outputTokens: 10,
			cacheReadInputTokens: 2000,
			cacheWriteInputTokens: 500,
			cacheWrite1hInputTokens: 200,
		})
		const haiku = handler("default", { modelId: "anthropic.claude-haiku-4-5-20251001-v1:0" })
		const usage = await stream(haiku)
		emulator.setUsage({ inputTokens: 1000, outputTokens: 100 })
		expect(usage).toMatchObject({
			usage: { inputTokens: 100, cacheReadTokens: 2000, cacheWriteTokens: 500, cacheWrite1hTokens: 200 },
		})
		expect(usage.lines.map(({ kind, tokens }) => [kind, tokens])).toEqual([
			["input", 100],
			["output", 10],
			["cacheRead", 2000],
			["cacheWrite", 300],
			["cacheWrite1h", 200],
		])
	})
})
