import { existsSync } from "node:fs"
import type { ShownView, ToHost, ToWebview, ViewState } from "@bedrock-tiers/protocol"
import { receive, toWebviewSchema } from "@bedrock-tiers/protocol"
import { chromium, type Browser, type BrowserContext, type Page } from "playwright"
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, type TestContext } from "vitest"
import { attack, HOSTILE_MARKDOWN } from "../../webview-ui/src/testing/hostile"
import * as samples from "../../webview-ui/src/testing/samples"
import { webviewHtml } from "../vscode/webview-html"
import { servePage } from "./testing/page-server"
import { report } from "./testing/report"

/** The built page in a real browser, under its own policy: what others wrote is shown as text, and does nothing. */

const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"

const policyOf = (html: string) => {
	const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html) ?? []
	return new Map(
		policy
			.split(";")
			.map((one) => one.trim().split(/\s+/))
			.map(([name = "", ...sources]) => [name, sources]),
	)
}
const page = () =>
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
		const html = page()
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

const MUCH = {
	...HOSTILE_MARKDOWN,
	"SVG and MathML": `<svg><script>${attack}</script><animate onbegin=${attack} attributeName=x dur=1s></svg><math><mtext><img src=x onerror=${attack}></mtext><maction actiontype="statusline#x" xlink:href="javascript:${attack}">x</maction></math>`,
	"vbscript and data": `[a](vbscript:${attack}) <vbscript:x> [b](data:text/html;base64,PHNjcmlwdD5hPC9zY3JpcHQ+) ![c](data:image/svg+xml,<svg/onload=${attack}>)`,
	"control characters in an address": `<java\u0001script:${attack}> <https://a.example/\u0000\u001f> [x](java\u0009script:${attack}) [y](\u0001javascript:${attack}) [z](java\u00adscript:${attack}) https://a.example/\u202e\u2066gnp.exe`,
	"turned around, with marks without end": `\u202e\u2067 gro.elpmaxe//:sptth [\u202epayment](https://a.example) ${"Z\u0303\u0317\u0330".repeat(500)} z${"\u0351".repeat(5_000)}`,
	"a line of 1 MB": `${"x".repeat(500_000)}<img src=x onerror=${attack}>${"y".repeat(500_000)}`,
	"10,000 quotes": `${"> ".repeat(10_000)}<img src=x onerror=${attack}>`,
	"10,000 lists": `${"- ".repeat(10_000)}<img src=x onerror=${attack}>`,
	"a huge table": `| ${"a | ".repeat(200)}\n|${"--|".repeat(200)}\n${`| ${`<img src=x onerror=${attack}> | `.repeat(20)}\n`.repeat(200)}`,
	"images from afar": Array.from(
		{ length: 200 },
		(_, n) => `![${n}](https://remote.example/${n}.png) <img src="https://remote.example/t${n}.gif">`,
	).join("\n"),
	"styles that would cover the page": `<div style="position:fixed;inset:0;z-index:99999;background:red">x</div><style>*{position:fixed}</style>\n\n<div class="error-bar" id="root">x</div>`,
	"links to commands": `[a](command:workbench.action.terminal.new) <command:bedrock-tiers.open> [b](COMMAND:x) [c](vscode:extension/x) command:workbench.action.quit`,
} as const

/** For everything that is a name or a sentence. */
const NAME = `"><img src=x onerror=${attack}><script>${attack}</script>\u202e$(alert) {{t}} \${1} [a](javascript:${attack}) <a href="command:x">`

type Traps = { attacked?: boolean; violations: string[]; posted: ToHost[]; opened: string[] }

describe.skipIf(!existsSync(executablePath))("In Chromium", () => {
	let server: Awaited<ReturnType<typeof servePage>>
	let browser: Browser
	let context: BrowserContext
	let view: Page
	let asked: string[]
	let errors: string[]
	beforeAll(async () => {
		server = await servePage()
		browser = await chromium.launch({
			executablePath,
			args: ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
		})
	})
	afterAll(async () => {
		await browser.close()
		await server.close()
	})
	beforeEach(async () => {
		asked = []
		errors = []
		context = await browser.newContext({ viewport: { width: 420, height: 900 } })
		// Nothing leaves this machine, and what wanted to is seen.
		await context.route("**/*", (route) => {
			const url = route.request().url()
			asked.push(url)
			return url.startsWith(`${server.url}/`) ? route.continue() : route.abort()
		})
		await context.addInitScript(() => {
			const traps = { violations: [] as string[], posted: [] as unknown[], opened: [] as string[] }
			Object.assign(globalThis, traps, {
				acquireVsCodeApi: () => ({
					postMessage: (message: unknown) => traps.posted.push(message),
					getState: () => undefined,
					setState: () => undefined,
				}),
				open: (address: string) => void traps.opened.push(address),
				alert: () => Object.assign(globalThis, { attacked: true }),
			})
			document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
				traps.violations.push(`${effectiveDirective} ${blockedURI}`),
			)
		})
		view = await context.newPage()
		view.on("pageerror", (error) => errors.push(String(error)))
		view.on("console", (message) => (message.type() === "error" ? errors.push(message.text()) : undefined))
		view.on("dialog", (dialog) => {
			errors.push(`dialog ${dialog.message()}`)
			void dialog.dismiss()
		})
		await view.goto(server.url)
	})
	afterEach(() => context.close())

	const traps = () =>
		view.evaluate(() => {
			const { attacked, violations, posted, opened } = globalThis as unknown as Traps
			return { attacked, violations, opened, kinds: posted.map(({ type }) => type) }
		})

	async function say(...messages: readonly ToWebview[]): Promise<void> {
		for (const message of messages) {
			const received = receive(toWebviewSchema, message)
			expect(received).toMatchObject({ ok: true })
			await view.evaluate((data) => window.postMessage(data, "*"), message)
		}
	}

	async function show(state: ViewState, shown: ShownView, ...more: readonly ToWebview[]): Promise<void> {
		await say({ type: "state", state }, { type: "show", view: shown }, ...more)
		await view.getByRole("main").or(view.locator("main")).first().waitFor({ timeout: 60_000 })
	}

	/** What would run or load has had the time to; everything is as it is without the hostile words. */
	async function expectUnharmed(): Promise<void> {
		// Two frames and a task: images, handlers and animations of what was inserted have begun by then.
		await view.evaluate(
			() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))),
		)
		const { attacked, violations, opened, kinds } = await traps()
		expect({ attacked, violations, opened }).toEqual({ attacked: undefined, violations: [], opened: [] })
		expect(
			kinds.filter(
				(kind) => !["ready", "list-history", "ask-speeds", "keep-draft", "read-attachment"].includes(kind),
			),
		).toEqual([])
		expect(asked.filter((url) => !url.startsWith(`${server.url}/`))).toEqual([])
		expect(errors).toEqual([])
		expect(view.url()).toBe(`${server.url}/`)
		expect(await foreignElements()).toEqual([])
		expect(await coveredControls()).toEqual([])
		expect(
			await view.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
		).toBeLessThanOrEqual(0)
	}

	/** Elements that the page never makes, and handlers in attributes. */
	const foreignElements = () =>
		view.evaluate(() => {
			const foreign =
				"iframe,frame,object,embed,form[action],base,link:not([href$='/main.css']),meta[http-equiv=refresh],svg script,math,video,audio,animate"
			const found = [...document.querySelectorAll(foreign)].map(({ outerHTML }) => outerHTML.slice(0, 200))
			const own = `${location.origin}/`
			const scripts = [...document.scripts]
				.filter(({ src }) => !src.startsWith(own))
				.map(({ outerHTML }) => outerHTML.slice(0, 200))
			const images = [...document.images]
				.filter(({ src }) => !src.startsWith(own))
				.map(({ outerHTML }) => outerHTML.slice(0, 200))
			const links = [...document.links]
				.filter(({ protocol }) => !/^(https|mailto):$/.test(protocol))
				.map(({ outerHTML }) => outerHTML.slice(0, 200))
			const handlers = [...document.querySelectorAll("*")].flatMap(({ attributes }) =>
				[...attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
			)
			return [...found, ...scripts, ...images, ...links, ...handlers]
		})

	/** Controls in sight, not scrolled away, at whose middle something else lies. */
	const coveredControls = () =>
		view.evaluate(() => {
			const isSeenAt = (control: Element, x: number, y: number): boolean => {
				for (let holder: Element | null = control; holder; holder = holder.parentElement) {
					if (holder !== control && getComputedStyle(holder).overflow === "visible") continue
					const { left, right, top, bottom } = holder.getBoundingClientRect()
					if (x <= left || x >= right || y <= top || y >= bottom) return false
				}
				return x > 0 && y > 0 && x < innerWidth && y < innerHeight && control.checkVisibility()
			}
			const controls = document.querySelectorAll(
				"button, vscode-button, textarea, select, vscode-text-area, summary",
			)
			return [...controls].flatMap((control) => {
				const { left, top, width, height } = control.getBoundingClientRect()
				const [x, y] = [left + width / 2, top + height / 2]
				if (control.hasAttribute("disabled") || !isSeenAt(control, x, y)) return []
				const there = document.elementFromPoint(x, y)
				const isOwn = there !== null && (control.contains(there) || there.contains(control))
				return isOwn ? [] : [`${control.outerHTML.slice(0, 120)} is under ${there?.outerHTML.slice(0, 120)}`]
			})
		})

	it.for(Object.entries(MUCH))("an answer: %s", async ([what, text], test) => {
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
					name: NAME.slice(0, 60),
					input: JSON.stringify({ path: text.slice(0, 1_000) }),
					result: { ok: false, text },
				},
			],
		})
		const question = { role: "user", id: "q", text } as const
		await show(samples.viewState({ chat: samples.chatView({ messages: [question, answer] }) }), "chat")
		await view.getByRole("article", { name: "Answer" }).first().waitFor({ timeout: 60_000 })
		await view.locator(".markdown").first().waitFor({ timeout: 60_000 })
		for (const thought of await view.getByText("Thinking").all()) await thought.click({ timeout: 30_000 })
		await expectUnharmed()
	})

	it.for(["chat", "usage", "settings", "history"] as const)("names and sentences: %s", async (shown, test) => {
		report(test as TestContext, {
			area: "page",
			tried: `names of models, profiles, tools, files, regions, tiers, titles, AWS's errors and excerpts, all hostile: ${shown}`,
			holds: UNHARMED,
		})
		const request = samples.request({
			modelId: NAME,
			baseModelId: NAME,
			region: NAME,
			servedTier: NAME,
			billedTier: NAME,
			card: { origin: "catalog", source: NAME, checkedOn: NAME },
		})
		const attachment = {
			kind: "text",
			id: "a".repeat(64),
			path: NAME,
			lines: { from: 1, to: 2 },
			characters: 3,
			mayBeSecret: true,
		} as const
		const image = {
			kind: "image",
			id: "b".repeat(64),
			name: NAME,
			mediaType: "image/png",
			bytes: 10,
			width: 1,
			height: 1,
		} as const
		const attempt = samples.failedAttempt({ message: NAME })
		const state = samples.viewState({
			profiles: [
				samples.profile({}, { name: NAME }),
				samples.profile({ standsFor: [], ownPrices: [] }, { id: "second", name: `${NAME}2` }),
			],
			chat: samples.chatView({
				title: NAME,
				messages: [
					{ role: "user", id: "q", text: NAME, attachments: [attachment, image] },
					samples.answer({
						status: "failed",
						error: { code: "unknown", message: NAME },
						failedAttempts: [attempt],
						request,
						stopReason: NAME,
					}),
				],
				removedRequests: [{ ...request, id: "r2" }],
				summary: { text: NAME, upToMessageId: "q" },
				usage: { ...samples.usage(1), byTier: [{ tier: NAME, totals: samples.usage(1).total }] },
			}),
			refusals: [samples.refusal({}, { modelId: NAME, region: NAME })],
			importPreview: samples.importPreview({
				fileName: NAME,
				profiles: [
					{
						name: NAME,
						newName: NAME,
						modelId: NAME,
						region: NAME,
						serviceTier: "flex",
						method: "api-key",
						hasSecrets: true,
						notes: [NAME, `${NAME}2`],
					},
				],
				leftOut: [{ name: NAME, reason: NAME }],
			}),
		})
		const entry = samples.historyEntry(1, { title: NAME, models: [NAME], tiers: [NAME] })
		await show(state, shown, {
			type: "history",
			chats: [entry],
			damaged: 2,
			folder: NAME,
			openChatId: entry.id,
		})
		await say(
			{ type: "refused", requestId: null, field: NAME, message: NAME },
			{
				type: "connection-test",
				profileId: "aws-1",
				test: { kind: "failed", error: { code: "unknown", message: NAME }, askedTier: "flex" },
			},
			{ type: "exported", report: { file: NAME, profiles: [{ name: NAME, notes: [NAME] }] } },
		)
		await view.evaluate(() => document.querySelectorAll("details").forEach((folded) => (folded.open = true)))
		expect(await view.evaluate(() => document.body.innerText)).toContain("onerror=")
		await expectUnharmed()
	})

	it("what the policy keeps out when it is put there by hand", async (test) => {
		report(test as TestContext, {
			area: "page",
			tried: "by hand into the page: inline scripts and handlers, eval, a remote script, image, frame, font and request, a form, a base",
			holds: "the policy refuses each: nothing runs, nothing is asked for; the traps see it",
		})
		await show(samples.viewState(), "chat")
		await view.evaluate((code) => {
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
			.poll(async () => new Set((await traps()).violations.map((line) => line.split(" ")[0])), {
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
		expect((await traps()).attacked).toBeUndefined()
		expect(asked.filter((url) => !url.startsWith(`${server.url}/`))).toEqual([])
		expect(view.url()).toBe(`${server.url}/`)
		expect(await foreignElements()).not.toEqual([])
	})

	it("what covers a control is seen", async (test) => {
		report(test as TestContext, {
			area: "page",
			tried: "an element put over the page by hand",
			holds: "the look for covered controls sees it",
		})
		await show(samples.viewState(), "chat")
		expect(await coveredControls()).toEqual([])
		await view.evaluate(() => {
			const cover = document.body.appendChild(document.createElement("div"))
			cover.style.cssText = "position:fixed;inset:0;z-index:9999"
		})
		expect((await coveredControls()).length).toBeGreaterThan(0)
	})
})

const UNHARMED = "shown as text: nothing runs, nothing is asked for, no message is posted, no control is covered"
