import { createServer as createHttp1Server } from "node:http"
import { constants, createServer as createHttp2Server, type ServerHttp2Session } from "node:http2"
import type { AddressInfo, Socket } from "node:net"
import { text } from "node:stream/consumers"
import type { HttpProtocol } from "@bedrock-tiers/protocol"
import type { Mutation } from "../samples/response-mutations"

export type Playback = {
	readonly url: string
	/**
	 * Queues a response.
	 * @returns a marker; the request whose body contains it gets this response
	 */
	enqueue(mutation: Mutation, headers: Readonly<Record<string, string>>): string
	close(): Promise<void>
}

type QueuedResponse = { readonly mutation: Mutation; readonly headers: Readonly<Record<string, string>> }

/**
 * Starts a loopback server that replays bytes and ends each response as its mutation says. It contains no Bedrock
 * logic.
 */
export async function startPlayback(http: HttpProtocol): Promise<Playback> {
	const responses: QueuedResponse[] = []
	const responseTo = (body: string) => responses[Number(/\bcase-(\d+)\b/.exec(body)?.[1])]
	const sockets = new Set<Socket>()
	const sessions = new Set<ServerHttp2Session>()
	const server = http === "http1" ? createHttp1Server() : createHttp2Server()
	server.on("connection", (socket: Socket) => {
		sockets.add(socket)
		socket.on("error", () => socket.destroy())
		socket.on("close", () => sockets.delete(socket))
	})
	if (http === "http1") {
		server.on("request", async (request, response) => {
			response.on("error", () => undefined)
			const queued = responseTo(await text(request))
			if (!queued) return response.writeHead(500).end()
			response.writeHead(200, queued.headers)
			response.flushHeaders()
			await writeBytes(response, queued.mutation.bytes)
			if (queued.mutation.ending === "silence") return
			if (queued.mutation.ending === "end") return response.end()
			if (queued.mutation.ending === "reset") return response.socket?.resetAndDestroy()
			return response.socket?.destroy()
		})
	} else {
		server.on("session", (session: ServerHttp2Session) => sessions.add(session))
		server.on("stream", async (stream) => {
			stream.on("error", () => undefined)
			const queued = responseTo(await text(stream))
			if (!queued) return stream.respond({ ":status": 500 }, { endStream: true })
			stream.respond({ ":status": 200, ...queued.headers })
			await writeBytes(stream, queued.mutation.bytes)
			if (queued.mutation.ending === "silence") return
			if (queued.mutation.ending === "end") return stream.end()
			if (queued.mutation.ending === "reset") return stream.close(constants.NGHTTP2_INTERNAL_ERROR)
			return stream.session?.destroy()
		})
	}
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		enqueue: (mutation, headers) => `case-${responses.push({ mutation, headers }) - 1}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve())
				for (const session of sessions) session.destroy()
				for (const socket of sockets) socket.destroy()
			}),
	}
}

type Writable = { write(bytes: Uint8Array, callback: () => void): unknown }

/**
 * Writes bytes and waits until the kernel has them, then for some turns of the event loop, so that a reader in this
 * process can receive them.
 */
export async function writeBytes(stream: Writable, bytes: Uint8Array): Promise<void> {
	if (bytes.length > 0) await new Promise<void>((resolve) => stream.write(bytes, resolve))
	for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}
