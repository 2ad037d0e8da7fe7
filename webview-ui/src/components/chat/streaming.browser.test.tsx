import { Lexer } from "marked"
import { afterEach, describe, expect, test, vi } from "vitest"
import { userEvent } from "vitest/browser"
import { renderApp } from "../../testing/render-app"
import { answer, chatView, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { nextFrames } from "../../testing/settled"

const question = { role: "user", id: "question-1", text: "Why?" } as const
const earlier = answer({ id: "earlier", text: "An **earlier** answer." })
const PARAGRAPH = "The **sky** is `blue` because [air](https://example.com) scatters short waves of light.\n\n"
const LIST = "- an item with **bold** words\n- and another\n\n"

afterEach(() => void vi.restoreAllMocks())

/** Renders a chat with an answer that is still streaming. */
async function renderStreaming(text: string) {
	const streaming = answer({ id: "streaming", text, status: "streaming", request: null })
	const messages = [question, earlier, { ...question, id: "question-2" }, streaming]
	const app = await renderApp(viewState({ chat: chatView({ messages, busy: true }) }))
	await expect.poll(() => app.screen.getByRole("log").element().querySelector(".markdown")).not.toBeNull()
	const grow = (more: string) => app.port.say({ type: "delta", messageId: "streaming", kind: "text", text: more })
	return { ...app, streaming, grow }
}

/** Collects the text of every node that changes in the page, after ten frames without any change. */
async function watchChanges() {
	const changed: string[] = []
	const note = (records: MutationRecord[]) => records.forEach(({ target }) => changed.push(target.textContent ?? ""))
	const observer = new MutationObserver(note)
	observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
	for (let quietFrames = 0; quietFrames < 10; quietFrames++) {
		await new Promise(requestAnimationFrame)
		if (changed.length === 0) continue
		changed.length = 0
		quietFrames = -1
	}
	return { changed, stop: () => observer.disconnect() }
}

describe("A streaming answer", () => {
	test("changes only its last block: no other message, no header, no finished block", async () => {
		const { screen, grow } = await renderStreaming("One.\n\nTwo.\n\nThree.\n\nFo")
		const { changed, stop } = await watchChanges()
		grow("ur")
		await expect.element(screen.getByText("Four", { exact: true })).toBeVisible()
		stop()
		expect(changed).toEqual(["Four"])
	})

	test("applies 1,000 deltas that arrive before the next frame in one update", async () => {
		const { grow, store, screen } = await renderStreaming("Numbers:")
		await nextFrames()
		let updates = 0
		store.subscribe(() => updates++)
		for (let index = 1; index <= 1_000; index++) grow(` ${index}`)
		expect(updates).toBe(0)
		await expect.element(screen.getByText(/^Numbers: 1 2 .* 999 1000$/)).toBeVisible()
		expect(updates).toBe(1)
	})

	test("parses an amount of text per update that does not grow with the length of the answer", async () => {
		const parsed = async (paragraphs: number) => {
			const { grow, screen } = await renderStreaming((PARAGRAPH + LIST).repeat(paragraphs) + "The end")
			await watchChanges().then(({ stop }) => stop())
			const lex = vi.spyOn(Lexer.prototype, "lex")
			const blockTokens = vi.spyOn(Lexer.prototype, "blockTokens")
			grow(" of it")
			await expect.element(screen.getByText("The end of it", { exact: true })).toBeVisible()
			const lengths = [...lex.mock.calls, ...blockTokens.mock.calls].map(([source]) => source.length)
			vi.restoreAllMocks()
			await screen.unmount()
			return lengths.reduce((sum, length) => sum + length, 0)
		}
		const short = await parsed(5)
		expect(short).toBeGreaterThan(0)
		expect(await parsed(600)).toBe(short)
	})

	test.each([
		["paragraphs and lists", "", PARAGRAPH + LIST],
		["one list that does not end", "", "- an item with **bold** words\n"],
		["one code block that does not end", "```ts\n", "const a = 1 // in a line of its own\n"],
	])("does not block typing and is replaced by its final message: %s", async (_name, start, piece) => {
		const { screen, grow, port } = await renderStreaming(start + piece.repeat(200))
		const message = screen.getByRole("textbox", { name: "Message" })
		await message.click()
		for (let digit = 0; digit < 10; digit++) {
			for (const word of piece.repeat(20).match(/\s*\S+/g) ?? []) grow(word)
			await userEvent.keyboard(String(digit))
		}
		await expect.element(message).toHaveValue("0123456789")
		const final = answer({ id: "streaming", text: "The end." })
		port.say({ type: "message", message: final, busy: false, usage: viewState().chat.usage })
		await expect.element(screen.getByText("The end.")).toBeVisible()
		await expect.element(message).toHaveValue("0123456789")
	})
})
