import { createServer as createHttp1Server } from "node:http"
import { constants, createServer as createHttp2Server, type ServerHttp2Session } from "node:http2"
import type { AddressInfo, Socket } from "node:net"
import { text } from "node:stream/consumers"
import type { HttpProtocol } from "@bedrock-tiers/protocol"
import type { Mutation } from "../samples/response-mutations"

export type Playback = {
	readonly url: string
	/** Gives the answer to the request whose body holds the word that comes back. */
	enqueue(mutation: Mutation, headers: Readonly<Record<string, string>>): string
	close(): Promise<void>
}

type Answer = { readonly mutation: Mutation; readonly headers: Readonly<Record<string, string>> }

/** A server on this machine that plays back bytes, and ends as it is told. It knows nothing of Bedrock. */
export async function startPlayback(http: HttpProtocol): Promise<Playback> {
	const answers: Answer[] = []
	const answerTo = (body: string) => answers[Number(/\bcase-(\d+)\b/.exec(body)?.[1])]
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
			const answer = answerTo(await text(request))
			if (!answer) return response.writeHead(500).end()
			response.writeHead(200, answer.headers)
			response.flushHeaders()
			await sent(response, answer.mutation.bytes)
			if (answer.mutation.ending === "silence") return
			if (answer.mutation.ending === "end") return response.end()
			if (answer.mutation.ending === "reset") return response.socket?.resetAndDestroy()
			return response.socket?.destroy()
		})
	} else {
		server.on("session", (session: ServerHttp2Session) => sessions.add(session))
		server.on("stream", async (stream) => {
			stream.on("error", () => undefined)
			const answer = answerTo(await text(stream))
			if (!answer) return stream.respond({ ":status": 500 }, { endStream: true })
			stream.respond({ ":status": 200, ...answer.headers })
			await sent(stream, answer.mutation.bytes)
			if (answer.mutation.ending === "silence") return
			if (answer.mutation.ending === "end") return stream.end()
			if (answer.mutation.ending === "reset") return stream.close(constants.NGHTTP2_INTERNAL_ERROR)
			return stream.session?.destroy()
		})
	}
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		enqueue: (mutation, headers) => `case-${answers.push({ mutation, headers }) - 1}`,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve())
				for (const session of sessions) session.destroy()
				for (const socket of sockets) socket.destroy()
			}),
	}
}

type Writable = { write(bytes: Uint8Array, callback: () => void): unknown }

/** The bytes are with the kernel, and the reader, who is in this process, has had turns enough to take them. */
export async function sent(stream: Writable, bytes: Uint8Array): Promise<void> {
	if (bytes.length > 0) await new Promise<void>((resolve) => stream.write(bytes, resolve))
	for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
}
