import type { RouteSetting } from "@bedrock-tiers/core"
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
 * InvokeModel and InvokeModelWithResponseStream by the real AWS SDK over a real socket. What is read are the bytes that
 * arrive; that AWS and its models accept them, no test here can show.
 */
const bedrock = emulatedBedrock()

/** The one request that arrived. */
function arrived() {
	const [request, ...more] = bedrock.emulator().requests
	if (!request || more.length > 0) throw new Error("not one request arrived")
	return request
}

const tierHeaders = (headers: Record<string, string>) =>
	Object.entries(headers).filter(([name]) => name.includes("tier"))

const CHAT_BODY = '{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hello"}]}'
const NOVA_BODY = '{"system":[{"text":"Be brief."}],"messages":[{"role":"user","content":[{"text":"Hello"}]}]}'
const CLAUDE_BODY =
	'{"anthropic_version":"bedrock-2023-05-31","max_tokens":64000,"system":"Be brief.",' +
	'"messages":[{"role":"user","content":[{"type":"text","text":"Hello"}]}]}'

const GOV = "us-gov-west-1"
const arn = (kind: string, id: string, region = "us-east-1", account = "123456789012") =>
	`arn:aws${region === GOV ? "-us-gov" : ""}:bedrock:${region}:${account}:${kind}/${id}`

type Case = [what: string, modelId: string, region: string, route: RouteSetting, called: string, body: string]

const TAKES_TIERS: Case[] = [
	["chat completions, in-region", GPT_OSS, "us-east-1", "auto", GPT_OSS, CHAT_BODY],
	["chat completions, geo profile", GPT_OSS, GOV, "geo", `us-gov.${GPT_OSS}`, CHAT_BODY],
	[
		"chat completions, foundation-model ARN",
		arn("foundation-model", GPT_OSS, "us-east-1", ""),
		"us-east-1",
		"auto",
		"",
		CHAT_BODY,
	],
	["chat completions, profile ARN", arn("inference-profile", `us-gov.${GPT_OSS}`, GOV), GOV, "auto", "", CHAT_BODY],
	["Nova, in-region", NOVA_PRO, "us-east-1", "auto", NOVA_PRO, NOVA_BODY],
	["Nova, geo profile", NOVA_2, "us-east-1", "auto", `us.${NOVA_2}`, NOVA_BODY],
	["Nova, global profile", NOVA_2, "us-east-1", "global", `global.${NOVA_2}`, NOVA_BODY],
	[
		"Nova, foundation-model ARN",
		arn("foundation-model", NOVA_PRO, "us-east-1", ""),
		"us-east-1",
		"auto",
		"",
		NOVA_BODY,
	],
	["Nova, geo profile ARN", arn("inference-profile", `us.${NOVA_PRO}`), "us-east-1", "auto", "", NOVA_BODY],
	["Nova, global profile ARN", arn("inference-profile", `global.${NOVA_2}`), "us-east-1", "auto", "", NOVA_BODY],
]

const TAKES_NONE: Case[] = [
	["Claude, in-region", SONNET, "eu-west-2", "auto", SONNET, CLAUDE_BODY],
	["Claude, geo profile", SONNET, "us-east-1", "auto", `us.${SONNET}`, CLAUDE_BODY],
	["Claude, global profile", SONNET, "us-east-1", "global", `global.${SONNET}`, CLAUDE_BODY],
	[
		"Claude, foundation-model ARN",
		arn("foundation-model", SONNET, "eu-west-2", ""),
		"eu-west-2",
		"auto",
		"",
		CLAUDE_BODY,
	],
	["Claude, profile ARN", arn("inference-profile", `us.${SONNET}`), "us-east-1", "auto", "", CLAUDE_BODY],
	["Kimi K3, geo profile", KIMI, "us-east-1", "auto", `us.${KIMI}`, CHAT_BODY],
	["Kimi K3, global profile", KIMI, "us-east-1", "global", `global.${KIMI}`, CHAT_BODY],
	["Kimi K3, profile ARN", arn("inference-profile", `us.${KIMI}`), "us-east-1", "auto", "", CHAT_BODY],
	["Nova Lite, in-region", "amazon.nova-lite-v1:0", "us-east-1", "auto", "amazon.nova-lite-v1:0", NOVA_BODY],
]

const TIERS = ["default", "flex", "priority"] as const

describe.each(TAKES_TIERS)("InvokeModelWithResponseStream: %s", (_, modelId, region, route, called, body) => {
	it.each(TIERS)("carries %s in the header and nowhere else, Standard by its absence", async (tier) => {
		const usage = await stream(bedrock.handler(tier, { modelId, region, route }))
		const request = arrived()
		expect(request.method).toBe("POST")
		expect(decodeURIComponent(request.path)).toBe(`/model/${called || modelId}/invoke-with-response-stream`)
		expect(tierHeaders(request.headers)).toEqual(tier === "default" ? [] : [["x-amzn-bedrock-service-tier", tier]])
		expect(request.headers["content-type"]).toBe("application/json")
		expect(request.body).toBe(body)
		expect(request.unknownMembers).toEqual([])
		expect(usage).toMatchObject({ requestedTier: tier, servedTier: tier, billedTier: tier, basis: "served" })
	})
})

describe.each(TAKES_NONE)("InvokeModelWithResponseStream: %s", (_, modelId, region, route, called, body) => {
	it.each(TIERS)("carries no tier at all when %s was chosen, and says why", async (tier) => {
		const usage = await stream(bedrock.handler(tier, { modelId, region, route }))
		const request = arrived()
		expect(decodeURIComponent(request.path)).toBe(`/model/${called || modelId}/invoke-with-response-stream`)
		expect(tierHeaders(request.headers)).toEqual([])
		expect(request.body).toBe(body)
		expect(usage.billedTier).toBe("default")
		expect(usage.notSentReason).toBe(tier === "default" ? null : "tier-not-offered")
	})
})

describe("InvokeModel (completePrompt)", () => {
	it.each([
		[GPT_OSS, GPT_OSS, '{"messages":[{"role":"user","content":"Hello"}]}'],
		[NOVA_2, `us.${NOVA_2}`, '{"messages":[{"role":"user","content":[{"text":"Hello"}]}]}'],
	] as const)("of %s carries each tier in the header, Standard by its absence", async (modelId, called, body) => {
		for (const tier of TIERS) await complete(bedrock.handler(tier, { modelId }))
		expect(bedrock.emulator().requests.map(({ path }) => decodeURIComponent(path))).toEqual(
			TIERS.map(() => `/model/${called}/invoke`),
		)
		expect(bedrock.emulator().requests.map(({ headers }) => tierHeaders(headers))).toEqual([
			[],
			[["x-amzn-bedrock-service-tier", "flex"]],
			[["x-amzn-bedrock-service-tier", "priority"]],
		])
		expect(bedrock.emulator().requests.map((request) => request.body)).toEqual([body, body, body])
	})

	it("carries no tier for models that take none through InvokeModel", async () => {
		await complete(bedrock.handler("flex", { modelId: SONNET }))
		await complete(bedrock.handler("flex", { modelId: KIMI }))
		expect(bedrock.emulator().requests.flatMap(({ headers }) => tierHeaders(headers))).toEqual([])
	})
})

describe("Kimi K3, which takes tiers only through chat completions", () => {
	it.each(["converse", "invoke-model"] as const)("gets none through %s", async (api) => {
		await stream(bedrock.handler("priority", { modelId: KIMI, api }))
		expect(tierHeaders(arrived().headers)).toEqual([])
		expect(arrived().body).not.toMatch(/tier/i)
	})
})

describe("The served tier decides the price (1,000 tokens in, 100 out)", () => {
	it.each([
		[GPT_OSS, "default", 0.00021],
		[GPT_OSS, "flex", 0.000105],
		[GPT_OSS, "priority", 0.0003675],
		[NOVA_PRO, "default", 0.00112],
		[NOVA_PRO, "flex", 0.00056],
		[NOVA_PRO, "priority", 0.00196],
		// 1,000 at $3.30 and 100 at $16.50 per million.
		[SONNET, "default", 0.00495],
	] as const)("%s, served as %s, costs $%d", async (modelId, tier, usd) => {
		for (const usage of [
			await stream(bedrock.handler(tier, { modelId })),
			await complete(bedrock.handler(tier, { modelId })),
		]) {
			expect(usage).toMatchObject({ inputTokens: 1000, outputTokens: 100, servedTier: tier })
			expect(usage.totalCost).toBeCloseTo(usd, 12)
		}
	})

	it("flex that was served as default costs what default costs", async () => {
		bedrock.emulator().setScenario("flex-served-as-default")
		for (const usage of [await stream(bedrock.handler("flex")), await complete(bedrock.handler("flex"))]) {
			expect(usage).toMatchObject({ requestedTier: "flex", servedTier: "default", billedTier: "default" })
			expect(usage.totalCost).toBeCloseTo(0.00021, 12)
		}
	})

	it("with no served tier reported, the tier that was sent is billed, and the basis says so", async () => {
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

	it("a word that is no tier of ours is kept and not priced", async () => {
		bedrock.emulator().setScenario("unknown-served-tier")
		expect(await stream(bedrock.handler("flex"))).toMatchObject({
			servedTier: "express",
			totalCost: null,
			knownUsd: 0,
		})
	})

	it("a refused tier is told as such", async () => {
		bedrock.emulator().setScenario("tier-refused")
		const { chunks, failure } = await play(bedrock.handler("flex"))
		expect(chunks).toEqual([])
		expect(failure).toMatchObject({ code: "tier-refused", status: 400 })
	})
})

describe("What is set for Converse", () => {
	it("holds for InvokeModel too: limits, thinking and caching in the model's own words, the tier beside them", async () => {
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

describe("Refused before the model is asked", () => {
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
	])("is %s", async (modelId, sentence) => {
		const { chunks, failure } = await play(bedrock.handler("default", { modelId }))
		expect(chunks).toEqual([])
		expect(failure).toMatchObject({ code: "bad-input", message: expect.stringContaining(sentence) as string })
		// The account may be asked whether a profile exists, the model not.
		const asked = bedrock.emulator().requests.filter(({ operation }) => operation !== "ListInferenceProfiles")
		expect(asked).toEqual([])
	})
})
