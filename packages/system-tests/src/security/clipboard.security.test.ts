import { existsSync } from "node:fs"
import { describe, expect, it } from "vitest"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { HOSTILE_NAME, HOSTILE_TEXTS } from "./testing/hostile-texts"
import { report } from "./testing/report"
import { executablePath, watchedPage } from "./testing/watched-page"

/** What the page's buttons put on the clipboard, in a real browser: the text, as text alone. */

/** More ticks than any of the texts has. */
const FENCE = "`".repeat(40)
const fenced = (text: string) => `${FENCE}js\n${text.trimEnd()}\n${FENCE}`
/** A half of a pair is no character: the system's clipboard has the mark for none. */
const wellFormed = (text: string) => Buffer.from(text).toString()

describe.skipIf(!existsSync(executablePath))("In Chromium", () => {
	const page = watchedPage()

	/** What another program would be given: each kind that there is, with its text. */
	const clipboard = () =>
		page.view().evaluate(async () => {
			const items = await navigator.clipboard.read()
			const kinds = items.flatMap((item) =>
				item.types.map(async (type) => [type, await item.getType(type)] as const),
			)
			return Promise.all((await Promise.all(kinds)).map(async ([type, blob]) => [type, await blob.text()]))
		})
	const put = (text: string) => page.view().evaluate((words) => navigator.clipboard.writeText(words), text)

	/** Presses it, and gives what is on the clipboard then. */
	async function copied(label: string): Promise<unknown> {
		await put("before")
		await page.view().locator(`vscode-button[aria-label="${label}"]`).first().click({ timeout: 30_000 })
		await expect.poll(clipboard, { timeout: 20_000 }).not.toEqual([["text/plain", "before"]])
		return clipboard()
	}

	it.for([
		["an answer", "Copy the answer", (text: string) => text, (text: string) => text],
		["code", "Copy js", fenced, (text: string) => text.trimEnd()],
	] as const)("%s", { timeout: 300_000 }, async ([what, label, written, expected], context) => {
		report(context, {
			area: "page",
			tried: `the button that copies ${what}, for each of the ${Object.keys(HOSTILE_TEXTS).length} hostile texts`,
			holds: "on the clipboard as text alone, to the character; nothing else is on it, nothing runs, nothing is posted",
		})
		await page.view().context().grantPermissions(["clipboard-read", "clipboard-write"])
		for (const [name, text] of Object.entries(HOSTILE_TEXTS)) {
			const parts = [
				{ kind: "reasoning", text: "A thought.", signature: null } as const,
				{
					kind: "tool-call",
					callId: "c",
					name: HOSTILE_NAME.slice(0, 60),
					input: "{}",
					result: { ok: true, text: "A result." },
				} as const,
				{ kind: "text", text: written(text) } as const,
			]
			const answer = samples.answer({ id: name, parts })
			const question = { role: "user", id: `q ${name}`, text: "Why?" } as const
			await page.show(samples.viewState({ chat: samples.chatView({ messages: [question, answer] }) }), "chat")
			await page.view().locator(".markdown").first().waitFor({ timeout: 60_000 })
			const words = wellFormed(expected(text))
			expect([name, await copied(label)]).toEqual([name, [["text/plain", words]]])
			if (what !== "code") continue
			expect([name, wellFormed((await page.view().locator("pre code").textContent()) ?? "")]).toEqual([
				name,
				words,
			])
		}
		await page.expectUnharmed()
	})
})
