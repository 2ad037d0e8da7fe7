import { once } from "node:events"
import { createServer as createHttp1Server } from "node:http"
import { createServer as createHttp2Server } from "node:http2"
import { createServer, type AddressInfo, type Socket } from "node:net"
import type { AnyServerRequest, AnyServerResponse } from "./exchange"

/** HTTP/2 with prior knowledge starts with "PRI * HTTP/2.0"; no HTTP/1.1 method starts with these three bytes. */
const HTTP2_PREFACE = "PRI"
const FIRST_BYTES_TIMEOUT_MS = 10_000

/**
 * Listens on 127.0.0.1 for HTTP/1.1 and for HTTP/2 without TLS, on one port.
 *
 * @param port 0 selects any free port
 * @param listener receives every request, with a function that closes its connection
 * @returns the port, and `close`, which ends every connection at once
 * @throws Error with `code` "EADDRINUSE" when the port is in use
 */
export async function listen(
	port: number,
	listener: (request: AnyServerRequest, response: AnyServerResponse, drop: () => void) => Promise<void>,
): Promise<{ port: number; close: () => Promise<void> }> {
	// The HTTP servers see wrapped sockets; the remote port identifies the underlying TCP socket.
	const sockets = new Map<number, Socket>()
	const answer = (request: AnyServerRequest, response: AnyServerResponse) => {
		const remotePort = request.socket.remotePort ?? 0
		void listener(request, response, () => sockets.get(remotePort)?.destroy())
	}
	// Idle connections stay open, as a client on a busy machine may send its next request at the moment they are closed.
	const http1 = createHttp1Server({ keepAliveTimeout: 0 }, answer)
	const http2 = createHttp2Server(answer)

	const server = createServer((socket) => {
		const remotePort = socket.remotePort ?? 0
		sockets.set(remotePort, socket)
		socket.on("close", () => sockets.delete(remotePort))
		socket.on("error", () => socket.destroy())
		detectProtocol(socket, (isHttp2) => {
			if (isHttp2) return http2.emit("connection", socket)
			http1.emit("connection", socket)
			// HTTP/2 takes over the socket's handle; HTTP/1.1 reads the socket, which protocol detection has paused.
			return socket.resume()
		})
	})

	// Rejects when the server emits "error" first.
	await once(server.listen(port, "127.0.0.1"), "listening")
	return {
		port: (server.address() as AddressInfo).port,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve())
				for (const socket of sockets.values()) socket.destroy()
			}),
	}
}

/** Reads until the protocol is known, pushes the bytes back and calls `onDetected`. */
function detectProtocol(socket: Socket, onDetected: (isHttp2: boolean) => unknown): void {
	let first = Buffer.alloc(0)
	const timeout = setTimeout(() => socket.destroy(), FIRST_BYTES_TIMEOUT_MS)
	const onData = (chunk: Buffer) => {
		first = Buffer.concat([first, chunk])
		if (first.length < HTTP2_PREFACE.length) return
		clearTimeout(timeout)
		socket.off("data", onData)
		socket.pause()
		socket.unshift(first)
		onDetected(first.toString("latin1", 0, HTTP2_PREFACE.length) === HTTP2_PREFACE)
	}
	socket.on("data", onData)
	socket.once("close", () => clearTimeout(timeout))
}
