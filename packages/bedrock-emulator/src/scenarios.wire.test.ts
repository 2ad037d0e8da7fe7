import { ConverseCommand } from "@aws-sdk/client-bedrock-runtime"
import { afterAll, beforeAll, describe, expect, it } from "vitest"
import { isScenarioName, SCENARIOS, startEmulator, type Emulator, type ScenarioName } from "./index"
import { converseInput, HTTP_VERSIONS, realClient, stream, type HttpVersion } from "./testing/real-client"

// Each scenario as an AWS SDK client observes it. "Silently" marks the dangerous kind: a stream ends without error.

let emulator: Emulator
beforeAll(async () => {
	emulator = await startEmulator({ pace: "instant" })
})
afterAll(() => emulator.close())

async function run(scenario: ScenarioName, httpVersion: HttpVersion, tier?: "default" | "flex" | "priority") {
	emulator.setScenario(scenario)
	const client = realClient(emulator.url, httpVersion)
	const outcome = await stream(client, converseInput(tier))
	client.destroy()
	return { ...outcome, servedTier: outcome.events.find(({ metadata }) => metadata)?.metadata?.serviceTier?.type }
}

const WHOLE = ["messageStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata"]
const HALF = ["messageStart", "contentBlockDelta"]

describe("SCENARIOS", () => {
	it("have unique names, and descriptions that are sentences", () => {
		expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length)
		for (const { name, description } of SCENARIOS) {
			expect(isScenarioName(name)).toBe(true)
			expect(description).toMatch(/\.$/)
		}
		expect(isScenarioName("sunshine")).toBe(false)
	})
})

describe.each(HTTP_VERSIONS)("a scenario over HTTP/%s", (httpVersion) => {
	it.each([
		["served-as-asked", "flex", "flex"],
		["served-as-asked", "priority", "priority"],
		["served-as-asked", undefined, "default"],
		["flex-served-as-default", "flex", "default"],
		["flex-served-as-default", "priority", "priority"],
		["priority-served-as-default", "priority", "default"],
		["priority-served-as-default", "flex", "flex"],
		["no-served-tier", "flex", undefined],
		["unknown-served-tier", "flex", "express"],
		["served-as-reserved", undefined, "reserved"],
		["tier-refused", "default", "default"],
		["tier-denied-by-policy", undefined, "default"],
		["flex-capacity-refused", "priority", "priority"],
		["unknown-event", "flex", "flex"],
		["cache", "flex", "flex"],
	] as const)(
		"%s reports for the requested tier %s the served tier %s",
		async (scenario, requestedTier, expected) => {
			const outcome = await run(scenario, httpVersion, requestedTier)

			expect(outcome).toMatchObject({ error: null, httpStatus: 200, order: WHOLE })
			expect(outcome.servedTier).toBe(expected)
		},
	)

	it.each([
		["tier-refused", 400, "ValidationException"],
		["tier-denied-by-policy", 403, "AccessDeniedException"],
		["throttled", 429, "ThrottlingException"],
		["throttled-once", 429, "ThrottlingException"],
		["capacity-refused", 503, "ServiceUnavailableException"],
		["flex-capacity-refused", 503, "ServiceUnavailableException"],
		["model-not-ready", 429, "ModelNotReadyException"],
		["model-timeout", 408, "ModelTimeoutException"],
		["model-error", 424, "ModelErrorException"],
		["access-denied", 403, "AccessDeniedException"],
		["credentials-expired", 403, "ExpiredTokenException"],
		["internal-error", 500, "InternalServerException"],
	] as const)("%s refuses flex with %i %s", async (scenario, status, name) => {
		const outcome = await run(scenario, httpVersion, "flex")

		expect(outcome.error?.name).toBe(name)
		expect(outcome).toMatchObject({ httpStatus: status, order: [] })
	})

	it("throttled-once answers the second request, and starts over when it is selected again", async () => {
		expect((await run("throttled-once", httpVersion)).error?.name).toBe("ThrottlingException")
		expect((await stream(realClient(emulator.url, httpVersion), converseInput())).error).toBeNull()
		expect((await run("throttled-once", httpVersion)).error?.name).toBe("ThrottlingException")
	})

	it("no-message-stop ends silently in the middle of the answer", async () => {
		expect(await run("no-message-stop", httpVersion)).toMatchObject({ error: null, order: HALF })
	})

	it("no-metadata ends silently without usage", async () => {
		expect(await run("no-metadata", httpVersion)).toMatchObject({ error: null, order: WHOLE.slice(0, -1) })
	})

	it("two-metadata sends the usage twice", async () => {
		const { events, order } = await run("two-metadata", httpVersion)

		expect(order).toEqual([...WHOLE, "metadata"])
		expect(events.at(-1)).toEqual(events.at(-2))
	})

	it("cut-mid-frame throws a plain error after half of the answer", async () => {
		const { error, order } = await run("cut-mid-frame", httpVersion)

		expect(error).toMatchObject({ name: "Error", message: "Truncated event message received." })
		expect(order).toEqual(HALF)
	})

	it("bad-checksum throws a plain error after half of the answer", async () => {
		const { error, order } = await run("bad-checksum", httpVersion)

		expect(error?.name).toBe("Error")
		expect(error?.message).toMatch(/checksum/)
		expect(order).toEqual(HALF)
	})

	it("exception-mid-stream throws a typed error that has no HTTP status", async () => {
		const { error, order } = await run("exception-mid-stream", httpVersion)

		expect(error?.name).toBe("ThrottlingException")
		expect(error?.$metadata?.httpStatusCode).toBeUndefined()
		expect(order).toEqual(HALF)
	})

	it("exception-first throws a typed error before any event", async () => {
		const { error, order } = await run("exception-first", httpVersion)

		expect(error?.name).toBe("ThrottlingException")
		expect(order).toEqual([])
	})

	it("reset-mid-stream throws a plain error", async () => {
		const { error } = await run("reset-mid-stream", httpVersion)

		expect(error).toMatchObject(
			httpVersion === "2"
				? { name: "Error", code: "ERR_HTTP2_STREAM_ERROR" }
				: { name: "Error", code: "ECONNRESET" },
		)
	})

	it("connection-dropped throws over HTTP/1.1, and ends silently over HTTP/2", async () => {
		const { error } = await run("connection-dropped", httpVersion)

		if (httpVersion === "2") expect(error).toBeNull()
		else expect(error).toMatchObject({ name: "Error", code: "ECONNRESET" })
	})

	it("stall sends nothing more until the client disconnects", async () => {
		emulator.setScenario("stall")
		const before = emulator.report().cancelled
		const controller = new AbortController()
		const outcome = stream(realClient(emulator.url, httpVersion), converseInput(), undefined, controller.signal)
		await expect.poll(() => emulator.report().open).toBe(1)
		await new Promise((resolve) => setTimeout(resolve, 100))
		expect(emulator.report().open).toBe(1)

		controller.abort()

		expect((await outcome).order).toEqual(HALF)
		await expect.poll(() => emulator.report()).toMatchObject({ open: 0, cancelled: before + 1 })
	})

	it("reasoning is sent first, in a separate block that ends with its signature", async () => {
		const { events, text } = await run("reasoning", httpVersion)
		const deltas = events.flatMap(({ contentBlockDelta }) => contentBlockDelta ?? [])
		const reasoningDeltas = deltas.filter(({ contentBlockIndex }) => contentBlockIndex === 0)

		expect(reasoningDeltas.map(({ delta }) => delta?.reasoningContent?.text ?? "").join("")).toMatch(
			/local emulator/,
		)
		expect(reasoningDeltas.at(-1)?.delta?.reasoningContent?.signature).toBeTruthy()
		expect(deltas.at(-1)?.contentBlockIndex).toBe(1)
		expect(text).toMatch(/^Hello!/)
	})

	it("reasoning is also part of a Converse response", async () => {
		emulator.setScenario("reasoning")

		const response = await realClient(emulator.url, httpVersion).send(new ConverseCommand(converseInput()))

		expect(response.output?.message?.content).toEqual([
			{ reasoningContent: { reasoningText: { text: expect.any(String), signature: expect.any(String) } } },
			{ text: expect.any(String) },
		])
	})

	it("cache reports tokens read from the prompt cache and written to it", async () => {
		const { events } = await run("cache", httpVersion)

		const usage = events.at(-1)?.metadata?.usage
		expect(usage).toMatchObject({
			inputTokens: 3,
			cacheReadInputTokens: 2000,
			cacheWriteInputTokens: 500,
			cacheDetails: [{ ttl: "5m", inputTokens: 500 }],
		})
		expect(usage?.totalTokens).toBe(3 + (usage?.outputTokens ?? 0) + 2500)
	})

	it("long-answer is long whatever the prompt", async () => {
		const { text } = await run("long-answer", httpVersion)

		expect(text.split(/\s+/).length).toBeGreaterThan(400)
	})

	it("setUsage with several usages applies them in order and then repeats the last one", async () => {
		emulator.setUsage([
			{ inputTokens: 1, outputTokens: 10 },
			{ inputTokens: 2, outputTokens: 20 },
		])
		const outcomes = [
			await run("cache", httpVersion),
			await run("cache", httpVersion),
			await run("cache", httpVersion),
		]
		emulator.setUsage(null)

		expect(outcomes.map(({ events }) => events.at(-1)?.metadata?.usage?.outputTokens)).toEqual([10, 20, 20])
	})

	it("setUsage applies in every scenario until it is reset with null", async () => {
		emulator.setUsage({ inputTokens: 11, outputTokens: 22, cacheReadInputTokens: 33 })
		const fixed = await run("cache", httpVersion)
		emulator.setUsage(null)
		const estimated = await run("cache", httpVersion)

		expect(fixed.events.at(-1)?.metadata?.usage).toMatchObject({
			inputTokens: 11,
			outputTokens: 22,
			cacheReadInputTokens: 33,
			cacheWriteInputTokens: 0,
			totalTokens: 66,
		})
		expect(estimated.events.at(-1)?.metadata?.usage?.cacheReadInputTokens).toBe(2000)
	})
})
