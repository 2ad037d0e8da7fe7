import type { ShownView, ToHost, ToWebview, ViewState } from "@bedrock-tiers/protocol"
import { receive, toWebviewSchema } from "@bedrock-tiers/protocol"
import { chromium, type Browser, type BrowserContext, type Page } from "playwright"
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest"
import { serveWebview } from "./webview-server"

export const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"

type Traps = { attacked?: boolean; violations: string[]; posted: ToHost[]; opened: string[] }

/**
 * Registers hooks that open the built webview in a real browser for each test of a file, with its content security
 * policy and with traps that record everything it must not do.
 */
export function watchWebview() {
	let server: Awaited<ReturnType<typeof serveWebview>>
	let browser: Browser
	let context: BrowserContext
	let page: Page
	let requestedUrls: string[]
	let errors: string[]
	beforeAll(async () => {
		server = await serveWebview()
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
		requestedUrls = []
		errors = []
		context = await browser.newContext({ viewport: { width: 420, height: 900 } })
		// Aborts and records every request to another host.
		await context.route("**/*", (route) => {
			const url = route.request().url()
			requestedUrls.push(url)
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
		page = await context.newPage()
		page.on("pageerror", (error) => errors.push(String(error)))
		page.on("console", (message) => (message.type() === "error" ? errors.push(message.text()) : undefined))
		page.on("dialog", (dialog) => {
			errors.push(`dialog ${dialog.message()}`)
			void dialog.dismiss()
		})
		await page.goto(server.url)
	})
	afterEach(() => context.close())

	const traps = () =>
		page.evaluate(() => {
			const { attacked, violations, posted, opened } = globalThis as unknown as Traps
			return { attacked, violations, opened, kinds: posted.map(({ type }) => type) }
		})

	async function post(...messages: readonly ToWebview[]): Promise<void> {
		for (const message of messages) {
			const received = receive(toWebviewSchema, message)
			expect(received).toMatchObject({ ok: true })
			await page.evaluate((data) => window.postMessage(data, "*"), message)
		}
	}

	async function show(state: ViewState, shown: ShownView, ...more: readonly ToWebview[]): Promise<void> {
		await post({ type: "state", state }, { type: "show", view: shown }, ...more)
		await page.getByRole("main").or(page.locator("main")).first().waitFor({ timeout: 60_000 })
	}

	/** Waits until hostile content would have run or loaded, then checks that it had no effect. */
	async function expectUnharmed(): Promise<void> {
		// After two frames and a task, images, handlers and animations of the inserted content have started.
		await page.evaluate(
			() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50)))),
		)
		const { attacked, violations, opened, kinds } = await traps()
		expect({ attacked, violations, opened }).toEqual({ attacked: undefined, violations: [], opened: [] })
		expect(
			kinds.filter(
				(kind) => !["ready", "list-history", "ask-speeds", "keep-draft", "read-attachment"].includes(kind),
			),
		).toEqual([])
		expect(requestedUrls.filter((url) => !url.startsWith(`${server.url}/`))).toEqual([])
		expect(errors).toEqual([])
		expect(page.url()).toBe(`${server.url}/`)
		expect(await findForeignElements()).toEqual([])
		expect(await findCoveredControls()).toEqual([])
		expect(
			await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
		).toBeLessThanOrEqual(0)
	}

	/** Finds elements that the webview never creates, and event handler attributes. */
	const findForeignElements = () =>
		page.evaluate(() => {
			const foreign =
				"iframe,frame,object,embed,form[action],base,link:not([href$='/main.css']),meta[http-equiv=refresh],svg script,math,video,audio,animate"
			const found = [...document.querySelectorAll(foreign)].map(({ outerHTML }) => outerHTML.slice(0, 200))
			const ownOrigin = `${location.origin}/`
			const scripts = [...document.scripts]
				.filter(({ src }) => !src.startsWith(ownOrigin))
				.map(({ outerHTML }) => outerHTML.slice(0, 200))
			const images = [...document.images]
				.filter(({ src }) => !src.startsWith(ownOrigin))
				.map(({ outerHTML }) => outerHTML.slice(0, 200))
			const links = [...document.links]
				.filter(({ protocol }) => !/^(https|mailto):$/.test(protocol))
				.map(({ outerHTML }) => outerHTML.slice(0, 200))
			const handlers = [...document.querySelectorAll("*")].flatMap(({ attributes }) =>
				[...attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => name),
			)
			return [...found, ...scripts, ...images, ...links, ...handlers]
		})

	/** Finds visible controls whose center is covered by another element. */
	const findCoveredControls = () =>
		page.evaluate(() => {
			const isVisibleAt = (control: Element, x: number, y: number): boolean => {
				for (let ancestor: Element | null = control; ancestor; ancestor = ancestor.parentElement) {
					if (ancestor !== control && getComputedStyle(ancestor).overflow === "visible") continue
					const { left, right, top, bottom } = ancestor.getBoundingClientRect()
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
				if (control.hasAttribute("disabled") || !isVisibleAt(control, x, y)) return []
				const topmost = document.elementFromPoint(x, y)
				const isOwn = topmost !== null && (control.contains(topmost) || topmost.contains(control))
				return isOwn
					? []
					: [`${control.outerHTML.slice(0, 120)} is covered by ${topmost?.outerHTML.slice(0, 120)}`]
			})
		})

	return {
		/** Playwright's page. */
		page: () => page,
		/** URLs of requests to other hosts. */
		externalRequests: () => requestedUrls.filter((url) => !url.startsWith(`${server.url}/`)),
		isAtStartUrl: () => page.url() === `${server.url}/`,
		traps,
		post,
		show,
		expectUnharmed,
		findForeignElements,
		findCoveredControls,
	}
}
