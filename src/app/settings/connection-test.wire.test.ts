import { describe, expect, it } from "vitest"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/** The connection test that the settings page requests: the bytes that are sent, and the reported result. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 8, outputTokens: 16 } })

const run = (window: SessionWindow) =>
	window.session.handle({ type: "test-connection", profileId: window.settings.activeProfile.id })
const results = (window: SessionWindow) =>
	window.posted.flatMap((message) => (message.type === "connection-test" ? [message.test] : []))

describe("Test connection", () => {
	it("sends one small request on the profile's tier, and reports the served tier and the cost", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard", reasoning: "high" })
		await run(window)
		expect(test.emulator.requests).toHaveLength(1)
		expect(JSON.parse(test.emulator.requests[0]?.body ?? "")).toEqual({
			messages: [{ role: "user", content: [{ text: "Hi" }] }],
			inferenceConfig: { maxTokens: 16 },
			serviceTier: { type: "flex" },
		})
		// 8 × $0.075 + 16 × $0.30 per million
		expect(results(window)).toMatchObject([
			{ kind: "running" },
			{ kind: "answered", request: { servedTier: "flex", totalUsd: expect.closeTo(0.0000054, 12) } },
		])
		// The request is not part of a chat.
		expect(window.state().chat).toMatchObject({ messages: [], usage: { total: { requests: 0 } } })
	})

	it("uses the stored settings of the given profile", async () => {
		const window = await test.ready()
		await window.session.handle({ type: "test-connection", profileId: "default" })
		expect(window.posted.at(-1)).toMatchObject({ type: "connection-test", profileId: "default" })
		await window.session.handle({ type: "test-connection", profileId: "nobody" })
		expect(window.posted.at(-1)).toMatchObject({ type: "refused", field: "profileId" })
	})

	it("reports and remembers a refused tier, and does not try another one", async () => {
		test.emulator.setScenario("tier-refused")
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		await run(window)
		expect(test.emulator.requests).toHaveLength(1)
		expect(results(window).at(-1)).toMatchObject({
			kind: "failed",
			error: { code: "tier-refused" },
		})
		expect((await test.ready()).state().refusals).toMatchObject([{ tierRequest: { tier: "flex" } }])
	})

	it("reports a failure that occurs before anything is sent", async () => {
		const window = await test.ready()
		await window.save({ modelId: "amazon.nova-2-lite-v1:0", region: "ap-south-1" })
		await run(window)
		expect(test.emulator.requests.filter(({ method }) => method === "POST")).toEqual([])
		expect(results(window).at(-1)).toMatchObject({ kind: "failed", error: { code: "bad-input" } })
	})

	it("can be stopped, and is stopped by the next test", async () => {
		test.emulator.setScenario("throttled")
		const window = await test.ready()
		const first = run(window)
		await expect.poll(() => test.emulator.requests).toHaveLength(1)
		const second = run(window)
		await first
		await expect.poll(() => test.emulator.requests).toHaveLength(2)
		await window.session.handle({ type: "stop-test" })
		await second
		expect(results(window).map(({ kind }) => kind)).toEqual(["running", "running", "stopped"])
	})
})
