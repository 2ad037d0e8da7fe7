import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { UsageChunk } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockHandlerOptions } from "./handler-options"

/** What is asked of the account about a model id, and what the request then carries and costs. */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", usage: { inputTokens: 1000, outputTokens: 100 } })
})
beforeEach(() => {
	emulator.requests.length = 0
	emulator.setScenario("served-as-asked")
})
afterAll(() => emulator.close())

/** What is found is remembered by ARN for the life of the process: each test has its own. */
let profiles = 0
const profileArn = (kind: "novapro" | "novageo" | "novaglo" | "unknown", region = "us-east-1") =>
	`arn:aws:bedrock:${region}:123456789012:application-inference-profile/${kind}${String(++profiles).padStart(5, "0")}`

function handlerOf(modelId: string, options: Partial<BedrockHandlerOptions> = {}) {
	return new AwsBedrockHandler({
		region: "us-east-1",
		modelId,
		route: "auto",
		serviceTier: "flex",
		api: "converse",
		credentials: { method: "static-keys", accessKeyId: "AKIDEXAMPLE", secretAccessKey: "canary-secret" },
		endpoint: emulator.url,
		applicationId: "refs-test",
		...options,
	})
}

async function send(handler: AwsBedrockHandler): Promise<UsageChunk> {
	for await (const chunk of handler.createMessage("", [{ role: "user", content: "Hi" }]))
		if (chunk.type === "usage") return chunk
	throw new Error("no usage")
}

async function run(modelId: string, options?: Partial<BedrockHandlerOptions>): Promise<UsageChunk> {
	const handler = handlerOf(modelId, options)
	try {
		return await send(handler)
	} finally {
		handler.dispose()
	}
}

async function refusal(modelId: string, options?: Partial<BedrockHandlerOptions>): Promise<ProviderFailure> {
	const failure: unknown = await run(modelId, options).catch((error: unknown) => error)
	if (!ProviderFailure.is(failure)) throw new Error(`not refused: ${String(failure)}`)
	return failure
}

const operations = () => emulator.requests.map(({ operation }) => operation)
const region = (index: number) =>
	/Credential=[^/]+\/\d+\/([^/]+)/.exec(emulator.requests[index]?.headers.authorization ?? "")?.[1]

/** 1000 tokens in, 100 out. Nova Pro, Flex in us-east-1: USD 0.40 and 1.60 per million. */
const NOVA_PRO_FLEX_USD = 0.00056

describe("An ordinary id asks the account nothing", () => {
	it.each([
		["amazon.nova-pro-v1:0", "/model/amazon.nova-pro-v1%3A0/converse-stream"],
		["us.amazon.nova-pro-v1:0", "/model/us.amazon.nova-pro-v1%3A0/converse-stream"],
		[
			"arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-pro-v1:0",
			"/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A%3Afoundation-model%2Famazon.nova-pro-v1%3A0/converse-stream",
		],
		[
			"arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-pro-v1:0",
			"/model/arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Ainference-profile%2Fus.amazon.nova-pro-v1%3A0/converse-stream",
		],
	])("%s", async (modelId, path) => {
		const usage = await run(modelId)
		expect(emulator.requests.map((request) => request.path)).toEqual([path])
		expect(emulator.requests[0]?.requestedTier).toBe("flex")
		expect(usage).toMatchObject({ baseModelId: "amazon.nova-pro-v1:0", modelNamedBy: "id", servedTier: "flex" })
	})
})

describe("An application inference profile", () => {
	it("is resolved to its model once, and has its tiers and its price", async () => {
		const arn = profileArn("novapro")
		const usage = await run(arn)
		expect(operations()).toEqual(["GetInferenceProfile", "ConverseStream"])
		const [lookup, request] = emulator.requests
		expect(lookup).toMatchObject({ method: "GET", path: `/inference-profiles/${encodeURIComponent(arn)}` })
		expect(lookup?.headers["user-agent"]).toContain("app/refs-test")
		expect(request).toMatchObject({ requestedTier: "flex", modelId: arn })
		expect(usage).toMatchObject({
			baseModelId: "amazon.nova-pro-v1:0",
			modelNamedBy: "account",
			route: "in-region",
			servedTier: "flex",
			billedTier: "flex",
			totalCost: expect.closeTo(NOVA_PRO_FLEX_USD, 12),
		})
		await run(arn)
		expect(operations()).toEqual(["GetInferenceProfile", "ConverseStream", "ConverseStream"])
	})

	it("is asked for once where two requests begin together", async () => {
		const handler = handlerOf(profileArn("novapro"))
		await Promise.all([send(handler), send(handler)])
		handler.dispose()
		expect(operations().filter((name) => name === "GetInferenceProfile")).toHaveLength(1)
	})

	it("tells its model to the host, once it is known", async () => {
		const handler = handlerOf(profileArn("novapro"))
		expect(handler.getModel().info.inputPrice).toBeUndefined()
		await send(handler)
		expect(handler.getModel().info).toMatchObject({ contextWindow: 300_000, inputPrice: 0.4, outputPrice: 1.6 })
		handler.dispose()
	})

	it.each([
		["novageo", "geo"],
		["novaglo", "global"],
	] as const)("of %s is priced by the %s route", async (kind, route) => {
		expect(await run(profileArn(kind))).toMatchObject({ route, modelNamedBy: "account" })
	})

	it("is called and looked up in its own region", async () => {
		const usage = await run(profileArn("novapro", "eu-west-2"))
		expect([region(0), region(1)]).toEqual(["eu-west-2", "eu-west-2"])
		expect(usage.region).toBe("eu-west-2")
	})

	it("that may not be looked up gets the tier as chosen, and no price", async () => {
		emulator.setScenario("profiles-denied")
		const usage = await run(profileArn("novapro"))
		expect(emulator.requests.at(-1)?.requestedTier).toBe("flex")
		expect(usage).toMatchObject({
			baseModelId: null,
			modelNamedBy: "nobody",
			servedTier: "flex",
			totalCost: null,
			knownUsd: 0,
			unpricedReason: "model-unknown",
		})
	})

	it("that may not be looked up is priced as what the person says it stands for", async () => {
		emulator.setScenario("profiles-denied")
		const arn = profileArn("novapro")
		const usage = await run(arn, { declaredModels: [{ arn, modelId: "amazon.nova-pro-v1:0" }] })
		expect(usage).toMatchObject({
			baseModelId: "amazon.nova-pro-v1:0",
			modelNamedBy: "person",
			route: "in-region",
			totalCost: expect.closeTo(NOVA_PRO_FLEX_USD, 12),
		})
		expect(emulator.requests.at(-1)?.modelId).toBe(arn)
	})

	it("takes the tiers of the model that the person names", async () => {
		emulator.setScenario("profiles-denied")
		const arn = profileArn("novapro")
		const usage = await run(arn, { declaredModels: [{ arn, modelId: "us.anthropic.claude-sonnet-4-6" }] })
		expect(emulator.requests.at(-1)?.requestedTier).toBeNull()
		expect(usage).toMatchObject({ notSentReason: "tier-not-offered", route: "geo", modelNamedBy: "person" })
	})

	it("is what AWS says, where the person says otherwise", async () => {
		const arn = profileArn("novapro")
		const usage = await run(arn, { declaredModels: [{ arn, modelId: "amazon.nova-micro-v1:0" }] })
		expect(usage).toMatchObject({ baseModelId: "amazon.nova-pro-v1:0", modelNamedBy: "account" })
	})

	it("may be asked for again by the next handler when it was denied: rights may be given at any time", async () => {
		const arn = profileArn("novapro")
		const handler = handlerOf(arn)
		emulator.setScenario("profiles-denied")
		await send(handler)
		await send(handler)
		handler.dispose()
		emulator.setScenario("served-as-asked")
		expect((await run(arn)).modelNamedBy).toBe("account")
		expect(operations().filter((name) => name === "GetInferenceProfile")).toHaveLength(2)
	})

	it("can be stopped while it is looked up, and is not looked up for a request that was stopped before", async () => {
		const handler = handlerOf(profileArn("novapro"))
		const codeWith = (signal: AbortSignal) =>
			handler.completePrompt("Hi", { signal }).catch((error: unknown) => ProviderFailure.is(error) && error.code)
		expect(await codeWith(AbortSignal.abort())).toBe("cancelled")
		expect(operations()).toEqual([])
		const stop = new AbortController()
		const code = codeWith(stop.signal)
		stop.abort()
		expect(await code).toBe("cancelled")
		// The answer is for whoever asks next, so it is awaited.
		await expect.poll(operations).toEqual(["GetInferenceProfile"])
		handler.dispose()
	})
})

describe("What no ARN says is not asked for either, and not priced:", () => {
	it.each([["provisioned-model"], ["imported-model"], ["custom-model-deployment"], ["prompt-router"]])(
		"%s",
		async (kind) => {
			const arn = `arn:aws:bedrock:us-east-1:123456789012:${kind}/a1b2c3d4e5f6`
			const declaredModels = [{ arn, modelId: "amazon.nova-pro-v1:0" }]
			// The emulator has none of these; what is read here is what was sent to it.
			expect((await refusal(arn, { declaredModels })).code).toBe("model-not-found")
			expect(emulator.requests).toMatchObject([
				{ operation: "ConverseStream", modelId: arn, requestedTier: "flex" },
			])
		},
	)
})

describe("The account's own profiles come before the table", () => {
	it("where the table knows no geographic profile of a model", async () => {
		const usage = await run("openai.gpt-oss-20b-1:0", { route: "geo" })
		// Two pages: the emulator gives few at a time.
		expect(operations()).toEqual(["ListInferenceProfiles", "ListInferenceProfiles", "ConverseStream"])
		expect(emulator.requests[0]?.path).toContain("type=SYSTEM_DEFINED")
		expect(usage).toMatchObject({ modelId: "us.openai.gpt-oss-20b-1:0", route: "geo" })
	})

	it("where a profile was typed that the table knows not to exist", async () => {
		expect(await run("us.openai.gpt-oss-20b-1:0")).toMatchObject({
			modelId: "us.openai.gpt-oss-20b-1:0",
			route: "geo",
		})
	})

	it("and what neither knows is refused, with what there is", async () => {
		const failure = await refusal("us.openai.gpt-oss-120b-1:0")
		expect(failure).toMatchObject({
			code: "bad-input",
			message:
				'gpt-oss-120b has no "us" profile. From us-east-1 it can be called as openai.gpt-oss-120b-1:0 (in-region).',
		})
		expect(operations()).not.toContain("ConverseStream")
	})

	it("but never the global one, which is a person's choice", async () => {
		const failure = await refusal("anthropic.claude-sonnet-4-6", { region: "sa-east-1" })
		expect(failure.message).toContain("only by the global route (global.anthropic.claude-sonnet-4-6)")
		expect(operations()).not.toContain("ConverseStream")
	})

	it("the table answers where they may not be listed, and the refusal says so", async () => {
		emulator.setScenario("profiles-denied")
		expect((await refusal("us.openai.gpt-oss-20b-1:0")).message).toMatch(
			/has no "us" profile\. .* need the right bedrock:ListInferenceProfiles\.\)$/,
		)
		emulator.requests.length = 0
		await run("amazon.nova-pro-v1:0")
		expect(operations()).toEqual(["ConverseStream"])
	})
})

describe("A model id is refused before anything is sent, by what is wrong with it:", () => {
	it.each([
		["gpt", '"gpt" is not a Bedrock model id or ARN.'],
		["arn:aws:s3:::bucket/key", 'The ARN is one of "s3", not of bedrock.'],
		[
			"arn:aws:bedrock:us-east-1:123456789012:guardrail/x",
			'The ARN names a "guardrail", which cannot be called as a model.',
		],
		[
			"arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-2-lite-v1:0",
			"Nova 2 Lite can be called only through a profile. From us-east-1 it can be called as " +
				"us.amazon.nova-2-lite-v1:0 (geo) / global.amazon.nova-2-lite-v1:0 (global).",
		],
	])("%s", async (modelId, message) => {
		expect(await refusal(modelId)).toMatchObject({ code: "bad-input", message })
		expect(emulator.requests).toEqual([])
	})

	it("and a region that is none", async () => {
		expect((await refusal("amazon.nova-pro-v1:0", { region: "virginia" })).message).toBe(
			'"virginia" is not an AWS region code.',
		)
	})
})
