import { describe, expect, it } from "vitest"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"

/** Background requests for titles and summaries: their tier, their limits, and their share of the cost. */

const test = sessionUnderTest({
	answer: "A title of six words or fewer",
	usage: { inputTokens: 1000, outputTokens: 100 },
})

type Body = { messages: { content: { text: string }[] }[]; inferenceConfig?: object; serviceTier?: object }
const bodies = () => test.emulator.requests.map(({ body }) => JSON.parse(body) as Body)
const text = (body: Body | undefined) =>
	body?.messages.flatMap(({ content }) => content.map((block) => block.text)).join("\n")
const sentTiers = () => test.emulator.requests.map(({ requestedTier }) => requestedTier)

describe("A chat's title", () => {
	it("is by default the first line of the first question, without a request", async () => {
		const window = await test.ready()
		expect(window.state().chat.title).toBeNull()
		await window.send("Why is the sky blue?\nAnd the sea?")
		expect((await test.ready()).state().chat.title).toBe("Why is the sky blue?")
		expect(bodies()).toHaveLength(1)
	})

	it("is truncated to 60 characters when the question is longer", async () => {
		const window = await test.ready()
		await window.send("🙂".repeat(500))
		const title = (await test.ready()).state().chat.title ?? ""
		expect(title).toBe(`${"🙂".repeat(59)}…`)
	})

	it("is generated once on the background tier when enabled, and its cost is reported separately", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", backgroundTier: "flex" })
		await window.send("Why is the sky blue?")
		await window.send("And the sea?")
		expect(sentTiers()).toEqual([null, "flex", null])
		expect(bodies()[1]).toMatchObject({ inferenceConfig: { maxTokens: 500 } })
		expect(text(bodies()[1])).toContain("Why is the sky blue?")
		const { title, usage } = (await test.ready()).state().chat
		expect(title).toBe("A title of six words or fewer")
		// Two answers at $0.00021 each, and the title at half of that.
		expect(usage.total).toMatchObject({ requests: 3, knownUsd: expect.closeTo(0.000525, 12) as number })
		expect(usage.background).toMatchObject({ requests: 1, knownUsd: expect.closeTo(0.000105, 12) as number })
		expect(usage.byTier.map(({ tier, totals }) => [tier, totals.requests])).toEqual([
			["default", 2],
			["flex", 1],
		])
	})

	it("is requested on the chat's own tier unless another background tier was chosen", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", serviceTier: "priority" })
		await window.send("Why is the sky blue?")
		expect(sentTiers()).toEqual(["priority", "priority"])
	})

	it("is requested without reasoning even if the chat uses reasoning", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", reasoning: "high" })
		await window.send("Why is the sky blue?")
		expect(bodies()[0]).toHaveProperty("additionalModelRequestFields")
		expect(bodies()[1]).not.toHaveProperty("additionalModelRequestFields")
	})

	it("is requested on Standard when its tier cannot serve, because the user cannot be asked", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", backgroundTier: "flex" })
		test.emulator.setScenario("flex-capacity-refused")
		await window.send("Why is the sky blue?")
		expect(sentTiers()).toEqual([null, "flex", null])
		expect(window.state().chat.title).toBe("A title of six words or fewer")
	})

	it("remains the first line when its request fails, which is neither reported nor retried", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", backgroundTier: "flex", whenTierCannotServe: "stop" })
		test.emulator.setScenario("flex-capacity-refused")
		await window.send("Why is the sky blue?")
		await window.send("And the sea?")
		expect(sentTiers()).toEqual([null, "flex", null])
		expect((await test.ready()).state().chat).toMatchObject({
			title: "Why is the sky blue?",
			usage: { total: { requests: 2 }, background: { requests: 0 }, failed: { refused: 1 } },
		})
		expect(test.problems).toEqual([])
	})

	it("is not requested when the answer failed", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written" })
		test.emulator.setScenario("access-denied")
		await window.send("Why is the sky blue?")
		expect(bodies()).toHaveLength(1)
	})
})

describe("A long chat", () => {
	/** gpt-oss-120b has a context window of 128,000 tokens: three quarters are 96,000. */
	const fill = (inputTokens: number) => test.emulator.setUsage({ inputTokens, outputTokens: 100 })

	it("is summarized before the next question when three quarters of the context window are full", async () => {
		const window = await test.ready()
		await window.save({ backgroundTier: "flex", serviceTier: "priority" })
		fill(95_900)
		await window.send("First question")
		await window.send("Second question")
		expect(sentTiers()).toEqual(["priority", "flex", "priority"])
		const [, summary, second] = bodies()
		expect(text(summary)).toContain("Person: First question\n\nAssistant: A title of six words or fewer")
		expect(text(summary)).not.toContain("Second question")
		expect(text(second)).toBe("What was said before, in short:\n\nA title of six words or fewer\nSecond question")
	})

	it("shows up to where it is summarized, also after a reload, with a separate cost and all messages", async () => {
		const window = await test.ready()
		fill(95_900)
		await window.send("First question")
		fill(1000)
		await window.send("Second question")
		const { summary, messages, usage } = (await test.ready()).state().chat
		expect(messages).toHaveLength(4)
		expect(summary).toEqual({ text: "A title of six words or fewer", upToMessageId: messages[1]?.id })
		expect(usage).toMatchObject({ total: { requests: 3 }, background: { requests: 1 }, contextTokens: 1100 })
	})

	it("is not summarized one token earlier, nor again while the newest request is small", async () => {
		const window = await test.ready()
		fill(95_899)
		await window.send("First question")
		await window.send("Second question")
		expect(bodies()).toHaveLength(2)
		fill(95_900)
		await window.send("Third question")
		fill(1000)
		await window.send("Fourth question")
		await window.send("Fifth question")
		expect(bodies()).toHaveLength(6)
	})

	it("includes an earlier summary in the next one", async () => {
		const window = await test.ready()
		fill(95_900)
		await window.send("First question")
		await window.send("Second question")
		await window.send("Third question")
		const prompt = text(bodies()[3])
		expect(prompt).toContain("Before: A title of six words or fewer\n\nPerson: Second question")
		expect(prompt).not.toContain("First question")
	})

	it("continues without a summary when the model returns an empty one", async () => {
		const window = await test.ready()
		fill(95_900)
		test.emulator.setScenario("no-words")
		await window.send("First question")
		await window.send("Second question")
		expect(window.state().chat.summary).toBeNull()
		expect(text(bodies()[2])).toContain("First question")
	})

	it("reports a failed summary request in the answer, and a retry requests the summary again", async () => {
		const window = await test.ready()
		fill(95_900)
		await window.send("First question")
		test.emulator.setScenario("access-denied")
		await window.send("Second question")
		expect(window.lastAnswer().message).toMatchObject({ status: "failed", error: { code: "access-denied" } })
		test.emulator.setScenario("served-as-asked")
		await window.session.handle({ type: "retry", tier: "default" })
		expect(window.lastAnswer().message).toMatchObject({ status: "complete" })
		expect(text(bodies().at(-1))).toContain("What was said before")
	})
})
