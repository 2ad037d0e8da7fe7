import type { ShownView, ToHost, ToWebview, ViewState } from "@bedrock-tiers/protocol"
import { receive, toWebviewSchema } from "@bedrock-tiers/protocol"
import { chromium, type Browser, type BrowserContext, type Page } from "playwright"
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest"
import { servePage } from "./page-server"

export const executablePath = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium"

type Traps = { attacked?: boolean; violations: string[]; posted: ToHost[]; opened: string[] }

/**
 * The built page in a real browser, under its own policy, with traps for whatever it must not do: before and after each test of a
 * file, one of its own.
 */
export function watchedPage() {
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

	return {
		/** The page itself. */
		view: () => view,
		/** Addresses that were asked for, but for the page's own. */
		askedElsewhere: () => asked.filter((url) => !url.startsWith(`${server.url}/`)),
		isWhereItWas: () => view.url() === `${server.url}/`,
		traps,
		say,
		show,
		expectUnharmed,
		foreignElements,
		coveredControls,
	}
}
