import type { UsageRecord } from "@bedrock-tiers/core"
import { createServer, type AddressInfo, type Socket } from "node:net"
import type { TierOutcome } from "@bedrock-tiers/protocol"
import { startEmulator, type Emulator, type ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest"
import type { ApiStreamChunk, ChatTurn, FailedAttempt } from "../../provider-contract"
import { ProviderFailure } from "../../provider-failure"
import { AwsBedrockHandler } from "./bedrock-handler"
import type { BedrockHandlerOptions } from "./handler-options"

/**
 * Attempts over a real socket: how often a request is sent, with which tier, and which failures are reported. The SDK's
 * own retries are off, so each request that arrives is one attempt of the handler. gpt-oss-120b in us-east-1: 1,000
 * input and 100 output tokens cost $0.00021 on Standard, half of that on Flex.
 */

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant", answer: "Hi.", usage: { inputTokens: 1000, outputTokens: 100 } })
})
beforeEach(() => {
	emulator.requests.length = 0
})
afterAll(() => emulator.close())

type Outcome = { usages: UsageRecord[]; failed: FailedAttempt[]; failure: unknown; text: string }
type Options = Partial<BedrockHandlerOptions> & {
	signal?: AbortSignal
	nextScenario?: ScenarioName
	attemptFailed?: () => void
	stream?: boolean
	turns?: readonly ChatTurn[]
	/** Defaults to a new handler. */
	handler?: AwsBedrockHandler
}

const FLEX = {
	modelId: "openai.gpt-oss-120b-1:0",
	api: "converse",
	region: "us-east-1",
	route: "in-region",
	tier: "flex",
} as const

const newHandler = (options: Partial<BedrockHandlerOptions> = {}) =>
	new AwsBedrockHandler({
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

async function run(
	scenario: ScenarioName,
	{
		signal,
		nextScenario,
		attemptFailed,
		stream = true,
		turns = [{ role: "user", content: "Hello" }],
		...options
	}: Options = {},
) {
	emulator.setScenario(scenario)
	const handler = options.handler ?? newHandler(options)
	const outcome: Outcome = { usages: [], failed: [], failure: undefined, text: "" }
	const onAttemptFailed = (attempt: FailedAttempt) => {
		outcome.failed.push(attempt)
		if (nextScenario) emulator.setScenario(nextScenario)
		attemptFailed?.()
	}
	const recordChunk = (chunk: ApiStreamChunk) => {
		if (chunk.type === "usage") outcome.usages.push(chunk.record)
		if (chunk.type === "text") outcome.text += chunk.text
	}
	try {
		const requestOptions = { onAttemptFailed, ...(signal ? { signal } : {}) }
		if (stream) {
			for await (const chunk of handler.createMessage("", turns, requestOptions)) recordChunk(chunk)
		} else outcome.text = await handler.completePrompt("Hello", { ...requestOptions, onUsage: recordChunk })
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
	it("retries a throttled request on the same tier and prices it once", async () => {
		const { usages, failed, failure, text } = await run("throttled-once", { stream })
		expect(failure).toBeUndefined()
		expect(text).toBe("Hi.")
		expect(sentTiers()).toEqual(["flex", "flex"])
		expect(failed).toMatchObject([{ code: "quota-throttled", sentTier: "flex", nextTier: "flex" }])
		expect(failed[0]?.waitMs).toBeGreaterThanOrEqual(1)
		expect(usages.map(({ totalUsd }) => totalUsd)).toEqual([expect.closeTo(0.000105, 12)])
	})

	it("throws quota-throttled after three attempts without changing the tier", async () => {
		const { usages, failed, failure } = await run("throttled", { stream, whenTierCannotServe: "standard" })
		expect(codeOf(failure)).toBe("quota-throttled")
		expect(sentTiers()).toEqual(["flex", "flex", "flex"])
		expect(failed.map(({ nextTier }) => nextTier)).toEqual(["flex", "flex", null])
		expect(usages).toEqual([])
	})

	it.each([
		["tier-refused", "tier-refused"],
		["flex-capacity-refused", "capacity-refused"],
	] as const)("falls back to Standard after %s, reports the reason, and bills Standard", async (scenario, code) => {
		const { usages, failed, failure } = await run(scenario, {
			stream,
			whenTierCannotServe: "standard",
			nextScenario: "served-as-asked",
		})
		expect(failure).toBeUndefined()
		expect(sentTiers()).toEqual(["flex", null])
		expect(failed).toMatchObject([{ code, sentTier: "flex", nextTier: "default", waitMs: 0 }])
		expect(usages).toMatchObject([
			{
				requestedTier: "flex",
				notSentReason: code,
				billedTier: "default",
				totalUsd: expect.closeTo(0.00021, 12),
			},
		])
	})

	it.each(["ask", "stop"] as const)(
		"throws tier-refused without a retry when whenTierCannotServe is %s",
		async (whenTierCannotServe) => {
			const { failure, failed } = await run("tier-refused", { stream, whenTierCannotServe })
			expect(codeOf(failure)).toBe("tier-refused")
			expect(sentTiers()).toEqual(["flex"])
			expect(failed).toMatchObject([{ code: "tier-refused", sentTier: "flex", nextTier: null, waitMs: 0 }])
		},
	)

	it("can be cancelled while it waits for the next attempt", async () => {
		const stop = new AbortController()
		const { failure, usages } = await run("throttled", {
			stream,
			backoffMs: 86_400_000,
			signal: stop.signal,
			// After the failed attempt, when the wait has begun.
			attemptFailed: () => void setImmediate(() => stop.abort()),
		})
		expect(codeOf(failure)).toBe("cancelled")
		expect(emulator.requests).toHaveLength(1)
		expect(usages).toEqual([])
	})
})

describe("A streamed request", () => {
	it("is retried after a refusal in the first frame, which counts as a failed attempt", async () => {
		const { failure, usages, failed } = await run("exception-first", { nextScenario: "served-as-asked" })
		expect(failure).toBeUndefined()
		expect(failed).toMatchObject([{ code: "quota-throttled" }])
		expect(usages).toHaveLength(1)
	})

	it("is not retried after output was shown", async () => {
		const { failure, usages, failed, text } = await run("exception-mid-stream")
		expect(codeOf(failure)).toBe("quota-throttled")
		expect(text).not.toBe("")
		expect(emulator.requests).toHaveLength(1)
		expect(failed).toEqual([])
		expect(usages).toHaveLength(1)
	})
})

/** Starts a server that reads data and then calls `onRequest`, without sending any HTTP. */
async function silentServer(onRequest: (socket: Socket) => void) {
	const sockets = new Set<Socket>()
	const server = createServer((socket) => {
		sockets.add(socket)
		socket.on("error", () => undefined)
		socket.once("data", () => onRequest(socket))
	})
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	const { port } = server.address() as AddressInfo
	const close = () => {
		for (const socket of sockets) socket.destroy()
		return new Promise((resolve) => server.close(resolve))
	}
	return { endpoint: `http://127.0.0.1:${port}`, close }
}

describe.each([
	["createMessage", true],
	["completePrompt", false],
] as const)("Failed attempts of %s", (_, stream) => {
	it.each([
		["tier-refused", "tier-refused"],
		["capacity-refused", "capacity-refused"],
		["access-denied", "access-denied"],
		["internal-error", "unknown"],
	] as const)("have the outcome refused (not billed) after the error response %s", async (scenario, code) => {
		const before = Date.now()
		const { failed } = await run(scenario, { stream })
		expect(failed).toMatchObject([{ code, outcome: "refused", sentTier: "flex", nextTier: null }])
		const at = Date.parse(failed[0]?.at ?? "")
		expect(before <= at && at <= Date.now()).toBe(true)
	})

	it("have the outcome refused after an error response through InvokeModel", async () => {
		const refused = await run("tier-refused", { stream, api: "invoke-model" })
		expect(refused.failed).toMatchObject([{ code: "tier-refused", outcome: "refused", nextTier: null }])
		const throttled = await run("throttled-once", { stream, api: "invoke-model" })
		expect(throttled.failed).toMatchObject([{ code: "quota-throttled", outcome: "refused", nextTier: "flex" }])
	})

	it.each(["http1", "http2"] as const)(
		"have the outcome unanswered (maybe billed) when the %s connection ends without a response",
		async (http) => {
			const server = await silentServer((socket) => socket.destroy())
			const { failed } = await run("served-as-asked", { stream, http, endpoint: server.endpoint })
			expect(failed).toMatchObject([{ code: "network", outcome: "unanswered", sentTier: "flex", nextTier: null }])
			await server.close()
		},
	)

	it("have the outcome unanswered after a timeout, and after a cancellation while waiting", async () => {
		const stop = new AbortController()
		let onRequest = () => {}
		const server = await silentServer(() => onRequest())
		const silence = { stream, http: "http1", endpoint: server.endpoint } as const
		const timeout = await run("served-as-asked", { ...silence, idleLimitMs: 1_000 })
		expect(timeout.failed).toMatchObject([{ code: "timeout", outcome: "unanswered" }])
		onRequest = () => stop.abort()
		const stopped = await run("served-as-asked", { ...silence, signal: stop.signal })
		expect(stopped.failed).toMatchObject([{ code: "cancelled", outcome: "unanswered" }])
		await server.close()
	})

	it.each([
		["no connection", { endpoint: "http://127.0.0.1:1" }, "network"],
		["no credentials", { credentials: { method: "profile", profile: "no-such-profile" } }, "credentials-missing"],
		[
			"a model without a route from the region",
			{ modelId: "anthropic.claude-sonnet-4-6", region: "sa-east-1" },
			"bad-input",
		],
	] as const)("are not reported when the request never left this machine: %s", async (__, options, code) => {
		const { failed, failure } = await run("served-as-asked", { stream, ...options })
		expect(codeOf(failure)).toBe(code)
		expect(failed).toEqual([])
	})

	it("are not reported when the request was cancelled before it began", async () => {
		const { failed, failure } = await run("served-as-asked", { stream, signal: AbortSignal.abort() })
		expect([codeOf(failure), failed, emulator.requests.length]).toEqual(["cancelled", [], 0])
	})
})

it("A block that cannot be expressed fails while the request is built, without a reported attempt", async () => {
	const turns = [{ role: "user", content: [{ type: "hologram" }] }] as const
	const { failed, failure } = await run("served-as-asked", { turns })
	expect([codeOf(failure), failed, emulator.requests.length]).toEqual(["bad-input", [], 0])
})

it("A failure after Bedrock accepted the request produces a usage chunk, not a failed attempt", async () => {
	const { failed, usages, failure } = await run("cut-mid-frame")
	expect(codeOf(failure)).toBe("stream-incomplete")
	expect([failed, usages.length]).toEqual([[], 1])
})

describe("A tier that is known to be refused by Bedrock", () => {
	const known = { knownRefusals: [FLEX], whenTierCannotServe: "standard" } as const

	it.each([true, false])(
		"is not sent when whenTierCannotServe is standard, and the usage gives the reason (streamed: %s)",
		async (stream) => {
			const { usages, failed } = await run("tier-refused", { stream, ...known })
			expect(sentTiers()).toEqual([null])
			expect(failed).toEqual([])
			expect(usages).toMatchObject([
				{ requestedTier: "flex", notSentReason: "tier-refused", totalUsd: expect.closeTo(0.00021, 12) },
			])
		},
	)

	it.each(["ask", "stop"] as const)("is sent anyway when whenTierCannotServe is %s", async (whenTierCannotServe) => {
		await run("served-as-asked", { ...known, whenTierCannotServe })
		expect(sentTiers()).toEqual(["flex"])
	})

	it.each([
		["another model", { modelId: "openai.gpt-oss-20b-1:0" }],
		["another region", { region: "us-west-2" }],
		["another API", { api: "invoke-model" }],
		["another tier", { tier: "priority" }],
	] as const)("is still sent when the known refusal is for %s", async (_, other) => {
		await run("served-as-asked", { ...known, knownRefusals: [{ ...FLEX, ...other }] })
		expect(sentTiers()).toEqual(["flex"])
	})

	it("is remembered by the handler that received the refusal, so that one task sends it only once", async () => {
		const handler = newHandler({ whenTierCannotServe: "standard" })
		for (let request = 0; request < 3; request++) await run("tier-refused", { handler })
		expect(sentTiers()).toEqual(["flex", null, null, null])
	})

	it("is reported when refused and when accepted again, but not after other failures", async () => {
		const outcomes: TierOutcome[] = []
		const onTierOutcome = (outcome: TierOutcome) => outcomes.push(outcome)
		for (const scenario of ["tier-refused", "throttled", "capacity-refused", "flex-served-as-default"] as const)
			await run(scenario, { onTierOutcome })
		await run("served-as-asked", { onTierOutcome, serviceTier: "default" })
		expect(outcomes).toEqual([
			{ tierRequest: FLEX, accepted: false },
			{ tierRequest: FLEX, accepted: true },
		])
	})
})

describe("The timing of a request", () => {
	it("covers only the accepted attempt, without earlier attempts and waits", async () => {
		// A millisecond passes with each look at the clock, and a minute between the two attempts.
		let now = 0
		const clock = vi.spyOn(performance, "now").mockImplementation(() => now++)
		onTestFinished(() => clock.mockRestore())
		const { usages, failed } = await run("throttled-once", { attemptFailed: () => (now += 60_000) })
		expect(failed).toHaveLength(1)
		const { firstTokenMs, totalMs } = usages[0]?.timing ?? {}
		expect(firstTokenMs).toBeGreaterThan(0)
		expect(totalMs).toBeGreaterThan(firstTokenMs ?? Infinity)
		expect(totalMs).toBeLessThan(60_000)
	})

	it("has no first-token time when the answer is not streamed", async () => {
		const { usages } = await run("served-as-asked", { stream: false })
		expect(usages[0]?.timing).toEqual({ firstTokenMs: null, totalMs: expect.any(Number) as number })
	})
})
