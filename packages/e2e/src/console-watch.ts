import type { Page } from "playwright"

export interface ConsoleError {
	text: string
	/** Address of the script that logged it, in the workbench or in a frame inside it. */
	url: string
	/** Whether a webview or the extension logged it. VS Code repeats errors of the extension host in the page. */
	fromExtension: boolean
}

/**
 * Collects console errors and uncaught exceptions of the page and of every frame in it, webviews included.
 *
 * @param extensionId extension whose errors get `fromExtension: true`
 */
export function watchConsole(page: Page, extensionId: string): ConsoleError[] {
	const mentionsExtension = (text: string) => text.toLowerCase().includes(extensionId.toLowerCase())
	const errors: ConsoleError[] = []
	page.on("console", (message) => {
		if (message.type() !== "error") return
		const { url } = message.location()
		const text = message.text()
		errors.push({ text, url, fromExtension: !isVsCode(url) || mentionsExtension(text) })
	})
	page.on("pageerror", (error) => {
		const text = error.stack ?? error.message
		errors.push({ text, url: "", fromExtension: !isThrownByVsCode(text) })
	})
	return errors
}

// The server serves VS Code's own files from these folders. The scripts of the extension's webview have a resource
// address, and its inline scripts have no address. The page around a webview belongs to VS Code, but its log messages
// concern the webview.
const VSCODE_FOLDER = /\/static\/(out|node_modules|extensions)\//
const isVsCode = (url: string) => VSCODE_FOLDER.test(url) && !url.includes("/webview/browser/pre/")

/** Whether all stack frames belong to VS Code. Its webview page throws when a webview is closed while it loads. */
function isThrownByVsCode(stack: string): boolean {
	const frames = stack.match(/https?:\/\/[^\s)]+/g) ?? []
	return frames.length > 0 && frames.every((url) => VSCODE_FOLDER.test(url))
}
