import { createServer, type AddressInfo, type Socket } from "node:net"
import type { TierOutcome } from "@bedrock-tiers/protocol"
import { startEmulator, type Emulator, type ScenarioName } from "@bedrock-tiers/bedrock-emulator"
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest"
import type { ApiStreamChunk, ChatTurn, FailedAttempt, UsageChunk } from "../../provider-contract"
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
type Options = Partial<BedrockHandlerOptions> & {
	signal?: AbortSignal
	thenScenario?: ScenarioName
	stream?: boolean
	turns?: readonly ChatTurn[]
	/** Absent = a new one. */
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
	{ signal, thenScenario, stream = true, turns = [{ role: "user", content: "Hello" }], ...options }: Options = {},
) {
	emulator.setScenario(scenario)
	const handler = options.handler ?? newHandler(options)
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
		expect(failed.map(({ nextTier }) => nextTier)).toEqual(["flex", "flex", null])
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
			expect(failed).toMatchObject([{ code: "tier-refused", sentTier: "flex", nextTier: null, waitMs: 0 }])
		},
	)

	it("can be stopped while it waits", async () => {
		const stop = new AbortController()
		setTimeout(() => stop.abort(), 50)
		const { failure, usages } = await run("throttled", { stream, backoffMs: 86_400_000, signal: stop.signal })
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

/** A server that takes what is sent and then does what the test says, without a word of HTTP. */
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
] as const)("What a failed attempt is, with %s:", (_, stream) => {
	it.each([
		["tier-refused", "tier-refused"],
		["capacity-refused", "capacity-refused"],
		["access-denied", "access-denied"],
		["internal-error", "unknown"],
	] as const)("Bedrock's answer %s is one that is not billed", async (scenario, code) => {
		const before = Date.now()
		const { failed } = await run(scenario, { stream })
		expect(failed).toMatchObject([{ code, outcome: "refused", sentTier: "flex", nextTier: null }])
		const at = Date.parse(failed[0]?.at ?? "")
		expect(before <= at && at <= Date.now()).toBe(true)
	})

	it("the same through InvokeModel", async () => {
		const refused = await run("tier-refused", { stream, api: "invoke-model" })
		expect(refused.failed).toMatchObject([{ code: "tier-refused", outcome: "refused", nextTier: null }])
		const throttled = await run("throttled-once", { stream, api: "invoke-model" })
		expect(throttled.failed).toMatchObject([{ code: "quota-throttled", outcome: "refused", nextTier: "flex" }])
	})

	it.each(["http1", "http2"] as const)(
		"a connection that ends without an answer (%s) may have been billed",
		async (http) => {
			const server = await silentServer((socket) => socket.destroy())
			const { failed } = await run("served-as-asked", { stream, http, endpoint: server.endpoint })
			expect(failed).toMatchObject([{ code: "network", outcome: "unanswered", sentTier: "flex", nextTier: null }])
			await server.close()
		},
	)

	it("silence, and a stop during it, may have been billed too", async () => {
		const server = await silentServer(() => undefined)
		const silence = { stream, http: "http1", endpoint: server.endpoint } as const
		const timeout = await run("served-as-asked", { ...silence, idleLimitMs: 100 })
		expect(timeout.failed).toMatchObject([{ code: "timeout", outcome: "unanswered" }])
		const stop = new AbortController()
		setTimeout(() => stop.abort(), 100)
		const stopped = await run("served-as-asked", { ...silence, signal: stop.signal })
		expect(stopped.failed).toMatchObject([{ code: "cancelled", outcome: "unanswered" }])
		await server.close()
	})

	it.each([
		["no connection", { endpoint: "http://127.0.0.1:1" }, "network"],
		["no credentials", { credentials: { method: "profile", profile: "no-such-profile" } }, "credentials-missing"],
		[
			"a model that cannot be reached so",
			{ modelId: "anthropic.claude-sonnet-4-6", region: "sa-east-1" },
			"bad-input",
		],
	] as const)("what never left this machine is none: %s", async (__, options, code) => {
		const { failed, failure } = await run("served-as-asked", { stream, ...options })
		expect(codeOf(failure)).toBe(code)
		expect(failed).toEqual([])
	})

	it("nor is what was stopped before it began", async () => {
		const { failed, failure } = await run("served-as-asked", { stream, signal: AbortSignal.abort() })
		expect([codeOf(failure), failed, emulator.requests.length]).toEqual(["cancelled", [], 0])
	})
})

it("A block that cannot be expressed is no attempt either: it is found while the request is made", async () => {
	const turns = [{ role: "user", content: [{ type: "hologram" }] }] as const
	const { failed, failure } = await run("served-as-asked", { turns })
	expect([codeOf(failure), failed, emulator.requests.length]).toEqual(["bad-input", [], 0])
})

it("What failed after Bedrock took it is a request with usage, not a failed attempt", async () => {
	const { failed, usages, failure } = await run("cut-mid-frame")
	expect(codeOf(failure)).toBe("stream-incomplete")
	expect([failed, usages.length]).toEqual([[], 1])
})

describe("A tier that is known to be refused", () => {
	const known = { knownRefusals: [FLEX], whenTierCannotServe: "standard" } as const

	it.each([true, false])("is not asked for again where Standard is wanted, and the usage says so", async (stream) => {
		const { usages, failed } = await run("tier-refused", { stream, ...known })
		expect(sentTiers()).toEqual([null])
		expect(failed).toEqual([])
		expect(usages).toMatchObject([
			{ requestedTier: "flex", notSentReason: "tier-refused", totalCost: expect.closeTo(0.00021, 12) },
		])
	})

	it.each(["ask", "stop"] as const)(
		"is asked for all the same where the setting is %s",
		async (whenTierCannotServe) => {
			await run("served-as-asked", { ...known, whenTierCannotServe })
			expect(sentTiers()).toEqual(["flex"])
		},
	)

	it.each([
		["another model", { modelId: "openai.gpt-oss-20b-1:0" }],
		["another region", { region: "us-west-2" }],
		["another API", { api: "invoke-model" }],
		["another tier", { tier: "priority" }],
	] as const)("is that one alone, not that of %s", async (_, other) => {
		await run("served-as-asked", { ...known, knownRefusals: [{ ...FLEX, ...other }] })
		expect(sentTiers()).toEqual(["flex"])
	})

	it("is known to the handler that met it, so that one task asks for it once", async () => {
		const handler = newHandler({ whenTierCannotServe: "standard" })
		for (let request = 0; request < 3; request++) await run("tier-refused", { handler })
		expect(sentTiers()).toEqual(["flex", null, null, null])
	})

	it("is told when it is met, and told when Bedrock takes it again; other failures say nothing of it", async () => {
		const answers: TierOutcome[] = []
		const onTierOutcome = (answer: TierOutcome) => answers.push(answer)
		for (const scenario of ["tier-refused", "throttled", "capacity-refused", "flex-served-as-default"] as const)
			await run(scenario, { onTierOutcome })
		await run("served-as-asked", { onTierOutcome, serviceTier: "default" })
		expect(answers).toEqual([
			{ tierRequest: FLEX, accepted: false },
			{ tierRequest: FLEX, accepted: true },
		])
	})
})

describe("The time that a request took", () => {
	it("is that of the attempt that was accepted, without those before it and the wait", async () => {
		const started = performance.now()
		const { usages, failed } = await run("throttled-once", { backoffMs: 2_000 })
		const elapsedMs = performance.now() - started
		const waitMs = failed[0]?.waitMs ?? 0
		const timing = usages[0]?.timing
		expect(timing?.firstTokenMs).not.toBeNull()
		expect(timing?.totalMs).toBeGreaterThanOrEqual(timing?.firstTokenMs ?? Infinity)
		expect(waitMs).toBeGreaterThan(500)
		// Node's timers may fire a millisecond early.
		expect(timing?.totalMs).toBeLessThan(elapsedMs - waitMs + 2)
	})

	it("has no first token where the answer comes in one piece", async () => {
		const { usages } = await run("served-as-asked", { stream: false })
		expect(usages[0]?.timing).toEqual({ firstTokenMs: null, totalMs: expect.any(Number) as number })
	})
})
