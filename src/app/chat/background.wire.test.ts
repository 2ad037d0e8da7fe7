import { describe, expect, it } from "vitest"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"

/** What is asked beside the person's questions: its tier, its limits, and its place in the cost. */

const test = sessionUnderTest({
	answer: "A title of six words or fewer",
	usage: { inputTokens: 1000, outputTokens: 100 },
})

type Body = { messages: { content: { text: string }[] }[]; inferenceConfig?: object; serviceTier?: object }
const bodies = () => test.emulator.requests.map(({ body }) => JSON.parse(body) as Body)
const text = (body: Body | undefined) =>
	body?.messages.flatMap(({ content }) => content.map((block) => block.text)).join("\n")
const sentTiers = () => test.emulator.requests.map(({ requestedTier }) => requestedTier)

describe("A title", () => {
	it("is the first words of the first question, which cost nothing", async () => {
		const window = await test.ready()
		expect(window.state().chat.title).toBeNull()
		await window.send("Why is the sky blue?\nAnd the sea?")
		expect((await test.ready()).state().chat.title).toBe("Why is the sky blue?")
		expect(bodies()).toHaveLength(1)
	})

	it("is short, whatever the question", async () => {
		const window = await test.ready()
		await window.send("🙂".repeat(500))
		const title = (await test.ready()).state().chat.title ?? ""
		expect(title).toBe(`${"🙂".repeat(59)}…`)
	})

	it("is written by the model where the person chose so, once, on the tier for that, and its cost is told apart", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", backgroundTier: "flex" })
		await window.send("Why is the sky blue?")
		await window.send("And the sea?")
		expect(sentTiers()).toEqual([null, "flex", null])
		expect(bodies()[1]).toMatchObject({ inferenceConfig: { maxTokens: 500 } })
		expect(text(bodies()[1])).toContain("Why is the sky blue?")
		const { title, usage } = (await test.ready()).state().chat
		expect(title).toBe("A title of six words or fewer")
		// Two answers at $0.00021, and the title at half of that.
		expect(usage.total).toMatchObject({ requests: 3, knownUsd: expect.closeTo(0.000525, 12) as number })
		expect(usage.background).toMatchObject({ requests: 1, knownUsd: expect.closeTo(0.000105, 12) as number })
		expect(usage.byTier.map(({ tier, totals }) => [tier, totals.requests])).toEqual([
			["default", 2],
			["flex", 1],
		])
	})

	it("goes on the chat's own tier unless another was chosen", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", serviceTier: "priority" })
		await window.send("Why is the sky blue?")
		expect(sentTiers()).toEqual(["priority", "priority"])
	})

	it("does not think, whatever the chat does", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", reasoning: "high" })
		await window.send("Why is the sky blue?")
		expect(bodies()[0]).toHaveProperty("additionalModelRequestFields")
		expect(bodies()[1]).not.toHaveProperty("additionalModelRequestFields")
	})

	it("whose tier cannot serve is written on Standard, since nobody can be asked", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written", backgroundTier: "flex" })
		test.emulator.setScenario("flex-capacity-refused")
		await window.send("Why is the sky blue?")
		expect(sentTiers()).toEqual([null, "flex", null])
		expect(window.state().chat.title).toBe("A title of six words or fewer")
	})

	it("that could not be had is no news, is not tried again, and leaves the first words", async () => {
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

	it("is not asked for after a failure", async () => {
		const window = await test.ready()
		await window.save({ chatTitles: "written" })
		test.emulator.setScenario("access-denied")
		await window.send("Why is the sky blue?")
		expect(bodies()).toHaveLength(1)
	})
})

describe("A long chat", () => {
	/** gpt-oss-120b has a window of 128,000 tokens: three quarters are 96,000. */
	const fill = (inputTokens: number) => test.emulator.setUsage({ inputTokens, outputTokens: 100 })

	it("is summed up before the next question once three quarters of the window are full", async () => {
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

	it("shows up to where, after a reload too; its cost is told apart, and no message is lost", async () => {
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

	it("is not summed up a token earlier, nor again while the newest request is small", async () => {
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

	it("takes an earlier summary into the next one", async () => {
		const window = await test.ready()
		fill(95_900)
		await window.send("First question")
		await window.send("Second question")
		await window.send("Third question")
		const prompt = text(bodies()[3])
		expect(prompt).toContain("Before: A title of six words or fewer\n\nPerson: Second question")
		expect(prompt).not.toContain("First question")
	})

	it("goes on as it is when the model sums it up in no words", async () => {
		const window = await test.ready()
		fill(95_900)
		test.emulator.setScenario("no-words")
		await window.send("First question")
		await window.send("Second question")
		expect(window.state().chat.summary).toBeNull()
		expect(text(bodies()[2])).toContain("First question")
	})

	it("whose summary could not be had tells so in the answer, and asking again tries it again", async () => {
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
