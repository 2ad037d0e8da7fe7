import { join } from "node:path"
import type { ChatMessage } from "@bedrock-tiers/protocol"
import { expect, test } from "vitest"
import { ChatStore, newChatRecord } from "../../../src/app/storage/chat-store"
import { usageRecord } from "@bedrock-tiers/core/testing"
import { workbenchUnderTest } from "./workbench-under-test"

/**
 * A chat of 5,000 messages in the real VS Code, opened from the history and scrolled by wheel and keyboard. Each of its
 * 2,500 answers costs $0.0012, in total $3.00.
 */

const vscode = workbenchUnderTest({})

/** Prompts (odd numbers) alternate with answers (even numbers) of one to eight paragraphs, some with code. */
function message(number: number): ChatMessage {
	const id = `m${number}`
	if (number % 2 === 1) return { role: "user", id, text: `Question ${number}` }
	const paragraphs = "A **paragraph** of some length with `code` in it, twice.\n\n".repeat(number % 8)
	const text = `Answer ${number}\n\n${paragraphs}${number % 5 === 0 ? "```ts\nconst a = 1\n```" : ""}`
	const parts = [{ kind: "text", text } as const]
	return {
		role: "assistant",
		id,
		parts,
		status: "complete",
		error: null,
		request: usageRecord({ id: `r${number}` }),
	}
}

const list = () => vscode.workbench.view.getByRole("log")

/** Counts the frames during `work` in which messages cover less than half of the list. */
async function countBlankFrames(work: () => Promise<void>): Promise<number> {
	await list().evaluate((element) => {
		const frames = { running: true, blank: 0 }
		const checkFrame = () => {
			const { top, bottom } = element.getBoundingClientRect()
			const boxes = [...element.querySelectorAll("article")].map((article) => article.getBoundingClientRect())
			const filled = boxes.reduce(
				(sum, box) => sum + Math.max(0, Math.min(bottom, box.bottom) - Math.max(top, box.top)),
				0,
			)
			// Gaps between messages are part of the design; a half-empty list is not.
			if (filled < (bottom - top) / 2) frames.blank++
			if (frames.running) requestAnimationFrame(checkFrame)
		}
		requestAnimationFrame(checkFrame)
		Object.assign(window, { checkedFrames: frames })
	})
	await work()
	return list().evaluate(() => {
		const { checkedFrames } = window as unknown as { checkedFrames: { running: boolean; blank: number } }
		checkedFrames.running = false
		return checkedFrames.blank
	})
}

/** Numbers of the messages that are visible. */
async function visibleMessages(): Promise<number[]> {
	return list().evaluate((element) => {
		const { top, bottom } = element.getBoundingClientRect()
		return [...element.querySelectorAll("article")]
			.filter((article) => {
				const box = article.getBoundingClientRect()
				return box.bottom > top && box.top < bottom
			})
			.map((article) => Number(article.getAttribute("aria-posinset")))
	})
}

test("a chat of 5,000 messages opens at its end with few DOM elements, and scrolls by wheel and keys without blank areas", async () => {
	const { workbench, user } = vscode
	const { view, page } = workbench
	const messages = Array.from({ length: 5_000 }, (_, index) => message(index + 1))
	await new ChatStore(join(vscode.host.storageDir, "chats"), () => undefined).save({
		...newChatRecord(new Date()),
		messages,
	})

	await user.openHistory()
	const row = view.getByRole("listitem").filter({ hasText: "Question 1" }).getByRole("button").first()
	await row.waitFor()
	await row.click()
	await view.getByText("Answer 5000", { exact: true }).waitFor()
	expect(await view.locator(".task-total").textContent()).toBe("$3.00")
	await workbench.screenshot("long-chat")
	const nodes = () => list().evaluate((element) => element.querySelectorAll("*").length)
	expect(await nodes()).toBeLessThan(2_000)

	const box = await list().boundingBox()
	if (box === null) throw new Error("The list is not there")
	await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
	const blankByWheel = await countBlankFrames(async () => {
		for (let turn = 0; turn < 60; turn++) await page.mouse.wheel(0, -300)
	})
	expect((await visibleMessages())[0]).toBeLessThan(4_990)
	expect(blankByWheel).toBe(0)
	expect(await nodes()).toBeLessThan(2_000)

	await list().focus()
	const blankByKeys = await countBlankFrames(async () => {
		for (let press = 0; press < 20; press++) await page.keyboard.press("PageUp")
	})
	// PageUp presses that arrive faster than frames may leave a frame blank.
	expect(blankByKeys).toBeLessThan(3)
	await page.keyboard.press("Home")
	await expect.poll(async () => (await visibleMessages())[0]).toBe(1)
	await view.getByText("Question 1", { exact: true }).last().waitFor()
	await workbench.screenshot("long-chat-top")
	expect(await nodes()).toBeLessThan(2_000)
	await page.keyboard.press("End")
	await expect.poll(async () => (await visibleMessages()).at(-1)).toBe(5_000)
	await view.getByText("Answer 5000", { exact: true }).waitFor()

	expect(workbench.ownErrors).toEqual([])
})
