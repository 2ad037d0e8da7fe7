import type { ChatMessage } from "@bedrock-tiers/protocol"
import { describe, expect, test } from "vitest"
import { userEvent } from "vitest/browser"
import { renderApp } from "../../testing/render-app"
import { answer, chatView, request, usage, viewState } from "@bedrock-tiers/test-kit/samples/view-state"
import { scrollByHand } from "../../testing/scroll-by-hand"
import { settled } from "../../testing/settled"

/** 2,500 questions and 2,500 answers of one to nine paragraphs, every fifth one with a code block. */
const MESSAGES: ChatMessage[] = Array.from({ length: 5_000 }, (_, index) =>
	index % 2 === 0
		? { role: "user", id: `m${index}`, text: `Question ${index + 1}` }
		: answer({
				id: `m${index}`,
				text: `Answer ${index + 1}\n\n${"A **paragraph** of some length with `code` in it, twice.\n\n".repeat(index % 9)}${index % 5 ? "" : "```ts\nconst a = 1\n```"}`,
				reasoning: index % 3 ? "" : "Thought about it.",
				request: request({ id: `r${index}` }),
			}),
)
const longChat = viewState({ chat: chatView({ messages: MESSAGES, usage: usage(1) }) })

async function renderLongChat() {
	const app = await renderApp(longChat)
	const list = app.screen.getByRole("log").element()
	await expect.element(app.screen.getByText("Answer 5000")).toBeVisible()
	const articles = () => [...list.querySelectorAll("article")]
	const fromEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight
	return { ...app, list, articles, fromEnd }
}

/** Numbers of the messages in the page, in page order. */
function messageNumbers(articles: readonly Element[]): number[] {
	return articles.map((article) => Number(/(?:Question|Answer) (\d+)/.exec(article.textContent ?? "")?.[1]))
}

describe("A chat of 5,000 messages", () => {
	test("opens at its end with few messages in the page, each with its position", async () => {
		const { list, articles, fromEnd } = await renderLongChat()
		await expect.poll(fromEnd).toBeLessThan(2)
		expect(articles().length).toBeLessThan(40)
		expect(list.querySelectorAll("*").length).toBeLessThan(2_000)
		const last = articles().at(-1)
		expect(last?.getAttribute("aria-posinset")).toBe("5000")
		expect(last?.getAttribute("aria-setsize")).toBe("5000")
	})

	test("shows the right messages in order and without overlap when it is scrolled to the top and back", async () => {
		const { list, articles, fromEnd } = await renderLongChat()
		scrollByHand(list, 0)
		await expect.poll(() => messageNumbers(articles())[0]).toBe(1)
		const shown = messageNumbers(articles())
		expect(shown).toEqual(shown.map((_, index) => index + 1))
		expect(articles().length).toBeLessThan(60)
		await expect
			.poll(() => {
				const boxes = articles().map((article) => article.getBoundingClientRect())
				return boxes.every((box, index) => index === 0 || box.top >= (boxes[index - 1]?.bottom ?? 0))
			})
			.toBe(true)
		scrollByHand(list, list.scrollHeight)
		await expect.poll(() => messageNumbers(articles()).at(-1)).toBe(5_000)
		await expect.poll(fromEnd).toBeLessThan(2)
	})

	test("has few messages in the page in each frame of scrolling, and keeps visible ones in place", async () => {
		const { list, articles } = await renderLongChat()
		let mostArticles = 0
		for (let step = 0; step < 120; step++) {
			scrollByHand(list, list.scrollTop - 150)
			await new Promise(requestAnimationFrame)
			mostArticles = Math.max(mostArticles, articles().length)
		}
		expect(mostArticles).toBeLessThan(60)
		const before = articles().map((article) => ({ article, top: article.getBoundingClientRect().top }))
		await settled()
		for (const { article, top } of before.filter(({ top }) => top > 0 && top < 600))
			expect(Math.abs(article.getBoundingClientRect().top - top)).toBeLessThan(4)
	})

	test("goes to its first and last message at once with Home and End", async () => {
		const { list, articles, fromEnd } = await renderLongChat()
		list.focus()
		// In the past, messages whose height differed from the estimate stopped the scrolling.
		await userEvent.keyboard("{PageUp}{PageUp}{PageUp}{Home}")
		await expect.poll(() => messageNumbers(articles())[0]).toBe(1)
		await expect.poll(() => list.scrollTop).toBe(0)
		await userEvent.keyboard("{End}")
		await expect.poll(() => messageNumbers(articles()).at(-1)).toBe(5_000)
		await expect.poll(fromEnd).toBeLessThan(2)
	})

	test("keeps the focused message and its focus in the page while other messages are removed", async () => {
		const { list, articles, screen } = await renderLongChat()
		const badge = articles().at(-1)?.querySelector("summary")
		badge?.focus()
		scrollByHand(list, 0)
		await expect.poll(() => messageNumbers(articles())[0]).toBe(1)
		expect(document.activeElement).toBe(badge)
		expect(messageNumbers(articles()).at(-1)).toBe(5_000)
		await screen.getByRole("textbox", { name: "Message" }).click()
		await expect.poll(() => messageNumbers(articles()).at(-1)).toBeLessThan(60)
	})

	test("does not scroll to or announce a new answer away from its end, but goes to a new question", async () => {
		const { list, articles, port, fromEnd } = await renderLongChat()
		scrollByHand(list, 1_000)
		await expect.poll(() => list.getAttribute("aria-live")).toBe("off")
		const say = (message: ChatMessage) => port.say({ type: "message", message, busy: false, usage: usage(1) })
		const { scrollTop } = list
		say(answer({ id: "new", text: "Answer 5001" }))
		await settled()
		expect(list.scrollTop).toBe(scrollTop)
		say({ role: "user", id: "asked", text: "Question 5002" })
		await expect.poll(() => messageNumbers(articles()).at(-1)).toBe(5_002)
		await expect.poll(fromEnd).toBeLessThan(2)
		expect(list.getAttribute("aria-live")).toBe("polite")
	})

	test("keeps an element that is expanded at its end under the pointer", async () => {
		const { articles, fromEnd } = await renderLongChat()
		await expect.poll(fromEnd).toBeLessThan(2)
		const summary = articles().at(-1)?.querySelector("summary") as HTMLElement
		const { top } = summary.getBoundingClientRect()
		await userEvent.click(summary)
		await settled()
		expect(Math.abs(summary.getBoundingClientRect().top - top)).toBeLessThan(2)
	})
})
