import { textDetail } from "@bedrock-tiers/error-details"
import { describe, expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import { answer, chatView, profile, request, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

const timed = request({ timing: { firstTokenMs: 400, totalMs: 3_400 } })
const renderChat = (part: Parameters<typeof chatView>[0], state: Parameters<typeof viewState>[0] = {}) =>
	renderApp(viewState({ chat: chatView(part), ...state }), "chat")

describe("The usage of a task", () => {
	test("has tables by kind, by tier, by request, for the other tiers and for the speed when expanded", async () => {
		const { screen } = await renderChat({ messages: [answer({ request: timed })], usage: usage(0.0012) })
		await screen.getByText("Usage of this task").click()
		const table = (name: string) => screen.getByRole("region", { name, exact: true })
		await expect.element(table("By kind")).toHaveTextContent(/Input4,000\$0\.00030Output3,000\$0\.00090/)
		await expect.element(table("By tier that was billed")).toHaveTextContent(/Flex11,234\$0\.0012/)
		await expect
			.element(table("The same task on one tier"))
			.toHaveTextContent(/As it was\$0\.0012All on Standard\$0\.0024All on Flex\$0\.0012All on Priority\$0\.0042/)
		await expect.element(table("How fast each tier was (medians)")).toHaveTextContent(/Flex10\.4s1,000/)
		await expect.element(table("By request")).toHaveTextContent(/Flex4,0003,000\$0\.00120\.4s1,000/)
	})

	test("includes cached tokens in the token count per tier", async () => {
		const used = usage(0.0012)
		const tokens = { inputTokens: 1_000, outputTokens: 234, cacheReadTokens: 2_000, cacheWriteTokens: 300 }
		const byTier = [{ tier: "flex", totals: { ...used.total, tokens } }]
		const { screen } = await renderChat({ messages: [answer({ request: timed })], usage: { ...used, byTier } })
		await screen.getByText("Usage of this task").click()
		const table = screen.getByRole("region", { name: "By tier that was billed", exact: true })
		await expect.element(table).toHaveTextContent(/Flex13,534\$0\.0012/)
	})

	test("shows the known amount of a request that is priced in part", async () => {
		const partly = request({ totalUsd: null, knownUsd: 0.0012, unpricedReason: "output-price-unknown" })
		const { screen } = await renderChat({ messages: [answer({ request: partly })], usage: usage(0.0012, 1) })
		await screen.getByText("Usage of this task").click()
		const table = screen.getByRole("region", { name: "By request", exact: true })
		await expect.element(table).toHaveTextContent(/at least \$0\.0012/)
	})

	test("is not shown before the first request", async () => {
		const { screen } = await renderChat({})
		expect(screen.getByText("Usage of this task").query()).toBeNull()
	})

	test("shows the requested and the served tier when they differ", async () => {
		const served = { ...timed, servedTier: "default", billedTier: "default" }
		const { screen } = await renderChat({ messages: [answer({ request: served })], usage: usage(0.0024) })
		await screen.getByText("Usage of this task").click()
		await expect.element(screen.getByRole("cell", { name: "asked Flex, Standard" })).toBeVisible()
	})
})

describe("The tier field of the chat", () => {
	test("shows the settings' tier until the host confirms another one", async () => {
		const profiles = [profile({ serviceTier: "flex" })]
		const { screen, posted } = await renderChat({}, { profiles })
		const field = screen.getByRole("combobox", { name: "Tier of this chat" })
		await expect.element(field).toHaveDisplayValue("Flex (settings)")
		await field.selectOptions("Priority")
		expect(posted("choose-chat-tier")).toEqual({ type: "choose-chat-tier", tier: "priority" })
		await expect.element(field).toHaveDisplayValue("Flex (settings)")
	})

	test("shows the chat's own tier, which the next message requests, and can reset it", async () => {
		const { screen, posted } = await renderChat({ tier: "priority" }, { profiles: [profile()] })
		await expect.element(screen.getByText("gpt-oss-120b · us-east-1 · asks for Priority")).toBeVisible()
		await screen.getByRole("combobox", { name: "Tier of this chat" }).selectOptions("profile")
		expect(posted("choose-chat-tier")).toEqual({ type: "choose-chat-tier", tier: null })
	})

	test("is not shown for a model without tiers", async () => {
		const { screen } = await renderChat({}, { profiles: [profile({ modelId: "anthropic.claude-sonnet-4-6" })] })
		expect(screen.getByRole("combobox").elements()).toHaveLength(0)
	})
})

describe("The limit of a task", () => {
	const limited = (taskLimitUsd: number | null) => ({ profiles: [profile({ taskLimitUsd })] })

	test.each([
		[0.0016, null],
		[0.0015, "80% of this task's limit of $0.0015 is used."],
		[0.0012, "This task has reached its limit of $0.0012."],
		[null, null],
	])("of $%f shows this message at a cost of $0.0012: %s", async (limit, message) => {
		const { screen } = await renderChat({ usage: usage(0.0012) }, limited(limit))
		if (message === null) expect(screen.getByText(/this task's limit|its limit/i).query()).toBeNull()
		else await expect.element(screen.getByText(message)).toBeVisible()
	})

	test("has a note that usage without a price is not counted", async () => {
		const { screen } = await renderChat({ usage: usage(0.0012, 1) }, limited(0.0012))
		await expect.element(screen.getByText(/What has no price is not counted\./)).toBeVisible()
	})

	test("offers to continue once, on the chat's tier, when it is reached", async () => {
		const failed = answer({
			text: "",
			status: "failed",
			request: null,
			error: { code: "task-limit", details: [textDetail("This task has cost $0.0012.")] },
		})
		const { screen, posted } = await renderChat({ messages: [failed], tier: "flex" }, limited(0.001))
		await screen.getByRole("button", { name: "Go on once" }).click()
		expect(posted("retry")).toEqual({ type: "retry", tier: "flex", beyondLimit: true })
	})
})
