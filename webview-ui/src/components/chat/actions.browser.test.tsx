import { textDetail } from "@bedrock-tiers/error-details"
import type { ChatMessage, ProfileSettings } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { fakePort } from "../../testing/fake-port"
import { renderApp } from "../../testing/render-app"
import { answer, chatView, NOTHING_USED, profile, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

const first = { role: "user", id: "question-1", text: "Why is the sky blue?" } as const
const second = { role: "user", id: "question-2", text: "And at sunset?" } as const
const CHAT = [first, answer({ id: "answer-1" }), second, answer({ id: "answer-2", text: "It is **red**." })]

type Options = { readonly busy?: boolean; readonly settings?: Partial<ProfileSettings> }

async function renderChat(messages: ChatMessage[] = CHAT, { busy = false, settings }: Options = {}, port = fakePort()) {
	const profiles = [profile({ serviceTier: "flex", ...settings })]
	const state = (shown: ChatMessage[]) =>
		viewState({ profiles, chat: chatView({ messages: shown, busy, usage: usage(1) }) })
	const app = await renderApp(state(messages), "chat", port)
	const show = (shown: ChatMessage[]) => port.say({ type: "state", state: state(shown) })
	const button = (name: string) => app.screen.getByRole("button", { name, exact: true })
	const editor = app.screen.getByRole("textbox", { name: "The question in other words" })
	return { ...app, button, editor, show, list: app.screen.getByRole("log") }
}

/** Label or text of the focused element; of the toolkit component when the focus is inside one. */
const focused = () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent

describe("A question", () => {
	test("is edited in place by keyboard alone and sent with Enter", async () => {
		const { button, editor, posted } = await renderChat()
		;(button("Edit the question").nth(1).element() as HTMLElement).focus()
		await userEvent.keyboard("{Enter}")
		await expect.element(editor).toHaveValue("And at sunset?")
		await expect.poll(() => document.activeElement?.localName).toBe("vscode-text-area")
		await editor.fill("And at dawn?")
		await userEvent.keyboard("{Enter}")
		expect(posted("edit")).toEqual({ type: "edit", messageId: "question-2", text: "And at dawn?" })
		await expect.element(editor).not.toBeInTheDocument()
	})

	test("shows what an edit does to the rest of the chat", async () => {
		const { button, screen } = await renderChat()
		await button("Edit the question").first().click()
		await expect
			.element(
				screen.getByText(
					"It takes the place of this question and of all below it. What that cost stays in the total.",
				),
			)
			.toBeVisible()
	})

	test("is unchanged after Escape, which returns the focus to the Edit button", async () => {
		const { button, editor, posted, screen } = await renderChat()
		await button("Edit the question").first().click()
		await editor.fill("Other")
		await userEvent.keyboard("{Escape}")
		await expect.element(screen.getByText(first.text)).toBeVisible()
		expect(posted("edit")).toBeUndefined()
		expect(focused()).toBe("Edit the question")
	})

	test("cannot be sent while an answer is in progress", async () => {
		const { button, editor, posted } = await renderChat(CHAT, { busy: true })
		await button("Edit the question").first().click()
		await expect.element(button("Ask this instead")).toBeDisabled()
		await userEvent.keyboard("{Enter}")
		expect(posted("edit")).toBeUndefined()
		await expect.element(editor).toHaveValue(first.text)
	})

	test("is restored half edited after a reload, and its edit ends when another chat is shown", async () => {
		const port = fakePort()
		const before = await renderChat(CHAT, {}, port)
		await before.button("Edit the question").first().click()
		await before.editor.fill("Half a th")
		await before.screen.unmount()
		const { editor, show } = await renderChat(CHAT, {}, port)
		await expect.element(editor).toHaveValue("Half a th")
		show([])
		await expect.element(editor).not.toBeInTheDocument()
		show(CHAT)
		await expect.element(editor).not.toBeInTheDocument()
	})

	test("returns to the composer when the host refuses the edit", async () => {
		const { button, editor, port, screen } = await renderChat()
		await button("Edit the question").first().click()
		await editor.fill("Too long")
		await button("Ask this instead").click()
		port.say({ type: "refused", requestId: null, field: "text", details: [textDetail("is too long")] })
		await expect.element(screen.getByRole("textbox", { name: "Message" })).toHaveValue("Too long")
	})
})

describe("An answer", () => {
	test("is copied as its Markdown source", async () => {
		const { button } = await renderChat()
		await button("Copy the answer").nth(1).click()
		await expect.poll(() => navigator.clipboard.readText()).toBe("It is **red**.")
	})

	test("can be requested again on the selected tier, if it is the last one", async () => {
		const { button, posted } = await renderChat()
		expect(button("Answer again").elements()).toHaveLength(1)
		await button("Answer again").click()
		expect(posted("answer-again")).toEqual({ type: "answer-again", messageId: "answer-2", tier: "flex" })
	})

	test("can be requested again on another tier", async () => {
		const { button, posted, screen } = await renderChat()
		await screen.getByText("Answer again on…").click()
		await expect.element(button("Standard")).toBeVisible()
		expect(button("Flex").elements()).toHaveLength(0)
		await button("Priority").click()
		expect(posted("answer-again")?.tier).toBe("priority")
	})

	test("cannot be requested again on another tier when the model has none", async () => {
		const { button, screen } = await renderChat(CHAT, { settings: { modelId: "anthropic.claude-sonnet-4-6" } })
		await expect.element(button("Answer again")).toBeVisible()
		expect(screen.getByText("Answer again on…").query()).toBeNull()
	})

	test("passes the focus to the message list when it is removed", async () => {
		const { button, list, show } = await renderChat()
		await button("Answer again").click()
		expect(focused()).toBe("Answer again")
		show([...CHAT.slice(0, -1), answer({ id: "answer-3", text: "", status: "streaming", request: null })])
		await expect.element(list).toHaveFocus()
	})

	test("cannot be requested again while another answer is in progress", async () => {
		const { button } = await renderChat(CHAT, { busy: true })
		await expect.element(button("Copy the answer").first()).toBeVisible()
		expect(button("Answer again").elements()).toHaveLength(0)
	})

	test("has only the actions of the failure when it failed", async () => {
		const error = { code: "network", details: [textDetail("No way there.")] } as const
		const failed = answer({ id: "answer-2", text: "", status: "failed", error, request: null })
		const { button } = await renderChat([first, failed])
		await expect.element(button("Retry")).toBeVisible()
		expect(button("Answer again").elements()).toHaveLength(0)
		expect(button("Copy the answer").elements()).toHaveLength(0)
	})

	test("shows that it was cut off at its limit and can be continued, without a change to the composer", async () => {
		const { button, posted, screen } = await renderChat([first, answer({ stopReason: "max_tokens" })])
		await screen.getByRole("textbox", { name: "Message" }).fill("a draft")
		await expect
			.element(screen.getByText("Cut off: this is as long as an answer may be by the settings or the model."))
			.toBeVisible()
		await button("Go on").click()
		expect(posted("send")?.text).toBe("Go on exactly where you stopped.")
		await expect.element(screen.getByRole("textbox", { name: "Message" })).toHaveValue("a draft")
	})

	test("can be continued when it was stopped, not when it is complete or the context is full", async () => {
		const { button, screen } = await renderChat([first, answer({ status: "stopped" })])
		await expect.element(button("Go on")).toBeVisible()
		await screen.unmount()
		const whole = await renderChat([first, answer({ stopReason: "end_turn" })])
		await expect.element(whole.button("Answer again")).toBeVisible()
		expect(whole.button("Go on").elements()).toHaveLength(0)
		await whole.screen.unmount()
		const full = await renderChat([first, answer({ stopReason: "model_context_window_exceeded" })])
		await expect.element(full.screen.getByText("Cut off: the model's context window is full.")).toBeVisible()
		expect(full.button("Go on").elements()).toHaveLength(0)
	})
})

test("The task header shows the cost of replaced answers", async () => {
	const { total } = usage(0.0012)
	const { screen } = await renderApp(
		viewState({ chat: chatView({ usage: { ...NOTHING_USED, total: { ...total, requests: 2 }, removed: total } }) }),
	)
	await expect.element(screen.getByText("Of it for answers that were replaced: $0.0012")).toBeVisible()
})
