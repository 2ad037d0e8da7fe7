import { readFileSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { extname, join } from "node:path"
import { webviewHtml } from "../../../../../src/vscode/webview-html"

const DIST = join(import.meta.dirname, "../../../../../dist/webview")
const TYPES: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css" }

/** A PNG image of one pixel, served for every attachment. */
const PIXEL = Buffer.from(
	"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
	"base64",
)

/**
 * Serves the built webview as VS Code does, with the extension's content security policy, generated for each request.
 */
export async function serveWebview(): Promise<{ readonly url: string; close(): Promise<void> }> {
	let url = ""
	const server = createServer((request, response) => {
		const { pathname } = new URL(request.url ?? "/", url)
		if (pathname === "/") {
			const resources = { cspSource: url, scriptUri: `${url}/main.js`, styleUri: `${url}/main.css` }
			response.writeHead(200, { "content-type": "text/html" })
			return response.end(webviewHtml({ ...resources, attachmentsUri: `${url}/attachments`, language: "en" }))
		}
		if (pathname.startsWith("/attachments/")) {
			response.writeHead(200, { "content-type": "image/png" })
			return response.end(PIXEL)
		}
		const type = TYPES[extname(pathname)]
		if (type === undefined || !/^\/[\w-]+\.\w+$/.test(pathname)) return response.writeHead(404).end()
		response.writeHead(200, { "content-type": type })
		return response.end(readFileSync(join(DIST, pathname)))
	})
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
	return { url, close: () => new Promise((resolve) => server.close(() => resolve())) }
}
