import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join, resolve } from "node:path"
import { gzipSync } from "node:zlib"
import { DEFAULT_PROFILE_SETTINGS, type ViewState } from "@bedrock-tiers/protocol"
import { chromium, type Page } from "playwright"

/** The built view in Chromium without VS Code, over a host that answers at once: for what is measured of the view alone. */

const WEBVIEW = resolve(import.meta.dirname, "../../../dist/webview")

const NO_TOKENS = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 }
const NOTHING = { requests: 0, knownUsd: 0, unpricedRequests: 0, tokens: NO_TOKENS, uncountedRequests: 0 }

/** What the host says at first: one profile, and an empty chat unless another is given. */
export function firstState(chat: Partial<ViewState["chat"]> = {}): ViewState {
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
			usage: {
				total: NOTHING,
				byTier: [],
				failed: { refused: 0, unanswered: 0 },
				failedByTier: [],
				contextTokens: null,
				contextWindow: 128_000,
				background: NOTHING,
				removed: NOTHING,
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

/** Answers the first word of the view, and looks before each frame whether there is where to type. */
const hostScript = (state: ViewState) => `
	window.acquireVsCodeApi = () => ({
		getState: () => undefined,
		setState: () => {},
		postMessage: ({ type }) =>
			type === "ready" && setTimeout(() => window.postMessage({ type: "state", state: ${JSON.stringify(state)} }, "*")),
	})
	const look = () => {
		const field = document.querySelector(".composer vscode-text-area")
		const box = field?.shadowRoot?.querySelector("textarea")
		if (!box) return requestAnimationFrame(look)
		box.focus()
		requestAnimationFrame(() => (window.usableAt = performance.now()))
	}
	requestAnimationFrame(look)
`

const page = (state: ViewState) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="stylesheet" href="/main.css"></head>
<body class="vscode-dark"><div id="root"></div>
<script>${hostScript(state).replaceAll("</", "<\\/")}</script><script type="module" src="/main.js"></script></body></html>`

export type BuiltView = {
	/** A new page on which a message can be typed, and how long that took from the start of its script. */
	open(state?: ViewState): Promise<{ page: Page; usableAfterMs: number }>
	close(): Promise<void>
}

export async function startBuiltView(): Promise<BuiltView> {
	let state = firstState()
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
		async open(shown = firstState()) {
			state = shown
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

/** What the view loads before it can be used, with its gzipped bytes: main.js, what that imports at once, its styles and its words. */
export function firstLoad(language = "en"): { readonly name: string; readonly bytes: number }[] {
	const names = [...importedAtOnce("main.js"), "main.css", `messages-${language}-chat.js`]
	return names.map((name) => ({ name, bytes: gzipSync(readFileSync(join(WEBVIEW, name)), { level: 9 }).length }))
}

export function importedAtOnce(name: string, seen = new Set<string>()): Set<string> {
	if (seen.has(name)) return seen
	seen.add(name)
	const code = readFileSync(join(WEBVIEW, name), "utf8")
	for (const [, imported] of code.matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g)) {
		if (imported) importedAtOnce(imported, seen)
	}
	return seen
}
