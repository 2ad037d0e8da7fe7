import { detail, englishText } from "@bedrock-tiers/error-details"
import { describe, expect, it } from "vitest"
import { sessionUnderTest } from "@bedrock-tiers/test-kit/hosts/session-window"

/**
 * Cost limit of a task, and tier of one chat. An answer costs $0.00021 on Standard, half of that on Flex, 1.75 times on
 * Priority.
 */

const test = sessionUnderTest({ answer: "Hello there.", usage: { inputTokens: 1000, outputTokens: 100 } })
const sentTiers = () => test.emulator.requests.map(({ requestedTier }) => requestedTier)

describe("The cost limit of a task", () => {
	it("prevents the next request when it is reached, and the message has the amount spent", async () => {
		const window = await test.ready()
		await window.save({ taskLimitUsd: 0.0004 })
		await window.send("One")
		await window.send("Two")
		await window.send("Three")
		expect(test.emulator.requests).toHaveLength(2)
		expect(window.lastAnswer().message).toMatchObject({
			status: "failed",
			error: {
				code: "task-limit",
				details: [detail("chat.task-limit", { spentUsd: expect.closeTo(0.00042, 12), limitUsd: 0.0004 })],
			},
			request: null,
		})
		expect(window.lastAnswer().usage).toMatchObject({
			total: { requests: 2 },
			failed: { refused: 0, unanswered: 0 },
		})
	})

	it("is exceeded by one question when the user allows it, and applies again after that", async () => {
		const window = await test.ready()
		await window.save({ taskLimitUsd: 0.0002 })
		await window.send("One")
		await window.send("Two")
		await window.session.handle({ type: "retry", tier: "default", beyondLimit: true })
		expect(window.lastAnswer().message.status).toBe("complete")
		await window.send("Three")
		expect(window.lastAnswer().message.error?.code).toBe("task-limit")
		expect(test.emulator.requests).toHaveLength(2)
	})

	it("does not count the cost of another chat", async () => {
		const window = await test.ready()
		await window.save({ taskLimitUsd: 0.0002 })
		await window.send("One")
		await window.session.handle({ type: "new-chat" })
		await window.send("Two")
		expect(window.lastAnswer().message.status).toBe("complete")
	})

	it("stops a chain of tool calls between two requests", async () => {
		test.workspace = {
			isOpen: () => true,
			tools: async () => ({
				definitions: ["a", "b", "c"].map((name) => ({ type: "function", function: { name } }) as const),
				run: async () => ({ ok: true, text: "." }),
			}),
		}
		const window = await test.ready()
		await window.save({ taskLimitUsd: 0.0004 })
		await window.session.handle({ type: "allow-tools", allowed: true })
		test.emulator.setScenario("calls-tools")
		await window.send("Use them all")
		expect(test.emulator.requests).toHaveLength(2)
		expect(window.lastAnswer()).toMatchObject({ busy: false, message: { error: { code: "task-limit" } } })
	})

	it('counts the known cost, and the message says "at least" when a cost is unknown', async () => {
		const window = await test.ready()
		await window.save({ taskLimitUsd: 0.0002 })
		test.emulator.setScenario("no-metadata")
		await window.send("One")
		test.emulator.setScenario("served-as-asked")
		await window.send("Two")
		await window.send("Three")
		expect(englishText(window.lastAnswer().message.error?.details ?? [])).toMatch(
			/^This task has cost at least \$0\.00021/,
		)
	})
})

describe("The tier of a chat", () => {
	it("overrides the profile's tier for that chat, also after a reload", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		await window.send("One")
		await window.session.handle({ type: "choose-chat-tier", tier: "priority" })
		expect(window.state().chat.tier).toBe("priority")
		await window.send("Two")
		await (await test.ready()).send("Three")
		expect(sentTiers()).toEqual(["flex", "priority", "priority"])
		expect(window.settings.activeProfile.settings.serviceTier).toBe("flex")
	})

	it("is shown by VS Code's tier picker and replaced by the tier that is picked there", async () => {
		const window = await test.ready()
		await window.session.handle({ type: "choose-chat-tier", tier: "priority" })
		const { profile } = await window.session.tierPick()
		expect(profile.settings.serviceTier).toBe("priority")
		await window.session.selectTier(profile.id, "flex")
		expect(window.state().chat.tier).toBeNull()
		await window.send("One")
		expect(sentTiers()).toEqual(["flex"])
		expect(window.settings.activeProfile.settings.serviceTier).toBe("flex")
	})

	it("is the profile's tier again when it is reset and in a new chat", async () => {
		const window = await test.ready()
		await window.save({ serviceTier: "flex" })
		await window.session.handle({ type: "choose-chat-tier", tier: "priority" })
		await window.session.handle({ type: "choose-chat-tier", tier: null })
		await window.send("One")
		await window.session.handle({ type: "choose-chat-tier", tier: "default" })
		await window.session.handle({ type: "new-chat" })
		await window.send("Two")
		expect(sentTiers()).toEqual(["flex", "flex"])
	})
})
