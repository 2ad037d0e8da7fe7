import { existsSync } from "node:fs"
import { describe, expect, it, type TestContext } from "vitest"
import { attack } from "@bedrock-tiers/test-kit/samples/hostile-markdown"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { webviewHtml } from "../../../../src/vscode/webview-html"
import { HOSTILE_NAME, HOSTILE_TEXTS } from "./testing/hostile-texts"
import { report } from "./testing/report"
import { executablePath, watchedPage } from "./testing/watched-page"

/** The built page in a real browser, under its own policy: what others wrote is shown as text, and does nothing. */

const policyOf = (html: string) => {
	const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
	return new Map(
		policy
			.split(";")
			.map((one) => one.trim().split(/\s+/))
			.map(([name = "", ...sources]) => [name, sources]),
	)
}
const pageHtml = () =>
	webviewHtml({
		cspSource: "https://own.test",
		scriptUri: "https://own.test/main.js",
		styleUri: "https://own.test/main.css",
		attachmentsUri: "https://own.test/a",
		language: "en",
	})

it("its policy, directive by directive", (context) => {
	report(context, {
		area: "page",
		tried: "the content security policy, parsed, of 1,000 pages",
		holds: "nothing but its own; a nonce of 128 bits that is another each time; no eval, no inline script, no base, no form, no connection",
	})
	const nonces = new Set<string>()
	for (let round = 0; round < 1_000; round++) {
		const html = pageHtml()
		const policy = policyOf(html)
		const [, nonce = ""] = /'nonce-([^']+)'/.exec(policy.get("script-src")?.[0] ?? "") ?? []
		nonces.add(nonce)
		expect(Buffer.from(nonce, "base64")).toHaveLength(16)
		expect(Object.fromEntries(policy)).toEqual({
			"default-src": ["'none'"],
			"base-uri": ["'none'"],
			"form-action": ["'none'"],
			"img-src": ["https://own.test"],
			"font-src": ["https://own.test"],
			// The toolkit styles its parts so.
			"style-src": ["https://own.test", "'unsafe-inline'"],
			"script-src": [`'nonce-${nonce}'`, "https://own.test"],
		})
		expect(html.match(/<script[^>]*>/g)).toEqual([
			`<script type="module" nonce="${nonce}" src="https://own.test/main.js">`,
		])
		expect(html.indexOf("http-equiv")).toBeLessThan(html.indexOf("<link"))
		expect(html).not.toMatch(/\son\w+=|javascript:|<script[^>]*>[^<]/i)
	}
	expect(nonces.size).toBe(1_000)
})

describe.skipIf(!existsSync(executablePath))("In Chromium", () => {
	const page = watchedPage()

	it.for(Object.entries(HOSTILE_TEXTS))("an answer: %s", async ([what, text], test) => {
		report(test as TestContext, {
			area: "page",
			tried: `an answer, a thought, a question and a tool's result: ${what}`,
			holds: UNHARMED,
		})
		const answer = samples.answer({
			reasoning: text,
			parts: [
				{ kind: "reasoning", text, signature: null },
				{ kind: "text", text },
				{
					kind: "tool-call",
					callId: "c",
					name: HOSTILE_NAME.slice(0, 60),
					input: JSON.stringify({ path: text.slice(0, 1_000) }),
					result: { ok: false, text },
				},
			],
		})
		const question = { role: "user", id: "q", text } as const
		await page.show(samples.viewState({ chat: samples.chatView({ messages: [question, answer] }) }), "chat")
		await page.view().getByRole("article", { name: "Answer" }).first().waitFor({ timeout: 60_000 })
		await page.view().locator(".markdown").first().waitFor({ timeout: 60_000 })
		for (const thought of await page.view().getByText("Thinking").all()) await thought.click({ timeout: 30_000 })
		await page.expectUnharmed()
	})

	it.for(["chat", "usage", "settings", "history"] as const)("names and sentences: %s", async (shown, test) => {
		report(test as TestContext, {
			area: "page",
			tried: `names of models, profiles, tools, files, regions, tiers, titles, AWS's errors and excerpts, all hostile: ${shown}`,
			holds: UNHARMED,
		})
		const request = samples.request({
			modelId: HOSTILE_NAME,
			baseModelId: HOSTILE_NAME,
			region: HOSTILE_NAME,
			servedTier: HOSTILE_NAME,
			billedTier: HOSTILE_NAME,
			card: { origin: "catalog", source: HOSTILE_NAME, checkedOn: HOSTILE_NAME },
		})
		const attachment = {
			kind: "text",
			id: "a".repeat(64),
			path: HOSTILE_NAME,
			lines: { from: 1, to: 2 },
			characters: 3,
			mayBeSecret: true,
		} as const
		const image = {
			kind: "image",
			id: "b".repeat(64),
			name: HOSTILE_NAME,
			mediaType: "image/png",
			bytes: 10,
			width: 1,
			height: 1,
		} as const
		const attempt = samples.failedAttempt({ message: HOSTILE_NAME })
		const state = samples.viewState({
			profiles: [
				samples.profile({}, { name: HOSTILE_NAME }),
				samples.profile({ declaredModels: [], ownPrices: [] }, { id: "second", name: `${HOSTILE_NAME}2` }),
			],
			chat: samples.chatView({
				title: HOSTILE_NAME,
				messages: [
					{ role: "user", id: "q", text: HOSTILE_NAME, attachments: [attachment, image] },
					samples.answer({
						status: "failed",
						error: { code: "unknown", message: HOSTILE_NAME },
						failedAttempts: [attempt],
						request,
						stopReason: HOSTILE_NAME,
					}),
				],
				removedRequests: [{ ...request, id: "r2" }],
				summary: { text: HOSTILE_NAME, upToMessageId: "q" },
				usage: { ...samples.usage(1), byTier: [{ tier: HOSTILE_NAME, totals: samples.usage(1).total }] },
			}),
			refusals: [samples.refusal({}, { modelId: HOSTILE_NAME, region: HOSTILE_NAME })],
			importPreview: samples.importPreview({
				fileName: HOSTILE_NAME,
				profiles: [
					{
						name: HOSTILE_NAME,
						newName: HOSTILE_NAME,
						modelId: HOSTILE_NAME,
						region: HOSTILE_NAME,
						serviceTier: "flex",
						method: "api-key",
						hasSecrets: true,
						notes: [HOSTILE_NAME, `${HOSTILE_NAME}2`],
					},
				],
				leftOut: [{ name: HOSTILE_NAME, reason: HOSTILE_NAME }],
			}),
		})
		const entry = samples.historyEntry(1, { title: HOSTILE_NAME, models: [HOSTILE_NAME], tiers: [HOSTILE_NAME] })
		await page.show(state, shown, {
			type: "history",
			chats: [entry],
			damaged: 2,
			folder: HOSTILE_NAME,
			openChatId: entry.id,
		})
		await page.say(
			{ type: "refused", requestId: null, field: HOSTILE_NAME, message: HOSTILE_NAME },
			{
				type: "connection-test",
				profileId: "aws-1",
				test: { kind: "failed", error: { code: "unknown", message: HOSTILE_NAME }, sentTier: "flex" },
			},
			{
				type: "exported",
				report: { file: HOSTILE_NAME, profiles: [{ name: HOSTILE_NAME, notes: [HOSTILE_NAME] }] },
			},
		)
		await page.view().evaluate(() => document.querySelectorAll("details").forEach((folded) => (folded.open = true)))
		expect(await page.view().evaluate(() => document.body.innerText)).toContain("onerror=")
		await page.expectUnharmed()
	})

	it("what the policy keeps out when it is put there by hand", async (test) => {
		report(test as TestContext, {
			area: "page",
			tried: "by hand into the page: inline scripts and handlers, eval, a remote script, image, frame, font and request, a form, a base",
			holds: "the policy refuses each: nothing runs, nothing is asked for; the traps see it",
		})
		await page.show(samples.viewState(), "chat")
		await page.view().evaluate((code) => {
			const remote = "https://remote.example"
			const put = (name: string, attributes: Record<string, string>, text = "") => {
				const element = document.createElement(name)
				for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
				element.textContent = text
				document.body.append(element)
				return element
			}
			put("script", {}, code)
			put("script", { src: `${remote}/a.js` })
			put("img", { src: "data:,x", onerror: code })
			put("img", { src: `${remote}/a.png` })
			put("iframe", { src: remote })
			put("iframe", { srcdoc: `<script>parent.attacked=true</script>` })
			put("link", { rel: "stylesheet", href: `${remote}/a.css` })
			put("base", { href: remote })
			put("object", { data: `${remote}/a` })
			const form = put("form", { action: remote }) as HTMLFormElement
			form.submit()
			void fetch(remote).catch(() => undefined)
			// In a task of the page's own: what is run here is the browser's tool, which no policy holds.
			setTimeout(() => {
				try {
					;(0, eval)(code)
				} catch {
					// As it should be.
				}
			})
		}, attack)
		await expect
			.poll(async () => new Set((await page.traps()).violations.map((line) => line.split(" ")[0])), {
				timeout: 20_000,
			})
			.toEqual(
				new Set([
					"script-src-elem",
					"script-src-attr",
					"script-src",
					"img-src",
					"frame-src",
					"style-src-elem",
					"base-uri",
					"object-src",
					"form-action",
					"connect-src",
				]),
			)
		expect((await page.traps()).attacked).toBeUndefined()
		expect(page.askedElsewhere()).toEqual([])
		expect(page.isWhereItWas()).toBe(true)
		expect(await page.foreignElements()).not.toEqual([])
	})

	it("what covers a control is seen", async (test) => {
		report(test as TestContext, {
			area: "page",
			tried: "an element put over the page by hand",
			holds: "the look for covered controls sees it",
		})
		await page.show(samples.viewState(), "chat")
		expect(await page.coveredControls()).toEqual([])
		await page.view().evaluate(() => {
			const cover = document.body.appendChild(document.createElement("div"))
			cover.style.cssText = "position:fixed;inset:0;z-index:9999"
		})
		expect((await page.coveredControls()).length).toBeGreaterThan(0)
	})
})

const UNHARMED = "shown as text: nothing runs, nothing is asked for, no message is posted, no control is covered"
