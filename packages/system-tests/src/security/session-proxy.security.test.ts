import { mkdtempSync, rmSync } from "node:fs"
import { createServer, request, type IncomingHttpHeaders, type Server } from "node:http"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, beforeAll, expect, it } from "vitest"
import { startSessionProxy, type SessionProxy } from "../../../../scripts/lib/session-proxy.mjs"
import { report } from "./testing/report"

/** `npm start` serves VS Code, which has no authentication there, through this proxy only. */

const dir = mkdtempSync(join(tmpdir(), "bedrock-tiers-proxy-"))
const socketPath = join(dir, "server.sock")
/** What reached the server behind the proxy. */
const forwarded: string[] = []
let server: Server
let proxy: SessionProxy
let authority: string
let cookie: string

type Answer = { status: number | undefined; body: string; headers: IncomingHttpHeaders }

/** Sends exactly these headers; `Host` is the proxy's address unless given. */
function send(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
	return new Promise((resolve, reject) => {
		const sent = request({
			host: "127.0.0.1",
			port: proxy.port,
			path,
			method,
			headers: { host: authority, ...headers },
		})
		sent.on("response", (response) => {
			let body = ""
			response.on("data", (data) => (body += String(data)))
			response.on("end", () => resolve({ status: response.statusCode, body, headers: response.headers }))
		})
		sent.on("upgrade", (response, socket) => {
			socket.destroy()
			resolve({ status: response.statusCode, body: "", headers: response.headers })
		})
		sent.on("error", reject).end()
	})
}

const webSocket = { connection: "Upgrade", upgrade: "websocket" }
const loginPath = () => proxy.urlWith({ folder: "/a b" }).slice(`http://${authority}`.length)

beforeAll(async () => {
	server = createServer(({ url = "" }, response) => {
		forwarded.push(url)
		response.end("secret of the server")
	})
	server.on("upgrade", ({ url = "" }, socket) => {
		forwarded.push(`upgrade ${url}`)
		socket.end("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
	})
	await new Promise<void>((resolve) => server.listen({ path: socketPath }, resolve))
	proxy = await startSessionProxy({ port: 0, socketPath })
	authority = `127.0.0.1:${proxy.port}`
	const [setCookie = ""] = (await send(loginPath())).headers["set-cookie"] ?? []
	cookie = setCookie.split(";")[0] ?? ""
})

afterAll(() => {
	proxy.close()
	server.close()
	rmSync(dir, { recursive: true })
})

it("The session proxy exchanges the token for a cookie that scripts and other sites cannot use", async () => {
	const { status, body, headers } = await send(loginPath())
	expect(status).toBe(200)
	expect(headers["set-cookie"]).toEqual([
		expect.stringMatching(/^bedrock-tiers-\d+=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/),
	])
	expect(body).toContain('content="0;url=/?folder=%2Fa+b"')
	expect(body + cookie).not.toContain(new URL(proxy.urlWith()).searchParams.get("token"))
	// A link in another program or on a web page opens the demo.
	expect((await send(loginPath(), { "sec-fetch-site": "cross-site" })).status).toBe(200)
	expect(forwarded).toEqual([])
})

it("The session proxy forwards requests and WebSockets of its own pages", async () => {
	const origin = `http://${authority}`
	expect(await send("/a?b=1", { cookie })).toMatchObject({ status: 200, body: "secret of the server" })
	expect(await send("/typed", { cookie: `other=1; ${cookie}`, "sec-fetch-site": "none" })).toMatchObject({
		status: 200,
	})
	expect(await send("/post", { cookie, origin, "sec-fetch-site": "same-origin" }, "POST")).toMatchObject({
		status: 200,
	})
	expect(await send("/socket", { ...webSocket, cookie, origin })).toMatchObject({ status: 101 })
	expect(forwarded.splice(0)).toEqual(["/a?b=1", "/typed", "/post", "upgrade /socket"])
})

it("The session proxy forwards nothing without the cookie, for another Host, or from another origin", async (context) => {
	report(context, {
		area: "network",
		tried: "requests and WebSockets to `npm start` without, with a wrong and with a partial cookie or token, with other Host, Origin and Sec-Fetch-Site headers, also with the right cookie",
		holds: "403; nothing reaches the VS Code server",
	})
	const origin = `http://${authority}`
	const rebound = "evil.example:" + String(proxy.port)
	const attacks: [string, Record<string, string>][] = [
		["no cookie", {}],
		["empty cookie", { cookie: cookie.replace(/=.*/, "=") }],
		["partial cookie", { cookie: cookie.slice(0, -1) }],
		["the cookie's value under another name", { cookie: `x${cookie}` }],
		[
			"the token as the cookie",
			{ cookie: cookie.replace(/=.*/, `=${new URL(proxy.urlWith()).searchParams.get("token")}`) },
		],
		["DNS rebinding", { cookie, host: rebound }],
		["DNS rebinding with its origin", { cookie, host: rebound, origin: `http://${rebound}` }],
		["another name of the loopback address", { cookie, host: `localhost:${proxy.port}` }],
		["another site", { cookie, origin: "https://evil.example" }],
		["another port", { cookie, origin: "http://127.0.0.1:1" }],
		["an opaque origin", { cookie, origin: "null" }],
		["a subresource of a page on another port", { cookie, "sec-fetch-site": "same-site" }],
		["a navigation by another site", { cookie, "sec-fetch-site": "cross-site" }],
	]
	for (const [attack, headers] of attacks) {
		expect([attack, (await send("/", headers)).status]).toEqual([attack, 403])
		expect([attack, (await send("/", { origin, ...headers, ...webSocket })).status]).toEqual([attack, 403])
	}
	expect((await send("/", { ...webSocket, cookie })).status, "a WebSocket without Origin").toBe(403)
	for (const path of [
		"/?token=",
		"/?token=wrong",
		loginPath().slice(0, -1),
		loginPath().replace("/?", "/x?"),
		`//evil.example${loginPath()}`,
	])
		expect([path, (await send(path)).status]).toEqual([path, 403])
	expect((await send(loginPath(), { host: rebound })).status, "the token for another Host").toBe(403)
	expect((await send(loginPath(), {}, "POST")).status, "the token in a POST").toBe(403)
	expect(forwarded).toEqual([])
})

it("The session proxy refuses a port that is in use, and takes the next one when more may be tried", async () => {
	await expect(startSessionProxy({ port: proxy.port, socketPath })).rejects.toThrow(`Port ${proxy.port} is taken`)
	const next = await startSessionProxy({ port: proxy.port, attempts: 20, socketPath })
	expect(next.port).toBeGreaterThan(proxy.port)
	next.close()
})
