import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import { loadHost, type Chunk, type Handler, type Host, type Settings } from "./testing/load-host"
import { GENERATIONS } from "./testing/look-alike"

/**
 * The requests of the patched look-alikes and their costs, with the real AWS SDK and a real socket. The tests read the
 * bytes that arrive, because the SDK drops members that it does not know. They cannot prove that AWS accepts them.
 *
 * Nova Pro in us-east-1, USD per million tokens in and out: Standard 0.80 and 3.20, Flex 0.40 and 1.60, Priority 1.40
 * and 5.60. Every request has 1000 input tokens and 500 output tokens.
 */

const NOVA_PRO = "amazon.nova-pro-v1:0"
const CLAUDE: Settings = { apiModelId: "anthropic.claude-sonnet-4-5-20250929-v1:0", awsUseCrossRegionInference: true }
const FLEX: Settings = { awsBedrockServiceTier: "FLEX" }
const PRIORITY: Settings = { awsBedrockServiceTier: "PRIORITY" }
const HELLO = [{ role: "user", content: "Hello" }] as const

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi.", usage: { inputTokens: 1000, outputTokens: 500 } })
})
beforeEach(() => {
	emulator.requests.length = 0
	emulator.setScenario("served-as-asked")
})
afterAll(() => emulator.close())

function handlerOf({ AwsBedrockHandler }: Host, settings: Settings): Handler {
	return new AwsBedrockHandler({
		apiModelId: NOVA_PRO,
		awsRegion: "us-east-1",
		awsAccessKey: "AKIDEXAMPLE",
		awsSecretKey: "test",
		awsBedrockEndpointEnabled: true,
		awsBedrockEndpoint: emulator.url,
		...settings,
	})
}

async function chunksOf(host: Host, settings: Settings): Promise<Chunk[]> {
	const chunks: Chunk[] = []
	for await (const chunk of handlerOf(host, settings).createMessage("Be brief.", [...HELLO])) chunks.push(chunk)
	return chunks
}

async function usageOf(host: Host, settings: Settings): Promise<Chunk> {
	const usages = (await chunksOf(host, settings)).filter(({ type }) => type === "usage")
	expect(usages).toHaveLength(1)
	return usages[0] as Chunk
}

/** Returns the requests that arrived since the last call. */
function takeRequests() {
	return emulator.requests.splice(0).map(({ path, headers, body, unknownMembers }) => {
		expect(unknownMembers).toEqual([])
		const tierHeaders = Object.keys(headers).filter((name) => /tier/i.test(name))
		return { path, tierHeaders, body, json: JSON.parse(body) as Record<string, unknown> }
	})
}

describe("the handler before the patch", () => {
	it("sends no tier, although it logs that a tier was sent", async () => {
		const host = await loadHost("with-upstream-tiers", { isPatched: false })
		const usage = await usageOf(host, FLEX)
		expect(takeRequests().map(({ body }) => body)).toEqual([expect.not.stringMatching(/tier/i)])
		expect(usage).not.toHaveProperty("totalCost")
	})
})

describe.each(GENERATIONS)("the patched handler of %s", (generation) => {
	let host: Host
	beforeAll(async () => {
		host = await loadHost(generation)
	})

	it.each([
		["Flex", FLEX, "flex"],
		["Priority", PRIORITY, "priority"],
	])("sends %s in both calls, with no other difference", async (_, settings, type) => {
		await chunksOf(host, {})
		await handlerOf(host, {}).completePrompt("Hello")
		const [streamed, completed] = takeRequests()
		await chunksOf(host, settings)
		expect(await handlerOf(host, settings).completePrompt("Hello")).toBe("Hi.")
		const [first, second, ...rest] = takeRequests()
		expect([first?.path, second?.path]).toEqual([
			"/model/amazon.nova-pro-v1%3A0/converse-stream",
			"/model/amazon.nova-pro-v1%3A0/converse",
		])
		expect(first?.json).toEqual({ ...streamed?.json, serviceTier: { type } })
		expect(second?.json).toEqual({ ...completed?.json, serviceTier: { type } })
		expect(rest).toEqual([])
	})

	it.each<[string, Settings]>([
		["Standard", { awsBedrockServiceTier: "STANDARD" }],
		["no tier", {}],
		["Flex and Claude, which supports no tier", { ...CLAUDE, ...FLEX }],
		[
			"Priority and Nova Lite, which supports no tier, although it is in upstream's list",
			{ apiModelId: "amazon.nova-lite-v1:0", ...PRIORITY },
		],
	])("names no tier for %s, neither in the body nor in a header", async (_, settings) => {
		await chunksOf(host, settings)
		await handlerOf(host, settings).completePrompt("Hello")
		const requests = takeRequests()
		expect(requests).toHaveLength(2)
		for (const { body, tierHeaders } of requests)
			expect([body, tierHeaders]).toEqual([expect.not.stringMatching(/tier/i), []])
	})

	it.each<[string, Settings, string]>([
		["the id of an inference profile", { awsUseCrossRegionInference: true }, "us.amazon.nova-pro-v1%3A0"],
		[
			"the ARN of a foundation model",
			{ awsCustomArn: `arn:aws:bedrock:us-east-1::foundation-model/${NOVA_PRO}` },
			"amazon.nova-pro-v1%3A0",
		],
	])("sends the tier for %s", async (_, settings, model) => {
		await chunksOf(host, { ...settings, ...FLEX })
		expect(takeRequests()).toMatchObject([
			{ path: `/model/${model}/converse-stream`, json: { serviceTier: { type: "flex" } } },
		])
	})

	it.each([
		["Standard", {}, 0.0024, "default", "served"],
		["Flex", FLEX, 0.0012, "flex", "served"],
		["Priority", PRIORITY, 0.0042, "priority", "served"],
	])("prices a request that %s served with the prices of that tier", async (_, settings, usd, tier, basis) => {
		const { totalCost, serviceTier } = await usageOf(host, settings)
		expect(totalCost).toBeCloseTo(usd, 12)
		expect(serviceTier).toMatchObject({
			requestedTier: tier,
			servedTier: tier,
			billedTier: tier,
			basis,
			unpricedReason: null,
		})
	})

	it("prices a Flex request that Standard served as Standard, and reports both tiers", async () => {
		emulator.setScenario("flex-served-as-default")
		const { totalCost, serviceTier } = await usageOf(host, FLEX)
		expect(totalCost).toBeCloseTo(0.0024, 12)
		expect(serviceTier).toEqual({
			requestedTier: "flex",
			notSentReason: null,
			servedTier: "default",
			billedTier: "default",
			basis: "served",
			knownUsd: expect.closeTo(0.0024, 12),
			unpricedReason: null,
		})
	})

	it("prices a request by the sent tier when the response names no tier", async () => {
		emulator.setScenario("no-served-tier")
		const { totalCost, serviceTier } = await usageOf(host, PRIORITY)
		expect(totalCost).toBeCloseTo(0.0042, 12)
		expect(serviceTier).toMatchObject({ servedTier: null, billedTier: "priority", basis: "requested" })
	})

	it("does not send a tier that the model does not support, prices Standard and reports the reason", async () => {
		const { totalCost, serviceTier } = await usageOf(host, { ...CLAUDE, ...FLEX })
		// Claude Sonnet 4.5 through the us. profile: 3.30 and 16.50.
		expect(totalCost).toBeCloseTo(0.01155, 12)
		expect(serviceTier).toMatchObject({
			requestedTier: "flex",
			notSentReason: "tier-not-offered",
			billedTier: "default",
		})
	})

	it.each([
		["served-as-reserved", "reserved", "paid-by-reservation"],
		["unknown-served-tier", "express", "unknown-tier"],
	] as const)(
		"adds nothing to the cost in the scenario %s, and reports the reason",
		async (scenario, servedTier, unpricedReason) => {
			emulator.setScenario(scenario)
			const { totalCost, serviceTier } = await usageOf(host, FLEX)
			expect(totalCost).toBe(0)
			expect(serviceTier).toMatchObject({ servedTier, billedTier: servedTier, knownUsd: 0, unpricedReason })
		},
	)

	it("reports the cost, but no tier, when the model has no tiers and none was requested", async () => {
		const { totalCost, serviceTier } = await usageOf(host, CLAUDE)
		expect(totalCost).toBeCloseTo(0.01155, 12)
		expect(serviceTier).toBeUndefined()
	})

	it("sends no tier to an unknown model, and the chosen tier to an application inference profile", async () => {
		for (const kind of ["imported-model", "application-inference-profile"]) {
			const awsCustomArn = `arn:aws:bedrock:us-east-1:123456789012:${kind}/abc123`
			// The emulator knows neither of them; the requests that arrive are enough.
			await expect(chunksOf(host, { awsCustomArn, ...FLEX })).rejects.toThrow("model identifier is invalid")
		}
		expect(takeRequests().map(({ json }) => json.serviceTier)).toEqual([undefined, { type: "flex" }])
	})

	it("reports a refused tier with its own error message in both calls", async () => {
		emulator.setScenario("tier-refused")
		const message =
			"Amazon Bedrock refused the service tier Flex for Nova Pro in us-east-1. Choose Standard, or another tier, in " +
			"the provider settings and try again. AWS says: The provided service tier is not supported for this model."
		await expect(chunksOf(host, FLEX)).rejects.toThrow(message)
		// Before any chunk: Roo Code treats a failure after a chunk as an interrupted answer, and retries at once.
		const stream = handlerOf(host, FLEX).createMessage("", [{ role: "user", content: "Hello" }])
		await expect(stream.next()).rejects.toMatchObject({ message, status: 400 })
		await expect(handlerOf(host, FLEX).completePrompt("Hello")).rejects.toThrow(message)
	})

	it("reports any other refusal as before the patch", async () => {
		emulator.setScenario("access-denied")
		await expect(chunksOf(host, FLEX)).rejects.not.toThrow(/service tier/)
		const stream = handlerOf(host, FLEX).createMessage("", [{ role: "user", content: "Hello" }])
		expect((await stream.next()).value).toMatchObject({ type: "text" })
	})

	it("has the prices of the chosen tier in the model's description", () => {
		const pricesOf = (settings: Settings) => {
			const { inputPrice, outputPrice } = handlerOf(host, settings).getModel().info
			return [inputPrice, outputPrice]
		}
		expect(pricesOf({})).toEqual([0.8, 3.2])
		expect(pricesOf(FLEX)).toEqual([0.4, 1.6])
		expect(pricesOf(PRIORITY)).toEqual([1.4, 5.6])
		expect(pricesOf({ ...CLAUDE, ...FLEX })).toEqual([3, 15])
	})

	describe("with a task", () => {
		async function rowOf(settings: Settings, interruptAtText: boolean) {
			const task = new host.Task(handlerOf(host, settings))
			task.interruptAtText = interruptAtText
			await task.recursivelyMakeClineRequests("Be brief.", [...HELLO])
			return JSON.parse(task.clineMessages[0]?.text ?? "") as unknown
		}

		it.each([
			["streamed", false],
			["drained after an interruption", true],
		])("puts cost and tier into the chat row when the usage is %s", async (_, interrupted) => {
			expect(await rowOf(FLEX, interrupted)).toEqual({
				apiProtocol: "anthropic",
				tokensIn: 1000,
				tokensOut: 500,
				cost: expect.closeTo(0.0012, 12),
				serviceTier: {
					requestedTier: "flex",
					notSentReason: null,
					servedTier: "flex",
					billedTier: "flex",
					basis: "served",
					knownUsd: expect.closeTo(0.0012, 12),
					unpricedReason: null,
				},
			})
		})

		it("puts no cost of another tier into the chat row when the cost is unknown", async () => {
			emulator.setScenario("served-as-reserved")
			expect(await rowOf({}, false)).toMatchObject({
				cost: 0,
				serviceTier: { unpricedReason: "paid-by-reservation" },
			})
		})
	})

	it("sends no tier with an AWS SDK without tiers, and reports the reason", async () => {
		const old = await loadHost(generation, { sdkHasTiers: false })
		const { totalCost, serviceTier } = await usageOf(old, FLEX)
		await handlerOf(old, FLEX).completePrompt("Hello")
		expect(takeRequests().map(({ body }) => body)).toEqual(Array(2).fill(expect.not.stringMatching(/tier/i)))
		expect(totalCost).toBeCloseTo(0.0024, 12)
		expect(serviceTier).toMatchObject({
			requestedTier: "flex",
			notSentReason: "sdk-without-tiers",
			billedTier: "default",
		})
	})
})

describe("upstream's list of tier models", () => {
	it.each(["with-upstream-tiers", "zoo"] as const)(
		"has the models of Roo Code's catalog that support tiers: %s",
		async (generation) => {
			expect((await loadHost(generation)).BEDROCK_SERVICE_TIER_MODEL_IDS).toEqual([
				NOVA_PRO,
				"openai.gpt-oss-120b-1:0",
			])
		},
	)
})
