import { existsSync } from "node:fs"
import { describe, expect, it } from "vitest"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { samplePart } from "@bedrock-tiers/test-kit/sampling"
import { HOSTILE_NAME, HOSTILE_TEXTS } from "./testing/hostile-texts"
import { report } from "./testing/report"
import { executablePath, watchWebview } from "./testing/watched-webview"

/** The webview's copy buttons, in a real browser: the clipboard contains the text, as plain text only. */

/** A code fence with more backticks than any of the texts contains. */
const FENCE = "`".repeat(40)
const fenced = (text: string) => `${FENCE}js\n${text.trimEnd()}\n${FENCE}`
/** Replaces lone surrogates with U+FFFD, as the system's clipboard does. */
const wellFormed = (text: string) => Buffer.from(text).toString()

describe.skipIf(!existsSync(executablePath))("Copy buttons in Chromium", () => {
	const webview = watchWebview()

	/** @returns what another program can paste: every MIME type on the clipboard, with its text */
	const readClipboard = () =>
		webview.page().evaluate(async () => {
			const items = await navigator.clipboard.read()
			const contents = items.flatMap((item) =>
				item.types.map(async (type) => [type, await item.getType(type)] as const),
			)
			return Promise.all((await Promise.all(contents)).map(async ([type, blob]) => [type, await blob.text()]))
		})
	const writeClipboard = (text: string) =>
		webview.page().evaluate((value) => navigator.clipboard.writeText(value), text)

	/**
	 * Clicks a button.
	 * @returns the content of the clipboard after that
	 */
	async function clickAndReadClipboard(label: string): Promise<unknown> {
		await writeClipboard("before")
		await webview.page().locator(`vscode-button[aria-label="${label}"]`).first().click({ timeout: 30_000 })
		await expect.poll(readClipboard).not.toEqual([["text/plain", "before"]])
		return readClipboard()
	}

	it.for([
		["an answer", "Copy the answer", (text: string) => text, (text: string) => text],
		["code", "Copy js", fenced, (text: string) => text.trimEnd()],
	] as const)("copy %s as plain text only", async ([content, label, toMarkdown, expected], context) => {
		report(context, {
			area: "webview",
			tried: `the button that copies ${content}, for the hostile texts`,
			holds: "the clipboard contains exactly the text, as plain text only; nothing runs, no message is posted",
		})
		await webview.page().context().grantPermissions(["clipboard-read", "clipboard-write"])
		for (const [name, text] of samplePart(Object.entries(HOSTILE_TEXTS), 4, content === "code" ? 0 : 1)) {
			const parts = [
				{ kind: "reasoning", text: "A thought.", signature: null } as const,
				{
					kind: "tool-call",
					callId: "c",
					name: HOSTILE_NAME.slice(0, 60),
					input: "{}",
					result: { ok: true, text: "A result." },
				} as const,
				{ kind: "text", text: toMarkdown(text) } as const,
			]
			const answer = samples.answer({ id: name, parts })
			const question = { role: "user", id: `q ${name}`, text: "Why?" } as const
			await webview.show(samples.viewState({ chat: samples.chatView({ messages: [question, answer] }) }), "chat")
			await webview.page().locator(".markdown").first().waitFor({ timeout: 60_000 })
			const copiedText = wellFormed(expected(text))
			expect([name, await clickAndReadClipboard(label)]).toEqual([name, [["text/plain", copiedText]]])
			if (content !== "code") continue
			expect([name, wellFormed((await webview.page().locator("pre code").textContent()) ?? "")]).toEqual([
				name,
				copiedText,
			])
		}
		await webview.expectUnharmed()
	})
})
