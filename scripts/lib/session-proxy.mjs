import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { createServer } from "node:http"
import { createProxyServer } from "httpxy"
import { listen } from "./ports.mjs"

/**
 * An HTTP and WebSocket proxy on 127.0.0.1: the only way to a server on a Unix socket that has no authentication of its
 * own. It forwards a request only when
 * - `Host` is exactly its own address, which a page that uses DNS rebinding cannot send;
 * - it has the session cookie. A browser gets the cookie in exchange for the token in the address. Scripts cannot read
 *   it (HttpOnly), and browsers do not send it with a request that another site has caused (SameSite=Strict);
 * - `Origin` and `Sec-Fetch-Site`, if the browser sends them, name no other origin. Other ports of this machine are the
 *   same site, so that the cookie alone does not keep their pages out.
 *
 * Listens on `port`, or on the first free one of the `attempts` ports from there. Resolves to `{port, urlWith, close}`:
 * `urlWith(parameters)` is the address with the token.
 *
 * @throws PlainFailure if no port is free
 */
export async function startSessionProxy({ port, attempts, socketPath }) {
	const server = createServer()
	const authority = `127.0.0.1:${await listen(server, port, { attempts })}`
	const origin = `http://${authority}`
	const token = randomBytes(24).toString("base64url")
	const session = randomBytes(24).toString("base64url")
	// Browsers share cookies between the ports of a host, so another proxy's cookie must have another name.
	const cookieName = `bedrock-tiers-${server.address().port}`

	const isAllowed = ({ headers }) =>
		headers.host === authority &&
		[undefined, origin].includes(headers.origin) &&
		[undefined, "same-origin", "none"].includes(headers["sec-fetch-site"]) &&
		isSecret(readCookie(headers.cookie, cookieName), session)

	/** The parameters of a request for the address with the token, without the token; `undefined` for all others. */
	const loginParameters = ({ method, url, headers }) => {
		if (method !== "GET" || !url.startsWith("/?") || headers.host !== authority) return undefined
		const parameters = new URLSearchParams(url.slice(2))
		if (!isSecret(parameters.get("token"), token)) return undefined
		parameters.delete("token")
		return parameters
	}

	/**
	 * Sets the cookie and continues. This is a page and not a redirect, because a browser that comes from elsewhere, for
	 * example from a file, follows a redirect without a SameSite=Strict cookie.
	 */
	const logIn = (response, parameters) => {
		const next = `/?${parameters}`.replaceAll("&", "&amp;")
		response.writeHead(200, {
			"set-cookie": `${cookieName}=${session}; Path=/; HttpOnly; SameSite=Strict`,
			"content-type": "text/html; charset=utf-8",
			"content-security-policy": "default-src 'none'",
			"referrer-policy": "no-referrer",
			"cache-control": "no-store",
		})
		response.end(`<!doctype html><title>Bedrock Tiers</title><meta http-equiv="refresh" content="0;url=${next}">`)
	}

	const proxy = createProxyServer({ target: { socketPath } })
	proxy.on("error", (_error, _request, response) => {
		if ("headersSent" in response && !response.headersSent) response.writeHead(502).end()
		else response.destroy()
	})
	server.on("request", (request, response) => {
		const parameters = loginParameters(request)
		if (parameters) logIn(response, parameters)
		else if (isAllowed(request)) void proxy.web(request, response).catch(() => {})
		else refuse(response)
	})
	server.on("upgrade", (request, socket, head) => {
		socket.on("error", () => socket.destroy())
		if (request.headers.origin !== undefined && isAllowed(request))
			void proxy.ws(request, socket, {}, head).catch(() => {})
		else socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n")
	})

	return {
		port: server.address().port,
		urlWith: (parameters = {}) => `${origin}/?${new URLSearchParams({ ...parameters, token })}`,
		close() {
			server.close()
			server.closeAllConnections()
		},
	}
}

function refuse(response) {
	response.writeHead(403, { "content-type": "text/plain; charset=utf-8" })
	response.end("Open the address that npm start has printed. It is valid until npm start ends.\n")
}

function readCookie(header = "", name) {
	const cookie = header.split("; ").find((one) => one.startsWith(`${name}=`))
	return cookie?.slice(name.length + 1)
}

/** Compares in constant time. */
function isSecret(value, secret) {
	const hash = (text) => createHash("sha256").update(text).digest()
	return typeof value === "string" && timingSafeEqual(hash(value), hash(secret))
}
