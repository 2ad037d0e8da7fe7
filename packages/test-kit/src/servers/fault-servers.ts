import { createServer as createHttp1Server, type ServerResponse } from "node:http"
import {
	constants,
	createSecureServer,
	createServer as createHttp2Server,
	type Http2ServerRequest,
	type Http2ServerResponse,
} from "node:http2"
import { createServer, type AddressInfo, type Server, type Socket } from "node:net"
import { text } from "node:stream/consumers"
import type { HttpProtocol } from "@bedrock-tiers/protocol"
import { afterEach } from "vitest"
import type { Mutation } from "../samples/response-mutations"
import { writeBytes } from "./playback"
import { selfSigned } from "./self-signed"

/** Misbehaving servers on loopback. They contain no Bedrock logic and are closed after each test. */

type Exchange = {
	readonly request: Http2ServerRequest
	readonly response: Http2ServerResponse
	readonly socket: Socket
	/** Text of the request. */
	readonly body: string
}
type RequestHandler = (exchange: Exchange) => unknown

const closers = new Set<() => Promise<void>>()
afterEach(async () => {
	await Promise.all([...closers].map((close) => close()))
	closers.clear()
})

/**
 * Calls `respond` for each request once its whole body has arrived.
 * @returns the server's URL
 */
export async function startServer(http: HttpProtocol, respond: RequestHandler): Promise<string> {
	const sockets = new Map<number | undefined, Socket>()
	const onRequest = (request: Http2ServerRequest, response: Http2ServerResponse) => {
		response.on("error", () => undefined)
		const socket = sockets.get(request.socket.remotePort)
		const onBody = (body: string) => socket && void respond({ request, response, socket, body })
		text(request).then(onBody, () => undefined)
	}
	const listening = http === "http1" ? createHttp1Server(onRequest as never) : createHttp2Server(onRequest)
	listening.on("connection", (socket: Socket) => sockets.set(socket.remotePort, socket))
	return `http://127.0.0.1:${await listen(listening)}`
}

/**
 * Starts a TLS server with a self-signed certificate.
 * @returns its URL
 */
export async function startSelfSignedServer(): Promise<string> {
	return `https://127.0.0.1:${await listen(createSecureServer({ ...selfSigned("127.0.0.1"), allowHTTP1: true }))}`
}

/**
 * Starts a TCP server that calls `onConnection` for each connection.
 * @returns its `http:` URL
 */
export async function startRawServer(onConnection: (socket: Socket) => unknown): Promise<string> {
	return `http://127.0.0.1:${await listen(createServer(onConnection))}`
}

/**
 * Starts a server and closes all servers of the test.
 * @returns a URL that refuses connections
 */
export async function closedServerUrl(): Promise<string> {
	const url = await startRawServer(() => undefined)
	await Promise.all([...closers].map((close) => close()))
	closers.clear()
	return url
}

/**
 * Starts a server that responds to every request with an AWS error.
 * @returns its URL
 */
export function startErrorServer(http: HttpProtocol, status: number, name: string, message: string): Promise<string> {
	return startServer(http, ({ response }) => {
		response.writeHead(status, { "content-type": "application/json", "x-amzn-errortype": name })
		response.end(JSON.stringify({ message }))
	})
}

async function listen(listening: Server): Promise<number> {
	const sockets = new Set<Socket>()
	listening.on("connection", (socket: Socket) => {
		sockets.add(socket)
		socket.on("error", () => socket.destroy())
		socket.on("close", () => sockets.delete(socket))
	})
	listening.on("sessionError", () => undefined)
	listening.on("tlsClientError", () => undefined)
	await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve))
	closers.add(
		() =>
			new Promise((resolve) => {
				listening.close(() => resolve())
				for (const socket of sockets) socket.destroy()
			}),
	)
	return (listening.address() as AddressInfo).port
}

/**
 * Starts a server that responds to every request with a mutation's bytes and ending.
 * @returns its URL
 */
export function startReplayServer(
	http: HttpProtocol,
	{ bytes, ending }: Pick<Mutation, "bytes" | "ending">,
	contentType = "application/vnd.amazon.eventstream",
): Promise<string> {
	return startServer(http, async ({ response, socket }) => {
		response.writeHead(200, { "content-type": contentType })
		if (http === "http1") (response as unknown as ServerResponse).flushHeaders()
		await writeBytes(response, bytes)
		if (ending === "end") response.end()
		else if (ending === "drop") socket.destroy()
		else if (ending === "reset" && http === "http1") socket.resetAndDestroy()
		else if (ending === "reset") response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
	})
}
