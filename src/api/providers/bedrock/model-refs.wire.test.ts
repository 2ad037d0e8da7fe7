import { startEmulator, type Emulator } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { UsageRecord } from "@bedrock-tiers/core"
import { ProviderFailure } from "../../provider-failure"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockHandlerOptions } from "./handler-options"

/** Account lookups for a model id, and the request and cost that result from them. */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", usage: { inputTokens: 1000, outputTokens: 100 } })
})
beforeEach(() => {
	emulator.requests.length = 0
	emulator.setScenario("served-as-asked")
})
afterAll(() => emulator.close())

/** Lookup results are cached by ARN for the life of the process, so each test uses its own ARN. */
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

async function send(handler: AwsBedrockHandler): Promise<UsageRecord> {
	for await (const chunk of handler.createMessage("", [{ role: "user", content: "Hi" }]))
		if (chunk.type === "usage") return chunk.record
	throw new Error("no usage")
}

async function run(modelId: string, options?: Partial<BedrockHandlerOptions>): Promise<UsageRecord> {
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

describe("A model id that needs no account lookup", () => {
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
	])("is sent without a lookup: %s", async (modelId, path) => {
		const usage = await run(modelId)
		expect(emulator.requests.map((request) => request.path)).toEqual([path])
		expect(emulator.requests[0]?.requestedTier).toBe("flex")
		expect(usage).toMatchObject({ baseModelId: "amazon.nova-pro-v1:0", modelNamedBy: "id", servedTier: "flex" })
	})
})

describe("An application inference profile", () => {
	it("is resolved to its model once, and has that model's tiers and price", async () => {
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
			totalUsd: expect.closeTo(NOVA_PRO_FLEX_USD, 12),
		})
		await run(arn)
		expect(operations()).toEqual(["GetInferenceProfile", "ConverseStream", "ConverseStream"])
	})

	it("is looked up once when two requests start at the same time", async () => {
		const handler = handlerOf(profileArn("novapro"))
		await Promise.all([send(handler), send(handler)])
		handler.dispose()
		expect(operations().filter((name) => name === "GetInferenceProfile")).toHaveLength(1)
	})

	it("provides the host with its model's info after the lookup", async () => {
		const handler = handlerOf(profileArn("novapro"))
		expect(handler.getModel().info.supportsImages).toBe(false)
		await send(handler)
		expect(handler.getModel().info.supportsImages).toBe(true)
		handler.dispose()
	})

	it.each([
		["novageo", "geo"],
		["novaglo", "global"],
	] as const)("of the kind %s is priced by the %s route", async (kind, route) => {
		expect(await run(profileArn(kind))).toMatchObject({ route, modelNamedBy: "account" })
	})

	it("is called and looked up in the region of its ARN", async () => {
		const usage = await run(profileArn("novapro", "eu-west-2"))
		expect([region(0), region(1)]).toEqual(["eu-west-2", "eu-west-2"])
		expect(usage.region).toBe("eu-west-2")
	})

	it("gets the requested tier and no price when the lookup is denied", async () => {
		emulator.setScenario("profiles-denied")
		const usage = await run(profileArn("novapro"))
		expect(emulator.requests.at(-1)?.requestedTier).toBe("flex")
		expect(usage).toMatchObject({
			baseModelId: null,
			modelNamedBy: "nobody",
			servedTier: "flex",
			totalUsd: null,
			knownUsd: 0,
			unpricedReason: "model-unknown",
		})
	})

	it("is priced as its declared model when the lookup is denied", async () => {
		emulator.setScenario("profiles-denied")
		const arn = profileArn("novapro")
		const usage = await run(arn, { declaredModels: [{ arn, modelId: "amazon.nova-pro-v1:0" }] })
		expect(usage).toMatchObject({
			baseModelId: "amazon.nova-pro-v1:0",
			modelNamedBy: "person",
			route: "in-region",
			totalUsd: expect.closeTo(NOVA_PRO_FLEX_USD, 12),
		})
		expect(emulator.requests.at(-1)?.modelId).toBe(arn)
	})

	it("gets only tiers of its declared model when the lookup is denied", async () => {
		emulator.setScenario("profiles-denied")
		const arn = profileArn("novapro")
		const usage = await run(arn, { declaredModels: [{ arn, modelId: "us.anthropic.claude-sonnet-4-6" }] })
		expect(emulator.requests.at(-1)?.requestedTier).toBeNull()
		expect(usage).toMatchObject({ notSentReason: "tier-not-offered", route: "geo", modelNamedBy: "person" })
	})

	it("is priced as the model that AWS reports when the declaration differs", async () => {
		const arn = profileArn("novapro")
		const usage = await run(arn, { declaredModels: [{ arn, modelId: "amazon.nova-micro-v1:0" }] })
		expect(usage).toMatchObject({ baseModelId: "amazon.nova-pro-v1:0", modelNamedBy: "account" })
	})

	it("is looked up again by the next handler after a denial, because permissions can change", async () => {
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

	it("can be cancelled during its lookup, and is not looked up for a request that is already cancelled", async () => {
		const handler = handlerOf(profileArn("novapro"))
		const codeWith = (signal: AbortSignal) =>
			handler.completePrompt("Hi", { signal }).catch((error: unknown) => ProviderFailure.is(error) && error.code)
		expect(await codeWith(AbortSignal.abort())).toBe("cancelled")
		expect(operations()).toEqual([])
		const stop = new AbortController()
		const code = codeWith(stop.signal)
		stop.abort()
		expect(await code).toBe("cancelled")
		// The lookup continues for later requests, so the test waits for it.
		await expect.poll(operations).toEqual(["GetInferenceProfile"])
		handler.dispose()
	})
})

describe("An ARN that neither names a model nor can be looked up", () => {
	it.each([["provisioned-model"], ["imported-model"], ["custom-model-deployment"], ["prompt-router"]])(
		"is sent unchanged with the requested tier: %s",
		async (kind) => {
			const arn = `arn:aws:bedrock:us-east-1:123456789012:${kind}/a1b2c3d4e5f6`
			const declaredModels = [{ arn, modelId: "amazon.nova-pro-v1:0" }]
			// The emulator has no such models; the test reads only what was sent to it.
			expect((await refusal(arn, { declaredModels })).code).toBe("model-not-found")
			expect(emulator.requests).toMatchObject([
				{ operation: "ConverseStream", modelId: arn, requestedTier: "flex" },
			])
		},
	)
})

describe("The account's own profiles", () => {
	it("are used when the built-in table knows no geo profile of a model", async () => {
		const usage = await run("openai.gpt-oss-20b-1:0", { route: "geo" })
		// Three pages, because the emulator returns small pages.
		const pages = Array.from({ length: 3 }, () => "ListInferenceProfiles")
		expect(operations()).toEqual([...pages, "ConverseStream"])
		expect(emulator.requests[0]?.path).toContain("type=SYSTEM_DEFINED")
		expect(usage).toMatchObject({ modelId: "us.openai.gpt-oss-20b-1:0", route: "geo" })
	})

	it("are used when the built-in table says that the typed profile does not exist", async () => {
		expect(await run("us.openai.gpt-oss-20b-1:0")).toMatchObject({
			modelId: "us.openai.gpt-oss-20b-1:0",
			route: "geo",
		})
	})

	it("lead to an error with the callable ids when neither they nor the table contain the profile", async () => {
		const failure = await refusal("us.openai.gpt-oss-120b-1:0")
		expect(failure).toMatchObject({
			code: "bad-input",
			message:
				'gpt-oss-120b has no "us" profile. From us-east-1 it can be called as openai.gpt-oss-120b-1:0 (in-region).',
		})
		expect(operations()).not.toContain("ConverseStream")
	})

	it("are never used for the global route, which only the user may choose", async () => {
		const failure = await refusal("anthropic.claude-sonnet-4-6", { region: "sa-east-1" })
		expect(failure.message).toContain("only by the global route (global.anthropic.claude-sonnet-4-6)")
		expect(operations()).not.toContain("ConverseStream")
	})

	it("are replaced by the built-in table when they may not be listed, and the error says so", async () => {
		emulator.setScenario("profiles-denied")
		expect((await refusal("us.openai.gpt-oss-20b-1:0")).message).toMatch(
			/has no "us" profile\. .* need the right bedrock:ListInferenceProfiles\.\)$/,
		)
		emulator.requests.length = 0
		await run("amazon.nova-pro-v1:0")
		expect(operations()).toEqual(["ConverseStream"])
	})
})

describe("An invalid request", () => {
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
	])("is rejected before anything is sent, with a message about the model id: %s", async (modelId, message) => {
		expect(await refusal(modelId)).toMatchObject({ code: "bad-input", message })
		expect(emulator.requests).toEqual([])
	})

	it("is rejected when its region is not a region code", async () => {
		expect((await refusal("amazon.nova-pro-v1:0", { region: "virginia" })).message).toBe(
			'"virginia" is not an AWS region code.',
		)
	})
})
