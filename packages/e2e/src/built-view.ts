import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join, resolve } from "node:path"
import { gzipSync } from "node:zlib"
import { DEFAULT_PROFILE_SETTINGS, type ViewState } from "@bedrock-tiers/protocol"
import { chromium, type Page } from "playwright"

/** Opens the built webview in Chromium without VS Code, with a stub host that responds immediately, to measure it. */

const WEBVIEW = resolve(import.meta.dirname, "../../../dist/webview")

const NO_TOKENS = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
const ZERO_TOTALS = {
	requests: 0,
	knownUsd: 0,
	unpricedRequests: 0,
	estimatedRequests: 0,
	tokens: NO_TOKENS,
	uncountedRequests: 0,
}

/** The state that the extension host sends first: one profile, and an empty chat with the members of `chat` added. */
export function initialState(chat: Partial<ViewState["chat"]> = {}): ViewState {
	return {
		profiles: [{ id: "aws-1", name: "My account", kind: "aws", settings: DEFAULT_PROFILE_SETTINGS }],
		activeProfileId: "aws-1",
		apiKeySetFor: [],
		staticKeysSetFor: [],
		chat: {
			id: "chat-1",
			title: null,
			toolsAllowed: false,
			tier: null,
			background: [],
			removedRequests: [],
			summary: null,
			messages: [],
			busy: false,
			answeredElsewhere: false,
			usage: {
				total: ZERO_TOTALS,
				byTier: [],
				failed: { refused: 0, unanswered: 0 },
				failedByTier: [],
				contextTokens: null,
				contextWindow: 128_000,
				background: ZERO_TOTALS,
				removed: ZERO_TOTALS,
			},
			...chat,
		},
		workspaceOpen: true,
		refreshedPrices: null,
		refreshing: false,
		refusals: [],
		importPreview: null,
	}
}

/** Responds to the webview's `ready` message, and checks before each frame whether the message field exists. */
const hostScript = (state: ViewState) => `
	window.acquireVsCodeApi = () => ({
		getState: () => undefined,
		setState: () => {},
		postMessage: ({ type }) =>
			type === "ready" && setTimeout(() => window.postMessage({ type: "state", state: ${JSON.stringify(state)} }, "*")),
	})
	const focusField = () => {
		const field = document.querySelector(".composer vscode-text-area")
		const box = field?.shadowRoot?.querySelector("textarea")
		if (!box) return requestAnimationFrame(focusField)
		box.focus()
		requestAnimationFrame(() => (window.usableAt = performance.now()))
	}
	requestAnimationFrame(focusField)
`

const page = (state: ViewState) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="/main.css"></head>
<body class="vscode-dark"><div id="root"></div>
<script>${hostScript(state).replaceAll("</", "<\\/")}</script><script type="module" src="/main.js"></script></body></html>`

export type BuiltView = {
	/**
	 * Opens a new page and waits until a message can be typed. `usableAfterMs` is counted from the end of the download
	 * of main.js, which is the start of its execution.
	 */
	open(state?: ViewState): Promise<{ page: Page; usableAfterMs: number }>
	close(): Promise<void>
}

export async function startBuiltView(): Promise<BuiltView> {
	let state = initialState()
	const server = createServer(({ url = "/" }, response) => {
		const type = url.endsWith(".js") ? "text/javascript" : url.endsWith(".css") ? "text/css" : "text/html"
		response.setHeader("content-type", type)
		response.end(
			url === "/" ? page(state) : /^\/[\w-]+\.(js|css)$/.test(url) ? readFileSync(join(WEBVIEW, url)) : "",
		)
	})
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	const browser = await chromium.launch({
		executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
		args: ["--no-sandbox"],
	})
	return {
		async open(pageState = initialState()) {
			state = pageState
			const page = await browser.newPage({ viewport: { width: 300, height: 900 } })
			await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`)
			await page.waitForFunction("window.usableAt")
			const usableAfterMs = await page.evaluate<number>(
				"window.usableAt - performance.getEntriesByName(new URL('/main.js', location.href).href)[0].responseEnd",
			)
			return { page, usableAfterMs }
		},
		async close() {
			await browser.close()
			server.close()
		},
	}
}

/**
 * Files that the webview loads before it can be used, with their gzipped sizes in bytes: main.js, its static imports,
 * its styles and its messages.
 */
export function initialLoadFiles(language = "en"): { readonly name: string; readonly bytes: number }[] {
	const names = [...staticImports("main.js"), "main.css", `messages-${language}-chat.js`]
	return names.map((name) => ({ name, bytes: gzipSync(readFileSync(join(WEBVIEW, name)), { level: 9 }).length }))
}

/** Names of the file and of all files that it imports statically, directly or indirectly. */
export function staticImports(name: string, seen = new Set<string>()): Set<string> {
	if (seen.has(name)) return seen
	seen.add(name)
	const code = readFileSync(join(WEBVIEW, name), "utf8")
	for (const [, imported] of code.matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g)) {
		if (imported) staticImports(imported, seen)
	}
	return seen
}
