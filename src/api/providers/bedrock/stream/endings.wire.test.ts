import { startEmulator, type Emulator, type ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import type { ErrorCode } from "@bedrock-tiers/protocol"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import type { UsageRecord } from "@bedrock-tiers/core"
import { ProviderFailure } from "../../../provider-failure"
import { AwsBedrockHandler } from "../bedrock-handler"
import type { BedrockHandlerOptions } from "../handler-options"

/**
 * However an answer ends, it ends once: with one usage chunk if Bedrock accepted the request, and one failure if it
 * failed.
 */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", usage: { inputTokens: 1000, outputTokens: 100 } })
})
afterAll(() => emulator.close())

type Ending = {
	text: string
	reasoning: string
	usages: UsageRecord[]
	failure: unknown
}

async function run(options: Partial<BedrockHandlerOptions> = {}, signal?: AbortSignal, stopAfterText?: () => void) {
	const handler = handlerOf(options)
	const ending: Ending = { text: "", reasoning: "", usages: [], failure: undefined }
	try {
		for await (const chunk of handler.createMessage("", [{ role: "user", content: "Hello, long please" }], {
			signal,
		})) {
			if (chunk.type === "usage") ending.usages.push(chunk.record)
			else if (chunk.type === "text" || chunk.type === "reasoning") ending[chunk.type] += chunk.text
			if (chunk.type === "text") stopAfterText?.()
		}
	} catch (error) {
		ending.failure = error
	} finally {
		handler.dispose()
	}
	return ending
}

function handlerOf(options: Partial<BedrockHandlerOptions>) {
	return new AwsBedrockHandler({
		region: "us-east-1",
		modelId: "openai.gpt-oss-120b-1:0",
		route: "auto",
		serviceTier: "flex",
		api: "converse",
		credentials: { method: "api-key", apiKey: "canary-key-0123456789" },
		endpoint: emulator.url,
		applicationId: "wire-test",
		maxAttempts: 1,
		...options,
	})
}

async function runScenario(scenario: ScenarioName) {
	emulator.setScenario(scenario)
	return run()
}

function codeOf(failure: unknown): ErrorCode {
	if (!ProviderFailure.is(failure)) throw new Error(`not classified: ${String(failure)}`)
	expect(failure.message).not.toContain("canary-key")
	return failure.code
}

describe("A request that is refused before any output", () => {
	it.each([
		["tier-refused", "tier-refused"],
		["throttled", "quota-throttled"],
		["capacity-refused", "capacity-refused"],
		["model-not-ready", "capacity-refused"],
		["model-timeout", "capacity-refused"],
		["access-denied", "access-denied"],
		["tier-denied-by-policy", "access-denied"],
		["credentials-expired", "credentials-expired"],
		["internal-error", "unknown"],
		["model-error", "unknown"],
	] as const)("in the scenario %s fails with %s and without usage", async (scenario, code) => {
		emulator.requests.length = 0
		const { failure, usages, text } = await runScenario(scenario)
		expect(codeOf(failure)).toBe(code)
		expect(usages).toEqual([])
		expect(text).toBe("")
		// The SDK's own retries are off: one attempt is one request.
		expect(emulator.requests).toHaveLength(1)
	})

	it("fails with the code of an exception in the first frame", async () => {
		const { failure, usages, text } = await runScenario("exception-first")
		expect(codeOf(failure)).toBe("quota-throttled")
		expect([usages, text]).toEqual([[], ""])
	})

	it.each([
		["a model id that AWS does not know", { modelId: "openai.no-such-model-1:0" }, "model-not-found"],
		["a retired model", { modelId: "amazon.nova-premier-v1:0" }, "model-not-found"],
		["a connection that is refused", { endpoint: "http://127.0.0.1:1" }, "network"],
	] as const)("because of %s fails with %s", async (_, options, code) => {
		emulator.setScenario("served-as-asked")
		const { failure, usages } = await run(options)
		expect(codeOf(failure)).toBe(code)
		expect(usages).toEqual([])
	})

	it("names the cause of a failed connection, not HTTP/2's own error", async () => {
		const { failure } = await run({ endpoint: "http://127.0.0.1:1" })
		expect(String(failure)).toContain("ECONNREFUSED")
	})
})

describe("An invalid request", () => {
	it.each([
		["an invalid model id", { modelId: "not a model" }],
		["plain http to another machine", { endpoint: "http://example.com" }],
		[
			"a region with only the global route to the model",
			{ modelId: "anthropic.claude-sonnet-4-6", region: "sa-east-1" },
		],
		["a model without Converse", { modelId: "openai.gpt-5.5", serviceTier: "default" }],
		["a route that the model does not have", { route: "global" }],
	] as const)("fails with bad-input before a prompt is sent: %s", async (_, options) => {
		emulator.setScenario("served-as-asked")
		emulator.requests.length = 0
		const { failure, usages } = await run(options)
		expect(codeOf(failure)).toBe("bad-input")
		expect(usages).toEqual([])
		// The account's profiles may have been listed, but no prompt was sent.
		expect(emulator.requests.filter(({ method }) => method === "POST")).toEqual([])
	})
})

describe("An accepted request with an abnormal end", () => {
	it.each([
		["cut-mid-frame"],
		["bad-checksum"],
		["reset-mid-stream"],
		["connection-dropped"],
		["no-message-stop"],
	] as const)("fails with stream-incomplete and a usage chunk without token counts: %s", async (scenario) => {
		const { failure, usages } = await runScenario(scenario)
		expect(codeOf(failure)).toBe("stream-incomplete")
		expect(usages).toHaveLength(1)
		expect(usages[0]).toMatchObject({
			usage: null,
			totalUsd: null,
			knownUsd: 0,
			unpricedReason: "usage-not-reported",
			requestedTier: "flex",
			billedTier: "flex",
			basis: "requested",
		})
	})

	it("fails with the code of an exception frame in mid-stream", async () => {
		const { failure, usages } = await runScenario("exception-mid-stream")
		expect(codeOf(failure)).toBe("quota-throttled")
		expect(usages).toHaveLength(1)
	})

	it("does not fail without metadata, but is not priced", async () => {
		const { failure, usages, text } = await runScenario("no-metadata")
		expect(failure).toBeUndefined()
		expect(text).not.toBe("")
		expect(usages).toHaveLength(1)
		expect(usages[0]).toMatchObject({ usage: null, totalUsd: null, unpricedReason: "usage-not-reported" })
	})
})

describe("A complete answer", () => {
	it("is priced once when metadata arrives twice", async () => {
		const { usages } = await runScenario("two-metadata")
		expect(usages).toHaveLength(1)
		expect(usages[0]?.totalUsd).toBeCloseTo(0.000105, 12)
	})

	it("has its reasoning separate from its text", async () => {
		const { reasoning, text } = await runScenario("reasoning")
		expect(reasoning).not.toBe("")
		expect(text).not.toContain(reasoning)
	})

	it("may contain unknown events", async () => {
		const { failure, usages } = await runScenario("unknown-event")
		expect(failure).toBeUndefined()
		expect(usages).toHaveLength(1)
	})
})

describe("Cancelling a request", () => {
	it("ends it at once with `cancelled`, and with usage that was not reported", async () => {
		emulator.setScenario("stall")
		const stop = new AbortController()
		const { failure, usages, text } = await run({}, stop.signal, () => stop.abort())
		expect(codeOf(failure)).toBe("cancelled")
		expect(text).not.toBe("")
		expect(usages).toMatchObject([{ totalUsd: null, unpricedReason: "usage-not-reported" }])
	})

	it("before it is sent sends nothing and records nothing", async () => {
		emulator.requests.length = 0
		const { failure, usages } = await run({}, AbortSignal.abort())
		expect(codeOf(failure)).toBe("cancelled")
		expect(usages).toEqual([])
		expect(emulator.requests).toEqual([])
	})
})

describe("The idle limit", () => {
	it("ends a silent request with `timeout`, and with usage that was not reported", async () => {
		emulator.setScenario("stall")
		const { text, usages, failure } = await run({ idleLimitMs: 1_000 })
		expect(text).not.toBe("")
		expect(codeOf(failure)).toBe("timeout")
		expect((failure as Error).message).toContain("Bedrock said nothing for")
		expect(usages).toHaveLength(1)
		expect(usages[0]).toMatchObject({ usage: null, totalUsd: null, unpricedReason: "usage-not-reported" })
	})

	it("does not count the time that a slow reader takes", async () => {
		emulator.setScenario("served-as-asked")
		const handler = handlerOf({ idleLimitMs: 1_000 })
		let usages = 0
		let slept = false
		for await (const chunk of handler.createMessage("", [{ role: "user", content: "Hello, long please" }])) {
			if (chunk.type === "usage") usages++
			if (!slept) await new Promise((resolve) => setTimeout(resolve, 2_500))
			slept = true
		}
		handler.dispose()
		expect(usages).toBe(1)
	})
})
