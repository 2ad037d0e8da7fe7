import { startEmulator, type Emulator, type ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ApiStreamChunk, FailedAttempt, UsageChunk } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockHandlerOptions } from "./handler-options"

/**
 * Attempts over a real socket: how often something is sent, with which tier, and what is told of it. The SDK's own
 * retries are off, so each request that arrives is one of ours. gpt-oss-120b in us-east-1: 1,000 tokens in and 100 out
 * cost $0.00021 on Standard, half on Flex.
 */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi.", usage: { inputTokens: 1000, outputTokens: 100 } })
})
beforeEach(() => {
	emulator.requests.length = 0
})
afterAll(() => emulator.close())

type Outcome = { usages: UsageChunk[]; failed: FailedAttempt[]; failure: unknown; text: string }
type Options = Partial<BedrockHandlerOptions> & { signal?: AbortSignal; thenScenario?: ScenarioName; stream?: boolean }

async function run(scenario: ScenarioName, { signal, thenScenario, stream = true, ...options }: Options = {}) {
	emulator.setScenario(scenario)
	const handler = new AwsBedrockHandler({
		region: "us-east-1",
		modelId: "openai.gpt-oss-120b-1:0",
		route: "auto",
		serviceTier: "flex",
		api: "converse",
		credentials: { method: "api-key", apiKey: "test-key" },
		endpoint: emulator.url,
		applicationId: "wire-test",
		backoffMs: 1,
		...options,
	})
	const outcome: Outcome = { usages: [], failed: [], failure: undefined, text: "" }
	const onAttemptFailed = (attempt: FailedAttempt) => {
		outcome.failed.push(attempt)
		if (thenScenario) emulator.setScenario(thenScenario)
	}
	const take = (chunk: ApiStreamChunk) => {
		if (chunk.type === "usage") outcome.usages.push(chunk)
		if (chunk.type === "text") outcome.text += chunk.text
	}
	try {
		const limits = { onAttemptFailed, ...(signal ? { signal } : {}) }
		if (stream) {
			const turns = [{ role: "user", content: "Hello" }] as const
			for await (const chunk of handler.createMessage("", turns, limits)) take(chunk)
		} else outcome.text = await handler.completePrompt("Hello", { ...limits, onUsage: take })
	} catch (error) {
		outcome.failure = error
	} finally {
		handler.dispose()
	}
	return outcome
}

const sentTiers = () => emulator.requests.map(({ requestedTier }) => requestedTier)
const codeOf = (failure: unknown) => (ProviderFailure.is(failure) ? failure.code : String(failure))

describe.each([
	["createMessage", true],
	["completePrompt", false],
] as const)("%s", (_, stream) => {
	it("asks for the same tier again after a throttle, and is priced once", async () => {
		const { usages, failed, failure, text } = await run("throttled-once", { stream })
		expect(failure).toBeUndefined()
		expect(text).toBe("Hi.")
		expect(sentTiers()).toEqual(["flex", "flex"])
		expect(failed).toMatchObject([{ code: "quota-throttled", sentTier: "flex", nextTier: "flex" }])
		expect(failed[0]?.waitMs).toBeGreaterThanOrEqual(1)
		expect(usages.map(({ totalCost }) => totalCost)).toEqual([expect.closeTo(0.000105, 12)])
	})

	it("gives a throttle up after three attempts, and never changes the tier for it", async () => {
		const { usages, failed, failure } = await run("throttled", { stream, whenTierCannotServe: "standard" })
		expect(codeOf(failure)).toBe("quota-throttled")
		expect(sentTiers()).toEqual(["flex", "flex", "flex"])
		expect(failed).toHaveLength(2)
		expect(usages).toEqual([])
	})

	it.each([
		["tier-refused", "tier-refused"],
		["flex-capacity-refused", "capacity-refused"],
	] as const)("goes on Standard after %s where that is wanted, says so, and is priced so", async (scenario, code) => {
		const { usages, failed, failure } = await run(scenario, {
			stream,
			whenTierCannotServe: "standard",
			thenScenario: "served-as-asked",
		})
		expect(failure).toBeUndefined()
		expect(sentTiers()).toEqual(["flex", null])
		expect(failed).toMatchObject([{ code, sentTier: "flex", nextTier: "default", waitMs: 0 }])
		expect(usages).toMatchObject([
			{
				requestedTier: "flex",
				notSentReason: code,
				billedTier: "default",
				totalCost: expect.closeTo(0.00021, 12),
			},
		])
	})

	it.each(["ask", "stop"] as const)(
		"tells a refused tier at once where the setting is %s",
		async (whenTierCannotServe) => {
			const { failure, failed } = await run("tier-refused", { stream, whenTierCannotServe })
			expect(codeOf(failure)).toBe("tier-refused")
			expect(sentTiers()).toEqual(["flex"])
			expect(failed).toEqual([])
		},
	)

	it("can be stopped while it waits", async () => {
		const stop = new AbortController()
		setTimeout(() => stop.abort(), 50)
		const started = performance.now()
		const { failure, usages } = await run("throttled", { stream, backoffMs: 60_000, signal: stop.signal })
		expect(performance.now() - started).toBeLessThan(3_000)
		expect(codeOf(failure)).toBe("cancelled")
		expect(emulator.requests).toHaveLength(1)
		expect(usages).toEqual([])
	})
})

describe("in a stream", () => {
	it("a refusal in the first frame is an attempt too", async () => {
		const { failure, usages, failed } = await run("exception-first", { thenScenario: "served-as-asked" })
		expect(failure).toBeUndefined()
		expect(failed).toMatchObject([{ code: "quota-throttled" }])
		expect(usages).toHaveLength(1)
	})

	it("nothing is tried again once something was shown", async () => {
		const { failure, usages, failed, text } = await run("exception-mid-stream")
		expect(codeOf(failure)).toBe("quota-throttled")
		expect(text).not.toBe("")
		expect(emulator.requests).toHaveLength(1)
		expect(failed).toEqual([])
		expect(usages).toHaveLength(1)
	})
})
