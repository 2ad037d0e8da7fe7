import type { Page } from "playwright"

export interface ConsoleError {
	text: string
	/** Where it was written: an address of the workbench, or of a frame inside it. */
	url: string
	/** Written inside a webview, or by the extension in its host (VS Code repeats the host's errors in the page). */
	ours: boolean
}

/**
 * Collects console errors and uncaught exceptions of the page and of every frame in it, webviews included.
 *
 * @param extensionId whose errors are `ours`
 */
export function watchConsole(page: Page, extensionId: string): ConsoleError[] {
	const mentionsUs = (text: string) => text.toLowerCase().includes(extensionId.toLowerCase())
	const errors: ConsoleError[] = []
	page.on("console", (message) => {
		if (message.type() !== "error") return
		const { url } = message.location()
		const text = message.text()
		errors.push({ text, url, ours: !isVsCode(url) || mentionsUs(text) })
	})
	page.on("pageerror", (error) => {
		const text = error.stack ?? error.message
		errors.push({ text, url: "", ours: !isThrownByVsCode(text) })
	})
	return errors
}

// VS Code's own files come from these folders of the server. Our webview's scripts come from a resource address, and
// its inline scripts have no address at all. The page around a webview is VS Code's, but what it logs is about ours.
const VSCODE_FOLDER = /\/static\/(out|node_modules|extensions)\//
const isVsCode = (url: string) => VSCODE_FOLDER.test(url) && !url.includes("/webview/browser/pre/")

/** Whether every frame of a stack is VS Code's: its webview page throws when a webview is closed while it loads. */
function isThrownByVsCode(stack: string): boolean {
	const frames = stack.match(/https?:\/\/[^\s)]+/g) ?? []
	return frames.length > 0 && frames.every((url) => VSCODE_FOLDER.test(url))
}
