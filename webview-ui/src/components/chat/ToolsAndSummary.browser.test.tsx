import type { AnswerPart } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { renderApp } from "../../testing/render-app"
import { answer, chatView, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"

const question = { role: "user", id: "question-1", text: "What is this project?" } as const
const call = (part: Partial<Extract<AnswerPart, { kind: "tool-call" }>> = {}): AnswerPart => ({
	kind: "tool-call",
	callId: "call-1",
	name: "read_file",
	input: '{"path":"src/app.ts"}',
	result: { ok: true, text: "1| first line" },
	...part,
})
const renderChat = (part: Parameters<typeof chatView>[0], state: Parameters<typeof viewState>[0] = {}) =>
	renderApp(viewState({ chat: chatView(part), ...state }), "chat")

describe("The permission to read in the workspace", () => {
	const name = "Let the model read in this workspace"

	test("is off by default and is requested from the host when the user gives it", async () => {
		const { screen, posted } = await renderChat({})
		const box = screen.getByRole("checkbox", { name })
		await expect.element(box).not.toBeChecked()
		await box.click()
		expect(posted("allow-tools")).toEqual({ type: "allow-tools", allowed: true })
		// The checkbox changes only when the host confirms it.
		await expect.element(box).not.toBeChecked()
	})

	test("is withdrawn with the same checkbox", async () => {
		const { screen, posted } = await renderChat({ toolsAllowed: true })
		await screen.getByRole("checkbox", { name }).click()
		expect(posted("allow-tools")).toEqual({ type: "allow-tools", allowed: false })
	})

	test("cannot be given when no folder is open, and the reason is shown", async () => {
		const { screen } = await renderChat({}, { workspaceOpen: false })
		await expect.element(screen.getByRole("checkbox", { name })).toBeDisabled()
		await expect.element(screen.getByText("No folder is open.")).toBeVisible()
	})
})

describe("A tool call", () => {
	test("has a label that describes the call and shows the result when expanded", async () => {
		const { screen } = await renderChat({ messages: [question, answer({ parts: [call()] })] })
		await expect.element(screen.getByText("Read src/app.ts")).toBeVisible()
		expect(screen.getByText("1| first line").query()).toBeNull()
		await screen.getByText("Read src/app.ts").click()
		await expect.element(screen.getByText("1| first line")).toBeVisible()
	})

	test.each([
		["list_files", '{"path":"."}', "List the workspace"],
		["search_text", '{"pattern":"tier"}', "Search for “tier” in the workspace"],
		["weather", '{"city":"Bern"}', 'weather {"city":"Bern"}'],
		["read_file", '{"pa', "Read …"],
	])("of %s with the input %s has the label: %s", async (name, input, label) => {
		const { screen } = await renderChat({ messages: [answer({ parts: [call({ name, input })] })] })
		await expect.element(screen.getByText(label)).toBeVisible()
	})

	test("shows whether it is running, has failed or was not run", async () => {
		const running = answer({ parts: [call({ result: null })], status: "streaming", request: null })
		const first = await renderChat({ messages: [running], busy: true })
		await expect.element(first.screen.getByText("Running…")).toBeVisible()
		await first.screen.unmount()
		const failed = answer({ parts: [call({ result: { ok: false, text: "There is no such file." } })] })
		const second = await renderChat({ messages: [failed] })
		await expect.element(second.screen.getByText("· Failed")).toBeVisible()
		await second.screen.unmount()
		const third = await renderChat({ messages: [answer({ parts: [call({ result: null })], status: "stopped" })] })
		await expect.element(third.screen.getByText("Not run")).toBeVisible()
	})

	test("is shown in the order of the answer's parts: reasoning, text, call, text", async () => {
		const parts: AnswerPart[] = [
			{ kind: "reasoning", text: "I should look.", signature: "sig" },
			{ kind: "text", text: "I look first." },
			call(),
			{ kind: "redacted-reasoning", data: "c2VjcmV0" },
			{ kind: "text", text: "It is a project." },
		]
		const { screen } = await renderChat({ messages: [answer({ parts })] })
		expect(screen.getByRole("article", { name: "Answer" }).element().textContent).toMatch(
			/^Thinking.*I look first\.Read src\/app\.tsThinking that only the model can read\.It is a project\./,
		)
	})
})

describe("The task header", () => {
	test("shows the chat's title and the cost of titles and summaries", async () => {
		const background = { ...usage(0.0001).total, knownUsd: 0.0001 }
		const { screen } = await renderChat({ title: "About this project", usage: { ...usage(0.0013), background } })
		await expect.element(screen.getByRole("heading", { name: "About this project" })).toBeVisible()
		await expect.element(screen.getByText("Of it for titles and summaries: $0.0001")).toBeVisible()
	})

	test("shows no cost of titles and summaries when there are none", async () => {
		const { screen } = await renderChat({ usage: usage(0.0013) })
		expect(screen.getByText("Of it for titles").query()).toBeNull()
	})
})

test("A summary is shown after the last message that it covers, and its text when it is expanded", async () => {
	const messages = [question, answer(), { ...question, id: "question-2", text: "And now?" }]
	const summary = { text: "It is a project about tiers.", upToMessageId: "answer-1" }
	const { screen } = await renderChat({ messages, summary })
	const log = screen.getByRole("log").element().textContent ?? ""
	const line = "The messages above reach the model as a summary."
	expect(log.indexOf("Rayleigh")).toBeLessThan(log.indexOf(line))
	expect(log.indexOf(line)).toBeLessThan(log.indexOf("And now?"))
	await screen.getByText(line).click()
	await expect.element(screen.getByText(summary.text)).toBeVisible()
})
