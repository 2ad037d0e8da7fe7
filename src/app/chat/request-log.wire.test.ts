import { describe, expect, it } from "vitest"
import { requestLine } from "./request-log"
import { sessionUnderTest, type SessionWindow } from "@bedrock-tiers/test-kit/hosts/session-window"

/**
 * Log lines for the output channel, through the real handler and a real socket. Usage: 1,000 input and 100 output
 * tokens of gpt-oss-120b.
 */

const ANSWER = "CANARY-IN-THE-ANSWER"
const test = sessionUnderTest({ answer: ANSWER, usage: { inputTokens: 1000, outputTokens: 100 } })

/** Log lines with the measured times replaced, because they differ from run to run. */
const lines = ({ logged }: SessionWindow) =>
	logged.map((request) =>
		requestLine(request)
			.replace(/^\S+ /, "")
			.replace(/(TokenMs|totalMs)=\d+/g, "$1=N"),
	)

describe("The request log", () => {
	it("has one line for a request: model, region, route, tiers, tokens, cost and times", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		await window.send("Hi")
		// $0.075 and $0.30 per million: 0.000075 + 0.00003.
		expect(lines(window)).toEqual([
			"answer complete model=openai.gpt-oss-120b-1:0 region=us-east-1 route=in-region requested=flex served=flex billed=flex input=1000 output=100 cacheRead=0 cacheWrite=0 usd=0.000105 firstTokenMs=N totalMs=N failure=-",
		])
		expect(requestLine(window.logged[0] as never)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z answer /)
	})

	it("has one line for a refused request, with dashes for unknown values", async () => {
		test.emulator.setScenario("tier-refused")
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		await window.send("Hi")
		expect(lines(window)).toEqual([
			"answer refused model=openai.gpt-oss-120b-1:0 region=us-east-1 route=- requested=flex served=- billed=- input=- output=- cacheRead=- cacheWrite=- usd=- firstTokenMs=- totalMs=N failure=tier-refused",
		])
	})

	it("has one line for each attempt when a refused tier falls back to Standard", async () => {
		test.emulator.setScenario("tier-refused")
		const window = await test.ready()
		await window.save({ serviceTier: "flex", whenTierCannotServe: "standard" })
		await window.send("Hi")
		expect(window.logged.map(({ end, failureCode }) => [end, failureCode])).toEqual([
			["refused", "tier-refused"],
			["complete", null],
		])
	})

	it("marks a stopped answer as stopped and not priced", async () => {
		test.emulator.setScenario("stall")
		const window = await test.ready()
		const sent = window.send("Hi")
		await expect.poll(() => window.posted.at(-1)?.type).toBe("delta")
		await window.session.handle({ type: "stop" })
		await sent
		expect(lines(window)[0]).toContain("answer stopped")
		expect(lines(window)[0]).toContain("input=- output=- cacheRead=- cacheWrite=- usd=not-priced")
	})

	it("distinguishes title requests from answers", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written" })
		await window.send("Hi")
		expect(window.logged.map(({ purpose, end }) => `${purpose} ${end}`)).toEqual([
			"answer complete",
			"title complete",
		])
	})

	it("contains no prompt, no answer and no key", async () => {
		const window = await test.ready()
		const keys = { accessKeyId: "CANARYKEYID", secretAccessKey: "CANARY-SECRET", sessionToken: "CANARY-TOKEN" }
		await window.save({ chatTitles: "written" }, { apiKey: "CANARY-API-KEY", staticKeys: keys })
		await window.send("CANARY-IN-THE-PROMPT")
		test.emulator.setScenario("tier-refused")
		await window.save({ serviceTier: "flex" })
		await window.send("CANARY-IN-THE-PROMPT")
		expect(window.logged).toHaveLength(3)
		expect(JSON.stringify(window.logged) + lines(window).join()).not.toMatch(/canary|test-key/i)
	})

	it("ends with the repairs of the conversation and their numbers, if there were any", async () => {
		const window = await test.ready()
		await window.send("Hi")
		const [logged] = window.logged
		if (!logged) throw new Error("nothing was logged")
		const repairs = [
			{ code: "tool-name-replaced", params: { count: 2 } },
			{ code: "result-added", params: { count: 1 } },
		] as const
		expect(requestLine(logged)).toMatch(/ failure=-$/)
		expect(requestLine({ ...logged, repairs })).toMatch(/ failure=- repaired=tool-name-replaced:2,result-added:1$/)
	})

	it("contains the repairs of a chat whose answer has no text", async () => {
		test.emulator.setScenario("no-words")
		const window = await test.ready()
		await window.send("Hi")
		await window.send("Are you there?")
		expect(window.logged.map(({ repairs }) => repairs)).toEqual([
			[],
			[{ code: "turns-joined", params: { count: 1 } }],
		])
	})

	it("remains on one line when AWS returns a tier with a line break", async () => {
		const window = await test.ready()
		await window.send("Hi")
		const [logged] = window.logged
		const request = logged?.request
		if (!logged || !request) throw new Error("nothing was logged")
		const line = requestLine({ ...logged, request: { ...request, servedTier: "turbo\nfake complete" } })
		expect(line).toContain("served=turbo_fake_complete ")
		expect(line).not.toContain("\n")
	})
})
