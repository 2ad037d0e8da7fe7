import { textDetail } from "@bedrock-tiers/error-details"
import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { fakePort } from "../../testing/fake-port"
import { scrollByHand } from "../../testing/scroll-by-hand"
import { renderApp } from "../../testing/render-app"
import { answer, chatView, profile, request, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { settled } from "../../testing/settled"

const question = { role: "user", id: "question-1", text: "Why is the sky blue?" } as const

function chatState(messages: ReturnType<typeof viewState>["chat"]["messages"], busy = false) {
	return viewState({ chat: chatView({ messages, busy }) })
}

async function renderChat(state = viewState(), port = fakePort()) {
	const app = await renderApp(state, "chat", port)
	return {
		...app,
		message: app.screen.getByRole("textbox", { name: "Message" }),
		send: app.screen.getByRole("button", { name: "Send" }),
		stop: app.screen.getByRole("button", { name: "Stop" }),
		cost: app.screen.getByRole("status", { name: "Task cost" }),
	}
}

describe("The composer", () => {
	test("sends the message with Enter and empties the text box", async () => {
		const { message, posted } = await renderChat()
		await message.fill("Why is the sky blue?")
		await userEvent.keyboard("{Enter}")
		expect(posted("send")?.text).toBe("Why is the sky blue?")
		await expect.element(message).toHaveValue("")
	})

	test("starts a new line with Shift+Enter", async () => {
		const { message, posted } = await renderChat()
		await message.click()
		await userEvent.keyboard("one{Shift>}{Enter}{/Shift}two")
		expect(posted("send")).toBeUndefined()
		await expect.element(message).toHaveValue("one\ntwo")
	})

	test("does not send with an Enter that ends an IME composition", async () => {
		const { message, posted } = await renderChat()
		await message.fill("に")
		const enter = { key: "Enter", bubbles: true, composed: true, cancelable: true }
		message.element().dispatchEvent(new KeyboardEvent("keydown", { ...enter, isComposing: true }))
		message.element().dispatchEvent(new KeyboardEvent("keydown", { ...enter, keyCode: 229 }))
		expect(posted("send")).toBeUndefined()
		await userEvent.keyboard("{Enter}")
		expect(posted("send")?.text).toBe("に")
	})

	test("cannot send an empty or blank message", async () => {
		const { message, send, posted } = await renderChat()
		await expect.element(send).toBeDisabled()
		await message.fill("   ")
		await expect.element(send).toBeDisabled()
		await userEvent.keyboard("{Enter}")
		expect(posted("send")).toBeUndefined()
	})

	test("restores the typed text after a reload of the page", async () => {
		const port = fakePort()
		const first = await renderChat(viewState(), port)
		await first.message.fill("half a thought")
		await first.screen.unmount()
		const second = await renderChat(viewState(), port)
		await expect.element(second.message).toHaveValue("half a thought")
	})

	test("contains the message again when the host refuses it", async () => {
		const { message, port, screen } = await renderChat()
		await message.fill("too long")
		await userEvent.keyboard("{Enter}")
		port.say({ type: "refused", requestId: null, field: "text", details: [textDetail("is too long")] })
		await expect.element(message).toHaveValue("too long")
		await expect
			.element(screen.getByRole("alert"))
			.toHaveTextContent("The extension refused this; nothing was changed. text: is too long")
	})
})

describe("An answer in progress", () => {
	const streaming = answer({ text: "", status: "streaming", request: null })

	test("is stopped with Stop, and Enter does not send the text of the composer", async () => {
		const { message, send, stop, posted } = await renderChat(chatState([question, streaming], true))
		await message.fill("next")
		await userEvent.keyboard("{Enter}")
		expect(posted("send")).toBeUndefined()
		await expect.element(message).toHaveValue("next")
		await expect.element(send).toBeDisabled()
		await stop.click()
		expect(posted("stop")).toBeDefined()
	})

	test("grows with each delta and is replaced by the final message", async () => {
		const { screen, port, stop, cost } = await renderChat(chatState([question, streaming], true))
		for (const text of ["Because ", "of ", "scattering"])
			port.say({ type: "delta", messageId: streaming.id, kind: "text", text })
		await expect.element(screen.getByText("Because of scattering")).toBeVisible()
		await expect.element(cost).toHaveTextContent("$0.00")
		const final = answer({ text: "Because of scattering." })
		port.say({ type: "message", message: final, busy: false, usage: usage(0.0012) })
		await expect.element(screen.getByText("Because of scattering.", { exact: true })).toBeVisible()
		await expect.element(screen.getByText("$0.0012 · Flex", { exact: true })).toBeVisible()
		await expect.element(cost).toHaveTextContent("$0.0012")
		await expect.element(stop).not.toBeInTheDocument()
	})

	test("keeps the end of the list visible, unless the user has scrolled away", async () => {
		const long = answer({ text: "line\n".repeat(200), status: "streaming", request: null })
		const { screen, port } = await renderChat(chatState([question, long], true))
		const list = screen.getByRole("log").element()
		const fromEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight
		const grow = () => port.say({ type: "delta", messageId: long.id, kind: "text", text: "line\n".repeat(20) })
		grow()
		await expect.poll(fromEnd).toBeLessThan(2)
		scrollByHand(list, 0)
		await new Promise(requestAnimationFrame)
		grow()
		await settled()
		expect(list.scrollTop).toBe(0)
	})
})

describe("An answer", () => {
	test("shows the requested and the served tier when they differ, with the served tier's price", async () => {
		const served = request({ servedTier: "default", billedTier: "default", totalUsd: 0.0024, knownUsd: 0.0024 })
		const { screen } = await renderChat(chatState([answer({ request: served })]))
		await expect.element(screen.getByText("$0.0024 · asked Flex, served Standard")).toBeVisible()
	})

	test("shows its cost lines, unit prices, price source and model id when the details are expanded", async () => {
		const { screen } = await renderChat(chatState([answer()]))
		await screen.getByText("Usage details").click()
		const row = screen.getByRole("row", { name: "Output" })
		await expect.element(row).toHaveTextContent(/3,000.*\$0\.30.*\$0\.00090/)
		await expect.element(screen.getByText("openai.gpt-oss-120b-1:0")).toBeVisible()
		await expect
			.element(screen.getByText("AWS Price List, published 2026-08-20, checked Aug 20, 2026"))
			.toBeVisible()
	})

	test("shows the cost of its tokens on the other tiers and marks the served tier with text", async () => {
		const { screen } = await renderChat(chatState([answer()]))
		await screen.getByText("Usage details").click()
		const comparison = screen.getByRole("group", { name: "The same tokens would have cost" })
		await expect.element(comparison).toHaveTextContent(/Standard\$0\.0024/)
		await expect.element(comparison).toHaveTextContent(/Flex\$0\.0012 · served this request/)
		await expect.element(comparison).toHaveTextContent(/Priority\$0\.0042/)
		await expect.element(comparison).toHaveTextContent("At built-in list prices.")
	})

	test("shows a discount in the badge, in the details, next to the total and in the comparison", async () => {
		const discounted = request({ totalUsd: 0.00108, knownUsd: 0.00108, discountPercent: 10 })
		const { screen } = await renderChat(chatState([answer({ request: discounted })]))
		await expect.element(screen.getByText("$0.0011 · Flex · 10% off list")).toBeVisible()
		await expect.element(screen.getByText("With 10% off list prices.")).toBeVisible()
		await screen.getByText("Usage details").click()
		await expect.element(screen.getByText("10% off list prices, already taken off above")).toBeVisible()
		await expect.element(screen.getByText("At built-in list prices, 10% off.")).toBeVisible()
	})

	test("shows that the user set its price", async () => {
		const card = { origin: "own", source: "", checkedOn: "2026-11-22" } as const
		const { screen } = await renderChat(chatState([answer({ request: request({ card, baseModelId: null }) })]))
		await expect.element(screen.getByText("$0.0012 · Flex · your price")).toBeVisible()
		await expect.element(screen.getByText("With your own prices.")).toBeVisible()
		await screen.getByText("Usage details").click()
		await expect.element(screen.getByText("your price, set on Nov 22, 2026")).toBeVisible()
		expect(screen.getByText("The same tokens would have cost").query()).toBeNull()
	})

	test("shows an error with its code and no cost", async () => {
		const text = "Bedrock does not take Flex for this model."
		const error = { code: "tier-refused", details: [textDetail(text)] } as const
		const { screen } = await renderChat(chatState([answer({ text: "", status: "failed", request: null, error })]))
		await expect.element(screen.getByText(text)).toBeVisible()
		await expect.element(screen.getByText("Code: tier-refused")).toBeVisible()
	})

	test("shows HTML markup as text", async () => {
		const { screen } = await renderChat(chatState([answer({ text: "<b>bold</b>" })]))
		await expect.element(screen.getByText("<b>bold</b>")).toBeVisible()
	})
})

describe("The task header", () => {
	test("shows the total cost, the cost per tier and the tokens used of the context window", async () => {
		const state = viewState({ chat: chatView({ usage: usage(0.0012) }) })
		const { cost, screen } = await renderChat(state)
		await expect.element(cost).toHaveTextContent("$0.0012Flex $0.0012")
		await expect.element(screen.getByText("1,234 of 128,000")).toBeVisible()
	})

	test('shows "at least" and the known cost when a part has no price', async () => {
		const state = viewState({ chat: chatView({ usage: usage(0.0012, 1) }) })
		const { cost, screen } = await renderChat(state)
		await expect.element(cost).toHaveTextContent("at least $0.0012")
		await expect.element(screen.getByText("1 request has no full price.")).toBeVisible()
	})

	test("shows the requested tier of the next message", async () => {
		const { screen } = await renderChat(viewState({ profiles: [profile({ serviceTier: "flex" })] }))
		await expect.element(screen.getByText("gpt-oss-120b · us-east-1 · asks for Flex")).toBeVisible()
		await screen.unmount()
		const claude = profile({ serviceTier: "flex", modelId: "anthropic.claude-sonnet-4-6" })
		const other = await renderChat(viewState({ profiles: [claude] }))
		await expect.element(other.screen.getByText("Claude Sonnet 4.6 · us-east-1 · Standard only")).toBeVisible()
	})

	test("uses the declared model of an application profile, like the status bar", async () => {
		const arn = "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123def456"
		const declaredModels = [{ arn, modelId: "anthropic.claude-sonnet-4-6" }]
		const settings = { serviceTier: "flex", modelId: arn, declaredModels } as const
		const { screen } = await renderChat(viewState({ profiles: [profile(settings)] }))
		await expect.element(screen.getByText("Claude Sonnet 4.6 · us-east-1 · Standard only")).toBeVisible()
	})
})

describe("An invalid message from the host", () => {
	test("is not applied, and the error bar names the field", async () => {
		const { screen, port, cost } = await renderChat()
		const invalidMessage = { type: "message", message: answer(), busy: "no", usage: usage(0.0012) }
		port.sayRaw(invalidMessage)
		const bar = screen.getByRole("alert")
		await expect
			.element(bar)
			.toHaveTextContent("A message from the extension did not fit and was not applied. busy:")
		await expect.element(cost).toHaveTextContent("$0.00")
		await screen.getByRole("button", { name: "Dismiss" }).click()
		await expect.element(bar).not.toBeInTheDocument()
	})
})

describe("The answer status for screen readers", () => {
	const streaming = answer({ text: "", status: "streaming", request: null })
	const ended = (part: Parameters<typeof answer>[0] = {}) => ({
		type: "message" as const,
		message: answer(part),
		busy: false,
		usage: usage(0.0012),
	})

	test("announces that the answer is in progress, nothing while it grows, and its end once", async () => {
		const { screen, port } = await renderChat(chatState([question, streaming], true))
		const status = screen.getByRole("status", { name: "Answer" })
		await expect.element(status).toHaveTextContent("Answering…")
		let changes = 0
		new MutationObserver(() => changes++).observe(status.element(), {
			subtree: true,
			childList: true,
			characterData: true,
		})
		for (const text of ["Because ", "of ", "scattering"])
			port.say({ type: "delta", messageId: streaming.id, kind: "text", text })
		await expect.element(screen.getByText("Because of scattering")).toBeVisible()
		expect(changes).toBe(0)
		await expect.element(screen.getByRole("log")).toHaveAttribute("aria-live", "off")
		port.say(ended())
		await expect.element(status).toHaveTextContent("The answer is complete.")
		expect(changes).toBe(1)
	})

	test("announces that the answer was stopped", async () => {
		const { screen, port } = await renderChat(chatState([question, streaming], true))
		port.say(ended({ status: "stopped" }))
		await expect
			.element(screen.getByRole("status", { name: "Answer" }))
			.toHaveTextContent("The answer was stopped.")
	})

	test("announces nothing about an answer that had ended before", async () => {
		const { screen } = await renderChat(chatState([question, answer()]))
		await expect.element(screen.getByRole("status", { name: "Answer" })).toHaveTextContent("")
	})
})

describe("The other pages", () => {
	test("are opened by VS Code, show their name, and lead back to the composer", async () => {
		const { screen, port } = await renderChat()
		for (const [view, name] of [
			["settings", "Settings"],
			["history", "History"],
		] as const) {
			port.say({ type: "show", view })
			await expect.element(screen.getByRole("heading", { name, level: 1 })).toBeVisible()
			await screen.getByRole("button", { name: "Chat", exact: true }).click()
			await expect.poll(() => document.activeElement?.closest(".composer") != null).toBe(true)
		}
	})

	test("include the history, which can start a new chat", async () => {
		const { screen, port, posted } = await renderChat()
		port.say({ type: "show", view: "history" })
		await screen.getByRole("button", { name: "New chat" }).click()
		expect(posted("new-chat")).toBeDefined()
	})
})

describe("A tier that cannot serve", () => {
	const failed = (code: "tier-refused" | "capacity-refused" | "quota-throttled") =>
		answer({ text: "", status: "failed", request: null, error: { code, details: [textDetail("AWS says no.")] } })
	const onFlex = (messages: Parameters<typeof chatState>[0], settings = {}) => ({
		...chatState(messages),
		profiles: [profile({ serviceTier: "flex", ...settings })],
	})
	const tryOnStandard = "Try on Standard"

	test.each(["tier-refused", "capacity-refused"] as const)(
		"has a retry on Standard after the failure %s",
		async (code) => {
			const { screen, posted } = await renderChat(onFlex([question, failed(code)]))
			await screen.getByRole("button", { name: tryOnStandard }).click()
			expect(posted("retry")).toEqual({ type: "retry", tier: "default" })
		},
	)

	test("has no retry on Standard after other failures, on Standard, or with the setting to stop", async () => {
		for (const state of [
			onFlex([question, failed("quota-throttled")]),
			onFlex([question, failed("tier-refused")], { serviceTier: "default" }),
			onFlex([question, failed("tier-refused")], { whenTierCannotServe: "stop" }),
			onFlex([question, failed("tier-refused"), { ...question, id: "question-2" }, answer({ id: "answer-2" })]),
		]) {
			const { screen } = await renderChat(state)
			expect(screen.getByRole("button", { name: tryOnStandard }).elements()).toHaveLength(0)
			await screen.unmount()
		}
	})

	test("is listed as a failed attempt before the answer", async () => {
		const refused = { outcome: "refused", sentTier: "flex" } as const
		const failedAttempts = [
			{ code: "quota-throttled", details: [], ...refused, nextTier: "flex", waitMs: 1_400 },
			{ code: "capacity-refused", details: [], ...refused, nextTier: "default", waitMs: 0 },
		] as const
		const { screen } = await renderChat(onFlex([question, answer({ failedAttempts: [...failedAttempts] })]))
		const items = screen.getByRole("list", { name: "Attempts before" }).getByRole("listitem")
		await expect
			.element(items.nth(0))
			.toHaveTextContent(
				"The account's quota is used up for the moment; all tiers share it. Trying again in 1 second…",
			)
		await expect.element(items.nth(1)).toHaveTextContent("AWS has no room on Flex right now. Trying on Standard…")
	})

	test("is named next to the cost of the answer that Standard served instead", async () => {
		const servedOnStandard = request({
			servedTier: "default",
			billedTier: "default",
			notSentReason: "tier-refused",
			totalUsd: 0.0024,
			knownUsd: 0.0024,
		})
		const { screen } = await renderChat(onFlex([question, answer({ request: servedOnStandard })]))
		await expect.element(screen.getByText("$0.0024 · Standard (asked Flex, which could not serve)")).toBeVisible()
	})
})
