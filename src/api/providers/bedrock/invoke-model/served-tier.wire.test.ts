import { describe, expect, it } from "vitest"
import {
	complete,
	emulatedBedrock,
	GPT_OSS,
	KIMI,
	NOVA_2,
	NOVA_PRO,
	play,
	SONNET,
	stream,
} from "./testing/emulated-bedrock"

/**
 * The served tier as InvokeModel's header reports it, its effect on the price, and the settings that are sent with the
 * tier. For the sent tier see tier-on-wire.wire.test.ts. No test here can show that AWS and its models accept it.
 */
const bedrock = emulatedBedrock()

describe("A tier that the model does not support through InvokeModel", () => {
	it.each([SONNET, KIMI])("is not sent to %s, and the usage gives the reason", async (modelId) => {
		for (const tier of ["flex", "priority"] as const) {
			const usage = await stream(bedrock.handler(tier, { modelId }))
			expect(usage).toMatchObject({ requestedTier: tier, notSentReason: "tier-not-offered" })
			expect(usage.billedTier).toBe("default")
		}
		expect((await stream(bedrock.handler("default", { modelId }))).notSentReason).toBeNull()
	})
})

describe("The price by served tier through InvokeModel (1,000 tokens in, 100 out)", () => {
	it.each([
		[GPT_OSS, "default", 0.00021],
		[GPT_OSS, "flex", 0.000105],
		[GPT_OSS, "priority", 0.0003675],
		[NOVA_PRO, "default", 0.00112],
		[NOVA_PRO, "flex", 0.00056],
		[NOVA_PRO, "priority", 0.00196],
		// 1,000 at $3.30 and 100 at $16.50 per million.
		[SONNET, "default", 0.00495],
	] as const)("of %s served as %s is $%d", async (modelId, tier, usd) => {
		for (const usage of [
			await stream(bedrock.handler(tier, { modelId })),
			await complete(bedrock.handler(tier, { modelId })),
		]) {
			expect(usage).toMatchObject({ usage: { inputTokens: 1000, outputTokens: 100 }, servedTier: tier })
			expect(usage.totalUsd).toBeCloseTo(usd, 12)
		}
	})

	it("of a flex request that was served as default is the default price", async () => {
		bedrock.emulator().setScenario("flex-served-as-default")
		for (const usage of [await stream(bedrock.handler("flex")), await complete(bedrock.handler("flex"))]) {
			expect(usage).toMatchObject({ requestedTier: "flex", servedTier: "default", billedTier: "default" })
			expect(usage.totalUsd).toBeCloseTo(0.00021, 12)
		}
	})

	it("is that of the sent tier when no served tier is reported, and the basis says so", async () => {
		bedrock.emulator().setScenario("no-served-tier")
		expect(await stream(bedrock.handler("flex"))).toMatchObject({
			servedTier: null,
			billedTier: "flex",
			basis: "requested",
		})
		expect(await complete(bedrock.handler("default"))).toMatchObject({
			billedTier: "default",
			basis: "assumed-default",
		})
	})

	it("is unknown for an unknown served tier, which is preserved", async () => {
		bedrock.emulator().setScenario("unknown-served-tier")
		expect(await stream(bedrock.handler("flex"))).toMatchObject({
			servedTier: "express",
			totalUsd: null,
			knownUsd: 0,
		})
	})

	it("is not reported for a refused tier, which fails with tier-refused", async () => {
		bedrock.emulator().setScenario("tier-refused")
		const { chunks, failure } = await play(bedrock.handler("flex"))
		expect(chunks).toEqual([])
		expect(failure).toMatchObject({ code: "tier-refused", status: 400 })
	})
})

describe("Limits, reasoning and prompt caching", () => {
	it("are sent through InvokeModel in each model's own format, with the tier in the header", async () => {
		const long = "word ".repeat(2000)
		const options = { maxTokens: 4000, reasoning: "medium", promptCaching: "5m" } as const
		const claude = bedrock.handler("default", { modelId: SONNET, ...options })
		await play(claude, [{ role: "user", content: long }])
		await play(bedrock.handler("flex", { modelId: NOVA_2, ...options }), [{ role: "user", content: long }])
		await play(bedrock.handler("flex", { ...options, temperature: 0 }))
		const bodies = bedrock.emulator().requests.map(({ body }) => JSON.parse(body) as object)
		expect(bodies).toMatchObject([
			{
				max_tokens: 4000,
				thinking: { type: "adaptive" },
				output_config: { effort: "medium" },
				messages: [{ content: [{ type: "text", text: long, cache_control: { type: "ephemeral" } }] }],
			},
			{
				messages: [{ content: [{ text: long }, { cachePoint: { type: "default" } }] }],
				inferenceConfig: {
					maxTokens: 4000,
					reasoningConfig: { type: "enabled", maxReasoningEffort: "medium" },
				},
			},
			{ max_completion_tokens: 4000, temperature: 0, reasoning_effort: "medium" },
		])
		expect(bedrock.emulator().requests.map(({ status }) => status)).toEqual([200, 200, 200])
	})
})

describe("A model that cannot be called through InvokeModel", () => {
	it.each([
		[
			"writer.palmyra-x5-v1:0",
			"How Palmyra X5 is asked through InvokeModel is not known here. Choose the API Converse.",
		],
		[
			"us.deepseek.r1-v1:0",
			"How DeepSeek R1 is asked through InvokeModel is not known here. Choose the API Converse.",
		],
		["acme.new-model-1:0", "How acme.new-model-1:0 is asked through InvokeModel is not known here."],
		["us.openai.gpt-5.6-sol", "GPT-5.6 Sol cannot be called through InvokeModel."],
	])("is rejected before it is called: %s", async (modelId, message) => {
		const { chunks, failure } = await play(bedrock.handler("default", { modelId }))
		expect(chunks).toEqual([])
		expect(failure).toMatchObject({ code: "bad-input", message: expect.stringContaining(message) as string })
		// The account's profiles may be listed, but the model may not be called.
		const modelRequests = bedrock
			.emulator()
			.requests.filter(({ operation }) => operation !== "ListInferenceProfiles")
		expect(modelRequests).toEqual([])
	})
})
