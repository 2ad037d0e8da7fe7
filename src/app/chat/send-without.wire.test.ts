import { offeredActions } from "@bedrock-tiers/protocol"
import { describe, expect, it } from "vitest"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"

/** A parameter that Bedrock refuses can be left out by the user, and stays left out. */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })
const bodies = () => test.emulator.requests.map(({ body }) => JSON.parse(body) as { inferenceConfig?: object })

describe("A refused parameter", () => {
	it("fails with the action to send without it, which leaves it out at once, later and after a reload", async () => {
		const window = await test.ready()
		await window.save({ temperature: 0.5 })
		test.emulator.setScenario("refuses-temperature")
		await window.send("Hello")
		expect(window.lastAnswer().message.error).toMatchObject({ code: "parameter-refused" })
		const settings = { serviceTier: "default", whenTierCannotServe: "ask" } as const
		expect(offeredActions("parameter-refused", settings)).toEqual(["send-without", "open-settings"])

		await window.session.handle({ type: "retry", tier: "default", withoutRefusedParameter: true })
		expect(window.lastAnswer().message.status).toBe("complete")
		await window.send("And now?")
		await (await test.ready()).send("And after a reload?")
		expect(bodies().map(({ inferenceConfig }) => inferenceConfig)).toEqual([
			{ temperature: 0.5 },
			undefined,
			undefined,
			undefined,
		])
		expect(window.logged.at(-1)?.adjustments).toEqual([{ parameter: "temperature", reason: "refused" }])
	})

	it("is sent again with Retry, after seven days, and to another model", async () => {
		const window = await test.ready()
		await window.save({ temperature: 0.5 })
		test.emulator.setScenario("refuses-temperature")
		await window.send("Hello")
		await window.session.handle({ type: "retry", tier: "default" })
		expect(bodies()[1]?.inferenceConfig).toEqual({ temperature: 0.5 })
		await window.session.handle({ type: "retry", tier: "default", withoutRefusedParameter: true })
		expect(bodies()[2]).not.toHaveProperty("inferenceConfig")

		test.emulator.setScenario("served-as-asked")
		await window.save({ temperature: 0.5, modelId: "openai.gpt-oss-20b-1:0" })
		await window.send("Another model")
		expect(bodies()[3]?.inferenceConfig).toEqual({ temperature: 0.5 })
		await window.save({ temperature: 0.5, modelId: "openai.gpt-oss-120b-1:0" })
		test.now = new Date(test.now.getTime() + 7 * 86_400_000)
		await window.send("Next week")
		expect(bodies()[4]?.inferenceConfig).toEqual({ temperature: 0.5 })
	})
})

describe("Several refused parameters", () => {
	it("are left out one by one, each by the action, until the request is accepted", async () => {
		const window = await test.ready()
		await window.save({ temperature: 0.5, maxTokens: 500, reasoning: "low" })
		test.emulator.setScenario("refuses-parameters")
		await window.send("Hello")
		const refused: unknown[] = []
		for (let error = window.lastAnswer().message.error; error; error = window.lastAnswer().message.error) {
			refused.push(error.details[0]?.params.parameter)
			await window.session.handle({ type: "retry", tier: "default", withoutRefusedParameter: true })
			if (refused.length > 6) break
		}
		expect(refused).toEqual(["temperature", "thinking", "systemPrompt", "maxTokens"])
		expect(window.lastAnswer().message.status).toBe("complete")
		expect(Object.keys(bodies().at(-1) ?? {})).toEqual(["messages"])
	})
})
