import { mkdirSync } from "node:fs"
import { join, resolve } from "node:path"
import type { Browser, BrowserContext, FrameLocator, Locator, Page } from "playwright"
import { watchConsole, type ConsoleError } from "./console-watch"
import type { ExtensionUnderTest } from "./extension-under-test"

const screenshotDir = resolve(import.meta.dirname, "../../../test-results/screenshots")

/** Timeout in milliseconds. The first webview is slow on a busy machine: extension host, service worker, script. */
const firstViewMs = 60_000
/** Time in milliseconds after which the command palette is checked again. */
const PALETTE_MS = 5_000

export interface WorkbenchOptions {
	colorScheme?: "dark" | "light"
	locale?: string
	viewport?: { width: number; height: number }
	/** Leaves the view closed, for tests of the state before it is opened. */
	closed?: boolean
}

/** One VS Code window in its own browser profile, with the extension's view open. */
export class Workbench {
	/** Whether the window was reloaded: VS Code may then have restored an older state of the webview. */
	wasReloaded = false

	private constructor(
		private readonly context: BrowserContext,
		readonly page: Page,
		private readonly extension: ExtensionUnderTest,
		/** All console errors so far, including those from before the view was opened. */
		readonly consoleErrors: ConsoleError[],
	) {}

	static async open(
		browser: Browser,
		url: string,
		extension: ExtensionUnderTest,
		options: WorkbenchOptions = {},
	): Promise<Workbench> {
		const {
			colorScheme = "dark",
			locale = "en-US",
			viewport = { width: 1280, height: 900 },
			closed = false,
		} = options
		const context = await browser.newContext({ colorScheme, locale, viewport })
		context.setDefaultTimeout(firstViewMs)
		const page = await context.newPage()
		const workbench = new Workbench(context, page, extension, watchConsole(page, extension.id))
		try {
			await page.goto(url)
			await workbench.waitUntilLoaded()
			if (!closed) await workbench.openView()
			return workbench
		} catch (error) {
			await workbench.screenshot("failed-to-open").catch(() => {})
			await workbench.close()
			throw error
		}
	}

	/** Content of the extension's view, where locators find elements by role and name. Stays valid after a reload. */
	get view(): FrameLocator {
		const frame = `iframe.webview.ready[src*="extensionId=${this.extension.id}" i]`
		return this.page.frameLocator(frame).frameLocator("#active-frame")
	}

	/** Console errors that come from the extension or its webview, not from VS Code itself. */
	get ownErrors(): ConsoleError[] {
		return this.consoleErrors.filter(({ fromExtension }) => fromExtension)
	}

	/**
	 * Shows the view. A click on the icon of an open view hides it, and VS Code restores its last layout some time
	 * after the icons appear. So this checks the icon before each click, and retries until the view exists.
	 */
	async openView(): Promise<void> {
		const item = this.page.locator(".activitybar .action-item", {
			has: this.page.locator(`[aria-label^="${this.extension.viewTitle}"]`),
		})
		await item.waitFor({ timeout: firstViewMs })
		const body = this.view.locator("body")
		for (const end = Date.now() + firstViewMs; ;) {
			if (!(await item.evaluate((element) => element.classList.contains("checked")))) await item.click()
			try {
				await body.waitFor({ state: "attached", timeout: 1500 })
				break
			} catch (error) {
				if (Date.now() > end) throw error
			}
		}
		// With the pointer on the icon, VS Code would show a tooltip over the view.
		await this.page.mouse.move(900, 300)
	}

	/** Reloads the window as a user would, and waits until the view is shown again. */
	async reload(): Promise<void> {
		this.wasReloaded = true
		await this.page.reload()
		await this.waitUntilLoaded()
		await this.openView()
	}

	/** A button in the title bar of the view. */
	titleButton(name: string): Locator {
		return this.page.locator(".part.sidebar .title-actions").getByRole("button", { name })
	}

	/** Drags the edge of the side bar until the view has this width in pixels. */
	async setViewWidth(width: number): Promise<void> {
		const box = await this.page.locator(".part.sidebar").boundingBox()
		if (box === null) throw new Error("The side bar is not there")
		const { mouse } = this.page
		const y = box.y + box.height / 2
		await mouse.move(box.x + box.width, y)
		await mouse.down()
		await mouse.move(box.x + width, y, { steps: 4 })
		await mouse.up()
		// With the pointer on the edge, VS Code would highlight it.
		await mouse.move(box.x + width + 100, y)
	}

	/**
	 * Runs a command by its title through the command palette. VS Code moves the focus some time after a click on one of
	 * its own buttons, which closes an open palette. So this opens it again until the command is listed.
	 */
	async runCommand(title: string): Promise<void> {
		const input = this.page.locator(".quick-input-widget input[type='text']")
		const command = this.page.locator(".quick-input-list .monaco-list-row").first().filter({ hasText: title })
		for (const end = Date.now() + firstViewMs; ;) {
			if (!(await input.isVisible())) await this.page.keyboard.press("F1")
			try {
				await input.fill(`>${title}`, { timeout: PALETTE_MS })
				await command.waitFor({ timeout: PALETTE_MS })
				return await input.press("Enter", { timeout: PALETTE_MS })
			} catch (error) {
				if (Date.now() > end) throw error
			}
		}
	}

	/** Closes a quick pick, all editors without saving them, and the panel. */
	async closeEditors(): Promise<void> {
		const { page } = this
		if (await page.locator(".quick-input-widget").isVisible()) await page.keyboard.press("Escape")
		// The editor of the key bindings is modal.
		const modalEditor = page.locator(".monaco-modal-editor-block")
		if (await modalEditor.isVisible()) {
			await modalEditor.getByRole("button", { name: /^Close/ }).click()
			await modalEditor.waitFor({ state: "detached" })
		}
		const tabs = page.locator(".part.editor .tab")
		for (let count = await tabs.count(); count > 0; count = await tabs.count()) {
			await this.runCommand("View: Revert and Close Editor")
			await tabs.nth(count - 1).waitFor({ state: "detached" })
		}
		if (await page.locator(".part.panel").isVisible()) await this.runCommand("View: Hide Panel")
	}

	/** Writes test-results/screenshots/<name>.png and returns its path. */
	async screenshot(name: string): Promise<string> {
		mkdirSync(screenshotDir, { recursive: true })
		const path = join(screenshotDir, `${name}.png`)
		await this.page.screenshot({ path, animations: "disabled" })
		return path
	}

	async close(): Promise<void> {
		await this.context.close()
	}

	private async waitUntilLoaded(): Promise<void> {
		await this.page.locator(".monaco-workbench .activitybar .action-item").first().waitFor({ timeout: firstViewMs })
	}
}
