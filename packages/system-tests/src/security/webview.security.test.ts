import { textDetail } from "@bedrock-tiers/error-details"
import { existsSync } from "node:fs"
import { describe, expect, it, type TestContext } from "vitest"
import { RUNS_ALL_CASES } from "@bedrock-tiers/test-kit/sampling"
import { attack } from "@bedrock-tiers/test-kit/samples/hostile-markdown"
import * as samples from "@bedrock-tiers/test-kit/samples/view-state"
import { webviewHtml } from "../../../../src/vscode/webview-html"
import { HOSTILE_NAME, HOSTILE_TEXTS } from "./testing/hostile-texts"
import { report } from "./testing/report"
import { executablePath, watchWebview } from "./testing/watched-webview"

/**
 * The built webview in a real browser, with its content security policy: external text is shown as text and has no
 * effect.
 */

const parsePolicy = (html: string) => {
	const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
	return new Map(
		policy
			.split(";")
			.map((directive) => directive.trim().split(/\s+/))
			.map(([name = "", ...sources]) => [name, sources]),
	)
}
const generateHtml = () =>
	webviewHtml({
		cspSource: "https://own.test",
		scriptUri: "https://own.test/main.js",
		styleUri: "https://own.test/main.css",
		attachmentsUri: "https://own.test/a",
		language: "en",
	})

/** Names and texts of one chat. A full run shows each text alone. */
const GROUP_SIZE = RUNS_ALL_CASES ? 1 : 6
const HOSTILE_ENTRIES = Object.entries(HOSTILE_TEXTS)
const TEXT_GROUPS = Array.from({ length: Math.ceil(HOSTILE_ENTRIES.length / GROUP_SIZE) }, (_, index) => {
	const group = HOSTILE_ENTRIES.slice(index * GROUP_SIZE, (index + 1) * GROUP_SIZE)
	return [group.map(([name]) => name).join("; "), group.map(([, text]) => text)] as const
})

it("Content security policy allows only the webview's own resources, with a new nonce each time", (context) => {
	report(context, {
		area: "webview",
		tried: "the parsed content security policy of 1,000 generated documents",
		holds: "own resources only; a different 128-bit nonce each time; no eval, no inline script, no base, no form, no connection",
	})
	const nonces = new Set<string>()
	for (let round = 0; round < 1_000; round++) {
		const html = generateHtml()
		const policy = parsePolicy(html)
		const [, nonce = ""] = /'nonce-([^']+)'/.exec(policy.get("script-src")?.[0] ?? "") ?? []
		nonces.add(nonce)
		expect(Buffer.from(nonce, "base64")).toHaveLength(16)
		expect(Object.fromEntries(policy)).toEqual({
			"default-src": ["'none'"],
			"base-uri": ["'none'"],
			"form-action": ["'none'"],
			"img-src": ["https://own.test"],
			"font-src": ["https://own.test"],
			// The webview UI toolkit sets inline styles.
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

describe.skipIf(!existsSync(executablePath))("Webview in Chromium", () => {
	const webview = watchWebview()

	it.for(TEXT_GROUPS)("shows hostile texts in messages as text: %s", async ([names, texts], context) => {
		report(context as TestContext, {
			area: "webview",
			tried: `${names} in an answer, reasoning, a prompt and a tool result`,
			holds: UNHARMED,
		})
		const answer = samples.answer({
			reasoning: texts.join("\n\n"),
			parts: texts.flatMap((text, index) => [
				{ kind: "reasoning", text, signature: null },
				{ kind: "text", text },
				{
					kind: "tool-call",
					callId: `c${index}`,
					name: HOSTILE_NAME.slice(0, 60),
					input: JSON.stringify({ path: text.slice(0, 1_000) }),
					result: { ok: false, text },
				},
			]),
		})
		const question = { role: "user", id: "q", text: texts.join("\n\n") } as const
		await webview.show(samples.viewState({ chat: samples.chatView({ messages: [question, answer] }) }), "chat")
		await webview.page().getByRole("article", { name: "Answer" }).first().waitFor({ timeout: 60_000 })
		await webview.page().locator(".markdown").first().waitFor({ timeout: 60_000 })
		for (const reasoning of await webview.page().getByText("Thinking").all())
			await reasoning.click({ timeout: 30_000 })
		await webview.expectUnharmed()
	})

	it.for(["chat", "usage", "settings", "history"] as const)(
		"shows hostile names and messages as text in the %s view",
		async (view, context) => {
			report(context as TestContext, {
				area: "webview",
				tried: `hostile names of models, profiles, tools, files, regions and tiers, hostile titles, AWS errors and excerpts: ${view} view`,
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
			const attempt = samples.failedAttempt({ details: [textDetail(HOSTILE_NAME)] })
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
							error: { code: "unknown", details: [textDetail(HOSTILE_NAME)] },
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
							notes: [textDetail(HOSTILE_NAME), textDetail(`${HOSTILE_NAME}2`)],
						},
					],
					leftOut: [{ name: HOSTILE_NAME, reason: [textDetail(HOSTILE_NAME)] }],
				}),
			})
			const entry = samples.historyEntry(1, {
				title: HOSTILE_NAME,
				models: [HOSTILE_NAME],
				tiers: [HOSTILE_NAME],
			})
			await webview.show(state, view, {
				type: "history",
				chats: [entry],
				damaged: 2,
				folder: HOSTILE_NAME,
				openChatId: entry.id,
			})
			await webview.post(
				{ type: "refused", requestId: null, field: HOSTILE_NAME, details: [textDetail(HOSTILE_NAME)] },
				{
					type: "connection-test",
					profileId: "aws-1",
					test: { kind: "failed", error: { code: "unknown", details: [textDetail(HOSTILE_NAME)] } },
				},
				{
					type: "exported",
					report: {
						file: HOSTILE_NAME,
						profiles: [{ name: HOSTILE_NAME, notes: [textDetail(HOSTILE_NAME)] }],
					},
				},
			)
			await webview
				.page()
				.evaluate(() => document.querySelectorAll("details").forEach((details) => (details.open = true)))
			expect(await webview.page().evaluate(() => document.body.innerText)).toContain("onerror=")
			await webview.expectUnharmed()
		},
	)

	it("blocks injected content by its policy, and the traps record each violation", async (context) => {
		report(context as TestContext, {
			area: "webview",
			tried: "injected by the test: inline scripts and handlers, eval, a remote script, image, frame, style sheet and request, a form, a base",
			holds: "the policy blocks each: nothing runs, no request leaves; the traps record it",
		})
		await webview.show(samples.viewState(), "chat")
		await webview.page().evaluate((code) => {
			const remote = "https://remote.example"
			const inject = (name: string, attributes: Record<string, string>, text = "") => {
				const element = document.createElement(name)
				for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value)
				element.textContent = text
				document.body.append(element)
				return element
			}
			inject("script", {}, code)
			inject("script", { src: `${remote}/a.js` })
			inject("img", { src: "data:,x", onerror: code })
			inject("img", { src: `${remote}/a.png` })
			inject("iframe", { src: remote })
			inject("iframe", { srcdoc: `<script>parent.attacked=true</script>` })
			inject("link", { rel: "stylesheet", href: `${remote}/a.css` })
			inject("base", { href: remote })
			inject("object", { data: `${remote}/a` })
			const form = inject("form", { action: remote }) as HTMLFormElement
			form.submit()
			void fetch(remote).catch(() => undefined)
			// Runs in a task of the document, because the policy does not apply to code that Playwright evaluates.
			setTimeout(() => {
				try {
					;(0, eval)(code)
				} catch {
					// Expected: the policy blocks eval.
				}
			})
		}, attack)
		await expect
			.poll(async () => new Set((await webview.traps()).violations.map((line) => line.split(" ")[0])))
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
		expect((await webview.traps()).attacked).toBeUndefined()
		expect(webview.externalRequests()).toEqual([])
		expect(webview.isAtStartUrl()).toBe(true)
		expect(await webview.findForeignElements()).not.toEqual([])
	})

	it("is checked for covered controls: an element over the document is detected", async (context) => {
		report(context as TestContext, {
			area: "webview",
			tried: "an element injected over the document",
			holds: "the check for covered controls detects it",
		})
		await webview.show(samples.viewState(), "chat")
		expect(await webview.findCoveredControls()).toEqual([])
		await webview.page().evaluate(() => {
			const cover = document.body.appendChild(document.createElement("div"))
			cover.style.cssText = "position:fixed;inset:0;z-index:9999"
		})
		expect((await webview.findCoveredControls()).length).toBeGreaterThan(0)
	})
})

const UNHARMED = "shown as text: nothing runs, no request is sent, no message is posted, no control is covered"
