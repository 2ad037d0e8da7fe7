import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import type { ServiceTier } from "@bedrock-tiers/core"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ApiStreamChunk, UsageChunk } from "../../provider-contract"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockHandlerOptions } from "./handler-options"

/**
 * The real AWS SDK talks to a real socket, and the bytes that arrive are read: the SDK silently drops members that it
 * does not know, so nothing less would prove anything. What no test here can show is that AWS itself accepts them.
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

async function stream(under: AwsBedrockHandler): Promise<UsageChunk> {
	const chunks = await collect(under.createMessage("Be brief.", [{ role: "user", content: "Hello" }]))
	under.dispose()
	const usage = chunks.filter((chunk) => chunk.type === "usage")
	expect(usage).toHaveLength(1)
	expect(chunks.at(-1)).toBe(usage[0])
	return usage[0] as UsageChunk
}

async function complete(under: AwsBedrockHandler): Promise<UsageChunk> {
	const usages: UsageChunk[] = []
	await under.completePrompt("Hello", { onUsage: (usage) => usages.push(usage) })
	under.dispose()
	expect(usages).toHaveLength(1)
	return usages[0] as UsageChunk
}

/** The one request that arrived. */
function arrived() {
	expect(emulator.requests).toHaveLength(1)
	const [request] = emulator.requests
	if (!request) throw new Error("nothing arrived")
	return request
}

const PLAIN_STREAM_BODY = '{"messages":[{"role":"user","content":[{"text":"Hello"}]}],"system":[{"text":"Be brief."}]}'
const PLAIN_PROMPT_BODY = '{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}'

function withTier(body: string, tier: string): string {
	return body.replace(/}$/, `,"serviceTier":{"type":"${tier}"}}`)
}

describe("ConverseStream (createMessage)", () => {
	it.each(["flex", "priority"] as const)("carries %s as serviceTier.type, and nothing else changes", async (tier) => {
		await stream(handler(tier))
		const { method, path, body, unknownMembers } = arrived()
		expect(method).toBe("POST")
		expect(path).toBe("/model/openai.gpt-oss-120b-1%3A0/converse-stream")
		expect(body).toBe(withTier(PLAIN_STREAM_BODY, tier))
		expect(unknownMembers).toEqual([])
	})

	it("carries no tier member at all for Standard", async () => {
		await stream(handler("default"))
		expect(arrived().body).toBe(PLAIN_STREAM_BODY)
	})

	it("carries no tier member for a model without tiers, whatever was chosen, and says why", async () => {
		const usage = await stream(handler("flex", { modelId: SONNET }))
		expect(arrived().path).toBe("/model/us.anthropic.claude-sonnet-4-6/converse-stream")
		expect(arrived().body).toBe(PLAIN_STREAM_BODY)
		expect(usage).toMatchObject({ requestedTier: "flex", notSentReason: "tier-not-offered", billedTier: "default" })
	})

	it("carries no tier member for Kimi K3, which takes tiers only through another API", async () => {
		const usage = await stream(handler("priority", { modelId: KIMI }))
		expect(arrived().path).toBe("/model/us.moonshotai.kimi-k3/converse-stream")
		expect(arrived().body).toBe(PLAIN_STREAM_BODY)
		expect(usage.notSentReason).toBe("tier-not-offered")
	})

	it("carries the tier through a geo and a global profile", async () => {
		await stream(handler("flex", { modelId: "amazon.nova-2-lite-v1:0" }))
		await stream(handler("flex", { modelId: "amazon.nova-2-lite-v1:0", route: "global" }))
		await stream(handler("flex", { modelId: "us.amazon.nova-pro-v1:0" }))
		expect(emulator.requests.map(({ path, body }) => ({ path, body }))).toEqual([
			{ path: "/model/us.amazon.nova-2-lite-v1%3A0/converse-stream", body: withTier(PLAIN_STREAM_BODY, "flex") },
			{
				path: "/model/global.amazon.nova-2-lite-v1%3A0/converse-stream",
				body: withTier(PLAIN_STREAM_BODY, "flex"),
			},
			{ path: "/model/us.amazon.nova-pro-v1%3A0/converse-stream", body: withTier(PLAIN_STREAM_BODY, "flex") },
		])
	})
})

describe("Converse (completePrompt)", () => {
	it.each(["flex", "priority"] as const)("carries %s as serviceTier.type, and nothing else changes", async (tier) => {
		await complete(handler(tier))
		const { path, body } = arrived()
		expect(path).toBe("/model/openai.gpt-oss-120b-1%3A0/converse")
		expect(body).toBe(withTier(PLAIN_PROMPT_BODY, tier))
	})

	it("carries no tier member at all for Standard", async () => {
		await complete(handler("default"))
		expect(arrived().body).toBe(PLAIN_PROMPT_BODY)
	})

	it("carries no tier member for models that take none through Converse", async () => {
		await complete(handler("flex", { modelId: SONNET }))
		await complete(handler("flex", { modelId: KIMI }))
		expect(emulator.requests.map(({ body }) => body)).toEqual([PLAIN_PROMPT_BODY, PLAIN_PROMPT_BODY])
	})
})

describe("No tier in a header", () => {
	it.each(["default", "flex", "priority"] as const)("%s leaves the headers alone", async (tier) => {
		await stream(handler(tier))
		await complete(handler(tier))
		for (const { headers } of emulator.requests)
			expect(Object.keys(headers).filter((name) => /tier/i.test(name))).toEqual([])
	})
})

describe("The served tier decides the price (1,000 tokens in, 100 out, gpt-oss-120b in us-east-1)", () => {
	it.each([
		["default", 0.00021],
		["flex", 0.000105],
		["priority", 0.0003675],
	] as const)("%s, served as asked, costs $%d", async (tier, usd) => {
		for (const usage of [await stream(handler(tier)), await complete(handler(tier))]) {
			expect(usage).toMatchObject({ requestedTier: tier, servedTier: tier, billedTier: tier, basis: "served" })
			expect(usage.totalCost).toBeCloseTo(usd, 12)
		}
	})

	it("flex that was served as default costs what default costs", async () => {
		emulator.setScenario("flex-served-as-default")
		for (const usage of [await stream(handler("flex")), await complete(handler("flex"))]) {
			expect(usage).toMatchObject({ requestedTier: "flex", servedTier: "default", billedTier: "default" })
			expect(usage.totalCost).toBeCloseTo(0.00021, 12)
		}
	})

	it("with no served tier reported, the tier that was sent is billed, and the basis says so", async () => {
		emulator.setScenario("no-served-tier")
		expect(await stream(handler("flex"))).toMatchObject({
			servedTier: null,
			billedTier: "flex",
			basis: "requested",
		})
		expect(await stream(handler("default"))).toMatchObject({ billedTier: "default", basis: "assumed-default" })
	})

	it("a word that is no tier of ours is kept and not priced", async () => {
		emulator.setScenario("unknown-served-tier")
		expect(await stream(handler("flex"))).toMatchObject({
			servedTier: "express",
			billedTier: "express",
			totalCost: null,
			knownUsd: 0,
			unpricedReason: "unknown-tier",
		})
	})

	it("served from a reservation is not priced", async () => {
		emulator.setScenario("served-as-reserved")
		expect(await stream(handler("flex"))).toMatchObject({ totalCost: null, unpricedReason: "paid-by-reservation" })
	})
})

describe("Cached tokens (Claude Haiku 4.5 through us., whose input costs $1.10 per million)", () => {
	it("are read apart from input, and written ones by lifetime", async () => {
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
			inputTokens: 100,
			cacheReadTokens: 2000,
			cacheWriteTokens: 500,
			cacheWrite1hTokens: 200,
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
