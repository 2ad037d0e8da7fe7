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
		errors.push({ text, url: "", ours: !isVsCode(text) || mentionsUs(text) })
	})
	return errors
}

// VS Code's own files come from these folders of the server. Our webview's scripts come from a resource address, and
// what stands in its HTML has no address at all; the page around them is VS Code's, but complains only about ours.
const isVsCode = (text: string) =>
	/\/static\/(out|node_modules|extensions)\//.test(text) && !text.includes("/webview/browser/pre/")
