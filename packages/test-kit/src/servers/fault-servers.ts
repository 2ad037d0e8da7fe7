import { createServer as createHttp1Server, type ServerResponse } from "node:http"
import {
	constants,
	createSecureServer,
	createServer as createHttp2Server,
	type Http2ServerRequest,
	type Http2ServerResponse,
} from "node:http2"
import { createServer, type AddressInfo, type Server, type Socket } from "node:net"
import type { HttpProtocol } from "@bedrock-tiers/protocol"
import { afterEach } from "vitest"
import type { Mutation } from "../samples/response-mutations"
import { sent } from "./playback"
import { selfSigned } from "./self-signed"

/** Servers on this machine that do wrong. They know nothing of Bedrock, and end with the test. */

type Asked = { readonly request: Http2ServerRequest; readonly response: Http2ServerResponse; readonly socket: Socket }
type Answer = (asked: Asked) => unknown

const open = new Set<() => Promise<void>>()
afterEach(async () => {
	await Promise.all([...open].map((close) => close()))
	open.clear()
})

/** Answers each request, once all of it has come, as it is told. */
export async function server(http: HttpProtocol, answer: Answer): Promise<string> {
	const sockets = new Map<number | undefined, Socket>()
	const onRequest = (request: Http2ServerRequest, response: Http2ServerResponse) => {
		response.on("error", () => undefined)
		const socket = sockets.get(request.socket.remotePort)
		request.on("end", () => socket && void answer({ request, response, socket })).resume()
	}
	const listening = http === "http1" ? createHttp1Server(onRequest as never) : createHttp2Server(onRequest)
	listening.on("connection", (socket: Socket) => sockets.set(socket.remotePort, socket))
	return `http://127.0.0.1:${await listen(listening)}`
}

/** Speaks TLS with a certificate that nobody vouches for. */
export async function selfSignedServer(): Promise<string> {
	return `https://127.0.0.1:${await listen(createSecureServer({ ...selfSigned("127.0.0.1"), allowHTTP1: true }))}`
}

/** Does what it wants with each connection. */
export async function rawServer(connected: (socket: Socket) => unknown): Promise<string> {
	return `http://127.0.0.1:${await listen(createServer(connected))}`
}

/** An address where nobody listens any more. */
export async function closedAddress(): Promise<string> {
	const url = await rawServer(() => undefined)
	await Promise.all([...open].map((close) => close()))
	open.clear()
	return url
}

/** Answers with an error in AWS's shape. */
export function refusing(http: HttpProtocol, status: number, name: string, message: string): Promise<string> {
	return server(http, ({ response }) => {
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
	open.add(
		() =>
			new Promise((resolve) => {
				listening.close(() => resolve())
				for (const socket of sockets) socket.destroy()
			}),
	)
	return (listening.address() as AddressInfo).port
}

/** Plays back the bytes of a changed answer, and ends as it says. */
export function answering(
	http: HttpProtocol,
	{ bytes, ending }: Pick<Mutation, "bytes" | "ending">,
	contentType = "application/vnd.amazon.eventstream",
): Promise<string> {
	return server(http, async ({ response, socket }) => {
		response.writeHead(200, { "content-type": contentType })
		if (http === "http1") (response as unknown as ServerResponse).flushHeaders()
		await sent(response, bytes)
		if (ending === "end") response.end()
		else if (ending === "drop") socket.destroy()
		else if (ending === "reset" && http === "http1") socket.resetAndDestroy()
		else if (ending === "reset") response.stream.close(constants.NGHTTP2_INTERNAL_ERROR)
	})
}
