import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { framesWhile, pause } from "../../testing/frames"
import { renderApp } from "../../testing/render-app"
import { answer, chatView, viewState } from "../../testing/samples"

const question = { role: "user", id: "question-1", text: "Why?" } as const
const earlier = answer({ id: "earlier", text: "An **earlier** answer." })
const PARAGRAPH = "The **sky** is `blue` because [air](https://example.com) scatters short waves of light.\n\n"
const LIST = "- an item with **bold** words\n- and another\n\n"

/** An answer of some 100 KB that is still on its way. */
async function renderStreaming(text: string) {
	const streaming = answer({ id: "streaming", text, status: "streaming", request: null })
	const messages = [question, earlier, { ...question, id: "question-2" }, streaming]
	const app = await renderApp(viewState({ chat: chatView({ messages, busy: true }) }))
	await expect.poll(() => app.screen.getByRole("log").element().querySelector(".markdown")).not.toBeNull()
	const grow = (more: string) => app.port.say({ type: "delta", messageId: "streaming", kind: "text", text: more })
	return { ...app, streaming, grow }
}

describe("While an answer streams", () => {
	test("nothing else is drawn: neither other messages, nor the header, nor its own finished blocks", async () => {
		const { screen, grow } = await renderStreaming("One.\n\nTwo.\n\nThree.\n\nFo")
		const changed: string[] = []
		const note = (records: MutationRecord[]) =>
			records.forEach(({ target }) => changed.push(target.textContent ?? ""))
		const observer = new MutationObserver(note)
		observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true })
		await quiet(changed)
		grow("ur")
		await expect.element(screen.getByText("Four", { exact: true })).toBeVisible()
		observer.disconnect()
		expect(changed).toEqual(["Four"])
	})

	test.each([
		["paragraphs and lists", PARAGRAPH + LIST, 600],
		["one list without an end", "- an item with **bold** words\n", 400],
		["one piece of code without an end", "const a = 1 // in a line of its own\n", 2_500],
	])("1,000 deltas a second into a long answer keep typing smooth: %s", async (name, piece, times) => {
		const start = name.includes("code") ? "```ts\n" : ""
		const { screen, grow, port } = await renderStreaming(start + piece.repeat(times))
		const message = screen.getByRole("textbox", { name: "Message" })
		await message.click()
		const words = piece.repeat(200).match(/\s*\S+/g) ?? []
		let sent = 0
		const delays: number[] = []
		const onInput = (event: Event) => {
			const came = event.timeStamp
			requestAnimationFrame(() => delays.push(performance.now() - came))
		}
		document.addEventListener("input", onInput, true)
		let typing = true
		const typist = (async () => {
			for (let index = 0; typing; index++) await userEvent.keyboard(String(index % 10))
		})()
		const frames = await framesWhile(async () => {
			const started = performance.now()
			for (let now = started; now - started < 3_000; now = performance.now()) {
				for (const due = now - started; sent < due; sent++) grow(words[sent % words.length] ?? "")
				await pause(4)
			}
		})
		typing = false
		await typist
		document.removeEventListener("input", onInput, true)
		const slowest = delays.sort((one, other) => one - other)[Math.floor(delays.length * 0.95)] ?? 0
		// eslint-disable-next-line no-console
		console.info(name, JSON.stringify({ sent, ...frames, typed: delays.length, slowestTyping: slowest }))
		expect(sent).toBeGreaterThan(2_700)
		expect(frames.slowest5Percent).toBeLessThan(120)
		expect(slowest).toBeLessThan(150)
		expect(delays.length).toBeGreaterThan(20)
		const final = answer({ id: "streaming", text: "The end." })
		port.say({ type: "message", message: final, busy: false, usage: viewState().chat.usage })
		await expect.element(screen.getByText("The end.")).toBeVisible()
		expect((message.element() as HTMLTextAreaElement).value).toMatch(/^0123456789/)
	})
})

/** The page still measures its messages and puts the toolkit's parts in: until nothing has changed for ten frames. */
async function quiet(changed: unknown[]): Promise<void> {
	for (let still = 0; still < 10; still++) {
		await new Promise(requestAnimationFrame)
		if (changed.length === 0) continue
		changed.length = 0
		still = -1
	}
}
